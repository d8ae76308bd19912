"""The parts of a form: what a visitor chooses of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from qa.app.markup import label, words

Option = tuple[str, str]
"""What an option stands for, and what it is called."""

Names = tuple[str, str]
"""What something of the page's own is called in Chinese and in English."""


def select(
    name: str,
    names: Names,
    groups: Mapping[str, Iterable[Option]],
    chosen: str = "",
    prefix: str = "ledger-",
) -> str:
    """A choice among options, those of the group without a name before the others."""
    inner = "".join(
        _group(heading, groups[heading], chosen) for heading in sorted(groups, key=bool)
    )
    says = escape(label(*names))
    return f'<select name="{name}" id="{prefix}{name}" aria-label="{says}">{inner}</select>'


def _group(heading: str, options: Iterable[Option], chosen: str) -> str:
    inner = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{words(name)}'
        "</option>"
        for value, name in options
    )
    return f'<optgroup label="{words(heading)}">{inner}</optgroup>' if heading else inner


def said(data: Mapping[str, Any] | None, name: str) -> str:
    """What the form says under this name. A browser can send anything: what is no text is nothing."""
    value = (data or {}).get(name, "")
    return value if isinstance(value, str) else ""


def number(data: Mapping[str, Any] | None, name: str, most: int) -> int:
    """The whole number under this name, between 0 and `most`."""
    value = said(data, name)
    return min(int(value), most) if value.isdecimal() and len(value) < 9 else 0
