"""Drawing comparable figures: a Vega-Lite spec, turned into SVG on this machine.

The picture has the colours of paper, so that it can be saved as it is; the style sheet gives it those
of the page. Nothing depends on how wide a font is: the server may have none for Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any
from unicodedata import east_asian_width

from qa.figures.hedges import phrase
from qa.text import plain
from qa.types import Figure

ROW = 46
_HEAD, _FOOT, _SIDE = 78, 34, 12
_INK, _SOFT, _LINE, _UP, _DOWN = "#23282d", "#676b6b", "#e3ded3", "#2f7169", "#a8321f"
_FONT = (
    "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
)
_SCALES = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))
_TAG = re.compile(r"<[^<>]*>")
_ROLE = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_HIT = re.compile(r'<path aria-label="(\d+)" role="[^"]*" aria-roledescription="[^"]*"')


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of the chart: what it is called, what stands at its end, and how long it is."""

    name: str
    printed: str
    value: float
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the bars. `full` is where the scale must reach at least: a share's whole."""

    title: str
    below: str
    source: str
    width: int
    full: float = 0


def said(figure: Figure, *, falls: bool) -> str:
    """The figure as printed, with its qualifier, and a sign before a decline."""
    return ("↓ " if falls else "") + phrase(plain(figure.text), figure.qualifier)


def scale(figures: Sequence[Figure]) -> tuple[int, str]:
    """What the axis counts in: (100000000, "亿元") where the largest has that many."""
    unit = figures[0].unit if figures else ""
    largest = max((abs(f.value) for f in figures), default=0)
    factor, word = next((each for each in _SCALES if largest >= each[0]), (1, ""))
    return factor, word + unit


def svg(bars: tuple[Bar, ...], frame: Frame, hit: Callable[[int], str], label: str) -> str:
    """The chart. `hit(i)` gives the attributes of the i-th line, which a pointer or a key can reach."""
    drawn = _HIT.sub(r'<path data-hit="\1"', _drawn(bars, frame))
    drawn = _TAG.sub(lambda tag: _ROLE.sub("", tag[0]), drawn)
    drawn = re.sub(r'<path data-hit="(\d+)"', lambda m: f"<path {hit(int(m[1]))}", drawn)
    return drawn.replace("<svg ", f'<svg role="group" aria-label="{escape(label)}" ', 1)


@lru_cache(256)
def _drawn(bars: tuple[Bar, ...], frame: Frame) -> str:
    import vl_convert

    picture: str = vl_convert.vegalite_to_svg(spec(bars, frame))
    return picture


def spec(bars: Sequence[Bar], frame: Frame) -> dict[str, Any]:
    """The chart in Vega-Lite: a line's name above its bar, what is printed at the bar's end."""
    width, height = frame.width - 2 * _SIDE, len(bars) * ROW
    low, top = _domain(bars, frame.full, width)
    rows = [
        {
            "i": str(i),
            "name": _cut(bar.name, width),
            "printed": bar.printed,
            "v": bar.value,
            "end": max(bar.value, 0),
            "high": bar.high,
            "zero": 0,
            "full": frame.full,
            "y": i * ROW,
            "under": (i + 1) * ROW,
            "text": i * ROW + 13,
            "from": i * ROW + 24,
            "to": i * ROW + 37,
            "middle": i * ROW + 30,
        }
        for i, bar in enumerate(bars)
    ]
    x = {"field": "v", "type": "quantitative", "scale": {"domain": [low, top], "nice": False}}
    axis = {
        "orient": "top", "title": None, "domain": False, "ticks": False, "gridColor": _LINE,
        "labelColor": _SOFT, "labelFontSize": 11, "tickCount": 4 if width < 480 else 6,
        "labelFlush": True, "format": ",~f",
    }  # fmt: skip
    bar: Any = {"y": _at("from"), "y2": {"field": "to"}, "x2": {"field": "zero"}}
    layers = [
        _layer(
            "hits", "rect", {"fillOpacity": 0}, y=_at("y"), y2={"field": "under"},
            x={"value": 0}, x2={"value": width}, description={"field": "i"},
        ),
        _layer("bars", "rect", {"fill": _UP}, "datum.v >= 0", x=x | {"axis": axis}, **bar),
        _layer("falls", "rect", {"fill": _DOWN}, "datum.v < 0", x=x | {"axis": axis}, **bar),
        _layer(
            "ranges", "rect", {"fill": _UP, "fillOpacity": 0.35}, "datum.high != null", x=x,
            x2={"field": "high"}, y=_at("from"), y2={"field": "to"},
        ),
        _text("names", "name", 14, _INK, {"x": {"value": 0}, "y": _at("text")}),
        _text("values", "printed", 13, _INK, {"x": x | {"field": "end"}, "y": _at("middle")}, 6),
    ]  # fmt: skip
    if frame.full:
        whole: Any = {"y": _at("from"), "y2": {"field": "to"}, "x2": {"field": "full"}}
        track = _layer("tracks", "rect", {"fill": _LINE}, x=x | {"field": "zero"}, **whole)
        layers.insert(1, track)
    layers += [
        _note("title", frame.title, -56, {"fontSize": 17, "fontWeight": 600, "fill": _INK}),
        _note("below", frame.below, -35, {"fontSize": 12, "fill": _SOFT}),
        _note(
            "source", _cut(frame.source, width, 11), height + 20, {"fontSize": 11, "fill": _SOFT}
        ),
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "height": height,
        "autosize": "none",
        "padding": {"left": _SIDE, "right": _SIDE, "top": _HEAD, "bottom": _FOOT},
        "background": "#ffffff",
        "config": {"font": _FONT, "view": {"stroke": None}, "text": {"baseline": "middle"}},
        "data": {"values": rows},
        "encoding": {
            "y": {"scale": {"domain": [0, max(height, 1)], "reverse": True, "nice": False}}
        },
        "layer": layers,
    }


def _at(field: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "axis": None}


def _layer(
    name: str, mark: str, looks: dict[str, Any], only: str = "", **encoding: Any
) -> dict[str, Any]:
    """A layer of one sign for each line; what is only there for some lines says for which."""
    chosen = {"transform": [{"filter": only}]} if only else {}
    seen = {"aria": name == "hits"}
    return {"name": name, "mark": {"type": mark} | looks | seen, "encoding": encoding} | chosen


def _text(
    name: str, field: str, size: int, colour: str, where: dict[str, Any], right: int = 0
) -> dict[str, Any]:
    looks = {"align": "left", "fontSize": size, "fill": colour, "dx": right}
    return _layer(name, "text", looks, text={"field": field, "type": "nominal"}, **where)


def _note(name: str, words: str, y: int, looks: dict[str, Any]) -> dict[str, Any]:
    places: Any = {"x": {"value": 0}, "y": {"value": y}, "text": {"value": words}}
    layer = _layer(name, "text", looks | {"align": "left"}, **places)
    return layer | {"data": {"values": [{}]}}


def _domain(bars: Sequence[Bar], full: float, width: int) -> tuple[float, float]:
    """From the least to so much over the greatest that what is printed at a bar's end has room."""
    low = min((bar.value for bar in bars), default=0)
    low = min(low, 0) * 1.02
    ends = [max(bar.value, bar.high or 0, 0) for bar in bars]
    rooms = [min(_wide(bar.printed, 13) + 14, 0.6 * width) for bar in bars]
    needed = [
        low + (end - low) * width / (width - room) for end, room in zip(ends, rooms, strict=True)
    ]
    return low, max([*needed, full, 1e-9])


def _wide(text: str, size: int) -> float:
    return sum(size if east_asian_width(char) in "WFA" else 0.62 * size for char in text)


def _cut(text: str, width: float, size: int = 14) -> str:
    if _wide(text, size) <= width:
        return text
    while text and _wide(text, size) > width - size:
        text = text[:-1]
    return f"{text}…"
