"""Text without meaning: folding of character forms, reading views, sentences and clauses.

Every function here keeps offsets: folding is one character for one, and a `View` knows
for each of its characters where it stands in the report.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache


@cache
def _fold_char(char: str) -> str:
    # Roman numerals (Ⅲ类), ² and ① are signs of their own, not letters or digits in another form.
    if unicodedata.category(char) in ("Nl", "No"):
        return char
    form = unicodedata.normalize("NFKC", char)
    return form.lower() if len(form) == 1 and len(form.lower()) == 1 else char


def fold(text: str) -> str:
    """Full-width and compatibility forms to plain ones, lower case; the length never changes."""
    return text.lower() if text.isascii() else "".join(map(_fold_char, text))


def sha256(text: str) -> str:
    """The hex SHA-256 of the text's UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
"""Characters that nobody sees: web pages put them where a line may break."""


@dataclass(frozen=True, slots=True)
class View:
    """A stretch of a report as it is read: pieces joined, layout's white space left out.

    `text[i]` is the report's character `at[i]`.
    """

    text: str
    at: tuple[int, ...]

    @classmethod
    def of(cls, source: str, pieces: Iterable[tuple[int, int]]) -> View:
        """Join the pieces; white space goes, except between two Latin letters or digits, and what is
        unseen.
        """
        chars: list[str] = []
        at: list[int] = []
        for start, stop in pieces:
            for i in range(start, stop):
                char = source[i]
                if char in UNSEEN:
                    continue
                if char.isspace():
                    left = chars[-1] if chars else ""
                    right = next((c for c in source[i + 1 : i + 2]), "")
                    subscript = char == "\n" and left.isalpha() and right.isdigit()
                    if subscript or not (
                        left.isascii() and left.isalnum() and right.isascii() and right.isalnum()
                    ):
                        continue
                    char = " "
                chars.append(char)
                at.append(i)
        return cls("".join(chars), tuple(at))

    def raw(self, start: int, stop: int) -> tuple[int, int]:
        """The span of the report that the view's characters start..stop come from."""
        return self.at[start], self.at[stop - 1] + 1


_SENTENCE = re.compile(r"[^。！？!?；;\n]*(?:[。！？!?；;\n]+[”’」』）)】]*|$)")
_CLAUSE = re.compile(
    r"(?:[^，,。！？!?；;：:\n]|(?<=\d)[,:：](?=\d))*(?:[，,。！？!?；;：:\n]+[”’」』）)】]*|$)"
)


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        start, stop = match.span()
        if text[start:stop].strip():
            yield start, stop


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences; a semicolon ends one, as Chinese reports use it."""
    return _spans(_SENTENCE, text)


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the clauses between commas, colons and sentence ends."""
    return _spans(_CLAUSE, text)


def plain(text: str) -> str:
    """The text on one line as it is shown in an answer: layout breaks between characters removed."""
    return View.of(text, [(0, len(text))]).text
