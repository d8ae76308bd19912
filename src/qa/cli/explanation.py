"""How an answer came about, as the terminal prints it and as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from qa.cli.show import safe
from qa.types import Answer, Figure, Missing, as_json

if TYPE_CHECKING:
    from qa.choose import Choice

_SHOWN = 10
"""How many candidates a person is shown; data has all of them."""
_SEEN = 0.005
"""What a part must add to be shown with two decimals."""
_WEIGHED = ("sure", "unsure", "beside")
"""Rules that go by how sure a figure is; the others that have a bar go by a passage's score."""

SLOTS = {
    "wants": "要什么",
    "measure": "量",
    "units": "单位",
    "unit_said": "问了单位",
    "amount": "问多少",
    "period": "时期",
    "target": "目标",
    "goal": "明说目标",
    "given": "已知的数",
    "earlier": "原来的",
    "places": "地方",
    "scopes": "口径",
    "told": "区别词",
    "head": "数的是",
    "falling": "下降",
    "moved": "变化",
    "checks": "核对",
    "base": "与何时比",
    "stated": "说出的数",
    "own": "追问自己的词",
    "core": "“多少”前后的词",
    "indicator": "指标",
    "scope": "口径",
}
"""The slots of a question and of a figure, in Chinese."""


def beside(answer: Answer, choices: Iterable[Choice]) -> dict[str, Any]:
    """The answer as data, with its explanation."""
    data: dict[str, Any] = as_json(answer)
    return data | {"explanation": as_json(_explained(choices))}


def print_all(choices: Iterable[Choice]) -> None:
    """Each thing asked in turn: terms, slots, rule, surety, candidates."""
    for data in _explained(choices):
        for line in _lines(data):
            click.echo(safe(line))
        click.echo()


def _explained(choices: Iterable[Choice]) -> list[dict[str, Any]]:
    from qa.choose.explain import explain

    return [explain(choice) for choice in choices]


def _lines(data: Mapping[str, Any]) -> Iterator[str]:
    yield f"问 asked：{data['asked']}"
    yield f"  词 terms：{'、'.join(map(_term, data['terms'])) or '—'}"
    slots = (f"{SLOTS[name]} {name} = {_said(value)}" for name, value in data["slots"].items())
    yield f"  槽 slots：{'；'.join(slots)}"
    yield f"  规则 rule：{data['rule']}：{data['why']}"
    if data["bar"] is not None:
        sign = "≥" if data["sure"] >= data["bar"] else "<"
        what = "把握 sure" if data["rule"] in _WEIGHED else "段落得分 score of the passage"
        yield f"  {what}：{data['sure']:.2f} {sign} {data['bar']:.2f} 门槛 bar"
    if data["missing"]:
        yield f"  缺 missing：{_missing(data['missing'])}"
    shown, listed = data["candidates"][:_SHOWN], len(data["candidates"])
    if shown:
        yield f"  候选 candidates：{listed} 个，列出前 {len(shown)} 个 {len(shown)} of {listed}"
    for candidate in shown:
        yield from _candidate(candidate, data["figures"])


def _term(term: Mapping[str, Any]) -> str:
    official = term["official"]
    name = f"{term['text']} → {official}" if official not in (None, term["text"]) else term["text"]
    return f"{name} ×{term['weight']:.2g}"


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "是 yes" if value else "否 no"
    return "、".join(value) if isinstance(value, tuple) else str(value)


def _missing(missing: Missing) -> str:
    nearest = f"，最近的是 nearest {missing.nearest.text}" if missing.nearest else ""
    return f"{SLOTS[missing.slot]} {missing.slot} = {missing.asked}{nearest}"


def _candidate(candidate: Mapping[str, Any], chosen: Sequence[Figure]) -> Iterator[str]:
    figure: Figure = candidate["figure"]
    mark = "✓" if figure in chosen else "✗" if candidate["fails"] else "·"
    fails = "、".join(f"{SLOTS[slot]} {slot}" for slot in candidate["fails"])
    because = f"  不合 fails：{fails}" if fails else ""
    about = f"{figure.indicator}，{figure.period}" if figure.period else figure.indicator
    yield f"  {mark} {figure.text}（{about}）{candidate['score']:+.2f}{because}"
    seen = {name: value for name, value in candidate["parts"].items() if abs(value) >= _SEEN}
    parts = (f"{name} {value:+.2f}" for name, value in seen.items())
    yield f"      {'  '.join(parts)}"
