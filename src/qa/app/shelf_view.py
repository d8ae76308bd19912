"""How the shelf looks: the panel, the progress bar, what is said of each file."""

from __future__ import annotations

import re
from typing import Any

from qa.apart import Stage, Step
from qa.app.desk import Desk
from qa.app.inbox import Limits
from qa.app.markup import bilingual, label, words
from qa.app.masthead import title
from qa.report import SUFFIXES
from qa.types import Report

_STAGES: dict[Stage, tuple[str, str]] = {
    "waiting": ("排队", "Waiting"),
    "reading": ("读章节", "Reading sections"),
    "figures": ("找数字", "Finding figures"),
    "passages": ("编索引", "Indexing passages"),
}
_REACHED: dict[Stage, tuple[int, int]] = {
    "waiting": (0, 0),
    "reading": (5, 5),
    "figures": (15, 15),
    "passages": (55, 98),
}
"""From what percent to what percent each stage goes: about the time that it takes."""
_TWO = re.compile(r"(?P<zh>.*?[。！])\s*(?P<en>[“A-Z].*)", re.DOTALL)


def panel(desk: Desk, limits: Limits, session: str = "") -> str:
    """The place to drop files, and the reports on the shelf with their boxes to tick."""
    served = desk.served.reports
    taken = "".join(_row(report, desk, mine=True) for report in desk.mine)
    mine = f"<ul>{taken}</ul>" if taken else ""
    kept = "".join(_row(report, desk, mine=False) for report in served)
    own = _heading("我的报告", "Mine", len(desk.mine)) if taken else ""
    return (
        f'<div class="shelf" data-session="{words(session)}" data-bytes="{limits.bytes}">'
        f"{_drop(limits)}{_choices(desk) if taken else ''}{own}{mine}"
        f"{_heading('本站报告', 'Served here', len(served))}<ul>{kept}</ul></div>"
    )


def said(outcomes: str, going: str = "") -> str:
    """What is said of the files, and how far the one that is being read has come."""
    listed = f"<ul>{outcomes}</ul>" if outcomes else ""
    return f'<div role="status" aria-live="polite">{listed}{going}</div>'


def progress(name: str, step: Step) -> str:
    """The bar of a report that is being read."""
    return (
        f'<div class="going"><p><b>{words(name)}</b> {bilingual(*_STAGES[step.stage])}</p>'
        f'<progress max="100" value="{percent(step)}" aria-label="{label("进度", "progress")}">'
        "</progress></div>"
    )


def percent(step: Step) -> int:
    """How far a reading is, of 100."""
    first, last = _REACHED[step.stage]
    return first + (last - first) * step.done // step.of if step.of else first


def good(name: str) -> str:
    """That a report has been read."""
    ask = f'<button type="button" data-do="question">{bilingual("去提问", "Ask it")}</button>'
    return (
        f'<li class="good"><b>{words(name)}</b> {bilingual("已读入", "has been read")} {ask}</li>'
    )


def bad(name: str, error: str) -> str:
    """Why a file hasn't been read: Chinese and English, as errors say it in one line."""
    both = _TWO.fullmatch(error.removeprefix(f"{name}："))
    reason = bilingual(words(both["zh"]), words(both["en"])) if both else words(error)
    return f'<li class="bad"><b>{words(name)}</b> {reason}</li>'


def refusal(why: Any, limits: Limits) -> str:
    """What is said of a file that the page or the server didn't take."""
    if why == "large":
        most = f"{limits.megabytes:g} MB"
        return f"超过上限 {most}，请拆分后再传。Over the limit of {most}; split it."
    if why == "busy":
        return "同时上传的人太多，请稍后再传。Too many uploads now; try again soon."
    return "上传中断，请再传一次。The upload was cut off; try again."


def _drop(limits: Limits) -> str:
    endings, most = "、".join(SUFFIXES), f"{limits.megabytes:g} MB"
    return (
        '<div class="drop"><label class="pick"><input type="file" multiple '
        f'accept="{",".join(SUFFIXES)},text/plain,text/markdown">'
        f"<span>{bilingual('上传自己的报告', 'Upload your own report')}</span></label>"
        f"<p>{bilingual('或把文件拖到这里', 'or drop files here')}</p>"
        f'<p class="rules">{endings} · ≤ {most} · '
        f"{bilingual(f'最多 {limits.reports} 份', f'{limits.reports} at most')}</p>"
        f'<p class="rules">{_privacy()}</p>'
        '<div class="sending" hidden><p></p><progress max="100" value="0" '
        f'aria-label="{label("上传进度", "upload progress")}"></progress></div></div>'
    )


def _privacy() -> str:
    return bilingual(
        "只有您看得到；关掉页面就清除，不存盘",
        "Only you see them; closing the page removes them, and nothing is written to disk",
    )


def _choices(desk: Desk) -> str:
    served = [report.id for report in desk.served.reports]
    mine = [report.id for report in desk.mine]
    offers = (
        (mine, ("只问我的", "Ask mine")),
        (served, ("只问本站的", "Ask those served")),
        ([*served, *mine], ("全都问", "Ask all")),
    )
    asked = set(desk.reports)
    buttons = "".join(
        f'<button type="button" class="ask" aria-pressed="{str(set(ids) == asked).lower()}" '
        f'data-which="{which}">{bilingual(*text)}</button>'
        for which, (ids, text) in zip(("mine", "served", "all"), offers, strict=True)
    )
    return f'<div class="choices" role="group" aria-label="{label("问哪些", "which to ask")}">{buttons}</div>'


def _heading(chinese: str, english: str, count: int) -> str:
    return f'<h3>{bilingual(chinese, english)} <span class="count">{count}</span></h3>'


def _row(report: Report, desk: Desk, *, mine: bool) -> str:
    checked = " checked" if report.id in desk.reports else ""
    ident = words(report.id)
    tick = (
        f'<label class="tick"><input type="checkbox" data-{"mine" if mine else "served"} '
        f'value="{ident}"{checked}><span><b>{words(title(report))}</b>'
        f'<span class="file">{ident}</span></span></label>'
    )
    return f"<li>{tick}{_found(report, desk, mine=mine)}{_edit(report) if mine else ''}</li>"


def _found(report: Report, desk: Desk, *, mine: bool) -> str:
    """What was found in the report."""
    bot = next((bot for bot in desk.own if report in bot.reports), desk.served)
    counts = [(len(report.sections), "章节", "sections")]
    counts += [(bot.passages(report.id), "段落", "passages")]
    counts += [(sum(f.report == report.id for f in bot.ledger()), "数字", "figures")]
    said = "".join(f"<li><b>{n}</b> {bilingual(zh, en)}</li>" for n, zh, en in counts)
    unknown = bilingual("未知", "unknown")
    if mine:
        return f'<ul class="found">{said}</ul>'
    place = words(report.place) or unknown
    return f'<ul class="found"><li>{place}</li><li>{report.year or unknown}</li>{said}</ul>'


def _edit(report: Report) -> str:
    """Place and year as they were read, to be corrected, and the way off the shelf."""
    ident = words(report.id)
    return (
        f'<form class="correct" data-report="{ident}"><label>{bilingual("地区", "Place")}'
        f'<input name="place" value="{words(report.place)}" maxlength="40" autocomplete="off"></label>'
        f'<label>{bilingual("年份", "Year")}<input name="year" value="{report.year or ""}" '
        'inputmode="numeric" maxlength="4" size="4" autocomplete="off"></label>'
        f"<button>{bilingual('更正', 'Correct')}</button>"
        f'<button type="button" class="discard" data-report="{ident}">'
        f"{bilingual('移除', 'Remove')}</button></form>"
    )
