"""What a rule returns."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from qa.types import Kind


@dataclass(frozen=True, slots=True)
class Found:
    """A figure from the rule's place up to `stop`."""

    stop: int
    kind: Kind
    value: Decimal
    unit: str
    high: Decimal | None = None
