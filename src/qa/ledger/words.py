"""Words of a clause: what names an indicator and what only stands around one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.lexicon import words
from qa.periods import find_periods

PUNCTUATION = " 　，,。；;：:、！!？?（）()【】[]《》“”\"'‘’—-~～·"


def _strip_all(text: str, lists: Sequence[str]) -> str:
    for name in lists:
        for word in words("clause", name):
            text = text.replace(word, "")
    return text.strip(PUNCTUATION)


def is_bare(near: str) -> bool:
    """Nothing is left but verbs, measures and heads that name no indicator."""
    for period in reversed(find_periods(near)):
        near = near[: period.start] + near[period.stop :]
    rest = re.sub(r"[\s，、的了和与以]", "", near)
    rest = _strip_all(
        rest, ("growth", "decline", "share", "rank", "level_verbs", "generic", "adverbs")
    )
    return not rest


def is_verbal(text: str) -> bool:
    """Nothing is left but verbs and adverbs: 加快推进, 组织开展, 建成."""
    rest = re.sub(r"[\s，、的了和与等]", "", text)
    return not _strip_all(rest, ("verbs", "adverbs", "lead", "level_verbs"))


def has(text: str, vocabulary: Sequence[str]) -> bool:
    return any(word in text for word in vocabulary)
