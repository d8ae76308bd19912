"""Text as HTML that shows it and nothing else: every word of a report or a user passes here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html import escape

from qa.export import MEASURES
from qa.text import plain
from qa.types import Citation, Figure

Span = tuple[int, int]

# Two Latin words of two lines stay two words.
_BREAK = re.compile(r"(?<![A-Za-z0-9])\s*\n\s*|\s*\n\s*(?![\sA-Za-z0-9])")

_BETWEEN = "\u2063"


def words(text: str) -> str:
    """The text as HTML that shows just these characters; line breaks of a layout are taken out."""
    return escape(_BREAK.sub("", text))


def bilingual(chinese: str, english: str) -> str:
    """The page's own words in both languages, as HTML; the style sheet shows the one chosen."""
    return (
        f'<span class="zh" lang="zh-CN">{chinese}</span><span class="en" lang="en">{english}</span>'
    )


def label(chinese: str, english: str) -> str:
    """The same for what takes plain text: a part of Gradio's, `aria-label`, `title`, `placeholder`,
    an option and its group's `label`.

    The page's script shows the part of the language chosen. The sign between is invisible. It is the
    whole text: what is put before or behind it belongs to one language alone.
    """
    return f"{chinese}{_BETWEEN}{english}"


def measure(name: str) -> str:
    """The measure's two names as a label."""
    return bilingual(*MEASURES[name])


def button(said: tuple[str, str], attributes: str, does: str = "") -> str:
    """A small button; `does` names what the page's script makes of it."""
    action = f' data-do="{does}"' if does else ""
    return (
        f'<button type="button" class="show small"{action} {attributes}>{bilingual(*said)}</button>'
    )


def questions(texts: Iterable[str]) -> str:
    """Questions to click; the page's script asks them."""
    made = (
        f'<li><button type="button" class="question" data-do="ask">{words(text)}</button></li>'
        for text in texts
    )
    return f'<ul class="questions">{"".join(made)}</ul>'


def hedged(figure: Figure, source: str) -> tuple[str, str]:
    """What of the figure's qualifier stands before the number and what behind it, as printed."""
    before, behind = [], []
    rest = plain(source[figure.stop : figure.stop + 12])
    for word in figure.qualifier.split():
        if rest.startswith(word):
            behind.append(word)
            rest = rest[len(word) :]
        else:
            before.append(word)
    return "".join(before), "".join(behind)


def number(figure: Figure, source: str) -> str:
    """The figure as printed, its qualifier small on the side where the report has it."""
    before, behind = hedged(figure, source)
    left = f'<span class="qualifier">{words(before)}</span>' if before else ""
    right = f'<span class="qualifier">{words(behind)}</span>' if behind else ""
    return f'{left}<span class="number">{words(figure.text)}</span>{right}'


def marked(text: str, start: int, spans: Iterable[Span]) -> str:
    """The text, which begins at offset `start` of its report, with the spans in `<mark>`."""
    out: list[str] = []
    at = 0
    for left, right in sorted(spans):
        left, right = max(left - start, at), min(right - start, len(text))
        if left < right:
            out += [words(text[at:left]), "<mark>", words(text[left:right]), "</mark>"]
            at = right
    return "".join((*out, words(text[at:])))


def receipt(report: str, figures: Iterable[Figure], quotes: Iterable[Span]) -> str:
    """The attribute by which the page's script finds and marks these characters in the source."""
    spans = [[figure.start, figure.stop] for figure in figures]
    value = json.dumps({"report": report, "figures": spans, "quotes": [list(q) for q in quotes]})
    return f'data-receipt="{escape(value)}"'


def inside(citation: Citation, figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Those of the figures that stand within the citation."""
    return tuple(
        f
        for f in figures
        if f.report == citation.report and citation.start <= f.start and f.stop <= citation.stop
    )
