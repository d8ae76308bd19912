"""`python -m qa.training.sounds`: which characters sound alike, for lexicon/sounds.toml.

Needs pypinyin, which nothing else does.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from pypinyin import Style, pinyin

HEAD = """\
# Which characters sound alike: a syllable without its tone, and the characters of GB 2312 that are
# read so (of each its two most usual readings). Written by `python -m qa.training.sounds`.

[syllables]
"""
_READINGS = 2


def table() -> str:
    """The file's text; syllables of one character are left out, as nothing sounds like it."""
    groups: dict[str, str] = defaultdict(str)
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF - 5 * (high == 0xD7)):
            char = bytes((high, low)).decode("gb2312")
            readings = dict.fromkeys(pinyin(char, style=Style.NORMAL, heteronym=True)[0])
            for syllable in list(readings)[:_READINGS]:
                groups[syllable] += char
    lines = [f'{name} = "{group}"\n' for name, group in sorted(groups.items()) if len(group) > 1]
    return HEAD + "".join(lines)


if __name__ == "__main__":
    target = Path(__file__).parents[1] / "lexicon" / "sounds.toml"
    target.write_text(table(), encoding="utf-8")
