"""Words of a clause: what names an indicator and what only stands around one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.lexicon import without
from qa.periods import find_periods

PUNCTUATION = " 　，,。；;：:、！!？?（）()【】[]《》“”\"'‘’—-~～·"


def is_bare(near: str) -> bool:
    """Nothing is left but verbs, measures and heads that name no indicator."""
    for period in reversed(find_periods(near)):
        near = near[: period.start] + near[period.stop :]
    rest = re.sub(r"[\s，、的了和与]|以(?![上下内外])", "", near)
    lists = ("growth", "decline", "share", "rank", "level_verbs", "generic", "adverbs")
    return not without(rest, "clause", *lists).strip(PUNCTUATION)


def is_verbal(text: str) -> bool:
    """Nothing is left but verbs and adverbs: 加快推进, 组织开展, 建成."""
    rest = re.sub(r"[\s，、的了和与等]", "", text)
    lists = ("verbs", "adverbs", "lead", "level_verbs")
    return not without(rest, "clause", *lists).strip(PUNCTUATION)


def has(text: str, vocabulary: Sequence[str]) -> bool:
    return any(word in text for word in vocabulary)
