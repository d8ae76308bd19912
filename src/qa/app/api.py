"""Answers for programs: plain JSON."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from qa.types import Answer


def as_json(answer: Answer) -> dict[str, Any]:
    """The answer as JSON values: records as objects, Decimals as strings so that no digit is lost."""
    return {name: _json(value) for name, value in asdict(answer).items()}


def _json(value: Any) -> Any:
    match value:
        case Decimal():
            return format(value, "f")
        case dict():
            return {key: _json(each) for key, each in value.items()}
        case list() | tuple():
            return [_json(each) for each in value]
    return value
