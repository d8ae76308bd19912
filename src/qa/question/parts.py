"""Parts: the several things that one question asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.lexicon import table, words
from qa.periods import find_periods
from qa.question.cues import asks_amount, only_describes, says
from qa.question.slots import Form

_CLAUSE = re.compile(r"[，,。；;？?！!：…\n]+|\.{2,}")
_JOINT = re.compile(r"分别|各自|各是|各为|各有|各|都是|都有")
_AGAIN = re.compile(r"(?:也就是|就是说|换句话说|换言之|或者说|说白了|即(?![将使便可]))")
_AND = re.compile(r"[、，]|以及|和|与|跟|及|还有")
_AND_OR = re.compile(f"({_AND.pattern})")
_VERSUS = re.compile(r"跑赢了?|跑输了?|超过了?|比得上|高于|低于|快于|慢于")
_EITHER = re.compile(
    r"(?:(?<=[，,])|^|是)(?P<one>[^，,]{2,}?)(?P<end>(?:[涨增升降跌长变]得?|得)?更?[多少高低快慢大小猛长短])(?:一些|一点|些|点)?[，,]?还是"
    r"(?P<other>[^，,。？]{2,}?)(?P=end)"
)
_WHICH = re.compile(
    r"哪个|哪一?[类种边块方头]|哪样|谁|哪一个|哪家|哪项|哪省|相比|对比|比起来|从高到低|从低到高|怎么排|之间"
)
_BESIDE = re.compile(
    r"(?P<one>[^，,]{2,}?)[，,]?[和跟与同](?P<other>[^，,。]{2,}?)(?:相|对)?比(?:起来)?[，,]?(?P<tail>(?:哪个|哪边|谁).*)"
)
_EVERY_PLACE = re.compile(r"哪个省|各省|[几三两]个?省|哪个市|哪个地方")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked for, the rest of the question as its context, and its name in a comparison."""

    text: str
    context: str = ""
    item: str = ""


def split(text: str, form: Form, checks: bool, places: Sequence[Sequence[str]] = ()) -> list[Part]:
    """The things that a question asks for.

    `places` are the reports' places, each with its short forms: where several are named, or the
    question asks which of them, each is asked for by itself.
    """
    clauses = [c for c in _CLAUSE.split(text) if c.strip()]
    named = [forms for forms in places if any(form_ in text for form_ in forms)]
    compared = _compared(text, clauses) if form == "compare" else []
    if len(named) > 1 or (len(places) > 1 and len(compared) < 2 and not named):
        by_place = _by_place(text, form, places, named)
        if by_place:
            return by_place
    if checks or not clauses:
        return [Part(text)]
    if compared:
        return compared
    return [Part(text)] if form == "every" else _asked(text, clauses)


def _asked(text: str, clauses: Sequence[str]) -> list[Part]:
    """One part for each how much, and for each thing of a list that 分别 asks for."""
    cued = [c for c in clauses if asks_amount(c)]
    cued = [*(c for c in cued[:-1] if not only_describes(c)), *cued[-1:]]
    # 花超多少，也就是赤字有多大 asks once.
    again = next((i for i, c in enumerate(cued) if i and _AGAIN.match(c)), 0)
    cued = cued[again:]
    if not cued:
        return [Part(text)]
    found: list[Part] = []
    items: list[str] = []
    listed_in: int | None = None
    for clause in cued:
        for piece in _amounts(clause):
            joint = _JOINT.search(piece)
            listed = _items(piece[: joint.start()]) if joint else []
            if joint and not listed and not items and clauses.index(clause):
                # 甲和乙的收入，年均各增长多少: the list stands in the clause before.
                before = clauses.index(clause) - 1
                items = _items(clauses[before])
                found += [Part(item + piece, item=item) for item in items]
                if items:
                    listed_in = before
                    continue
            if joint and listed:
                items = listed
            if joint and items and (listed or joint.start() == 0):
                found += [Part(item + piece[joint.start() :], item=item) for item in items]
            else:
                found.append(Part(piece))
    if len(found) == 1:
        context = "，".join(c for c in clauses if c != cued[0])
        return [Part(found[0].text, context)]
    lead = "，".join(clauses[: clauses.index(cued[0]) if listed_in is None else listed_in])
    first = found[0].text
    return [
        Part(part.text, lead if i == 0 or part.item else f"{lead}，{first}", part.item)
        for i, part in enumerate(found)
    ]


def _by_place(
    text: str, form: Form, places: Sequence[Sequence[str]], named: Sequence[Sequence[str]]
) -> list[Part]:
    asked = text
    if not named:
        if form != "compare" and not _EVERY_PLACE.search(text):
            return []
        named = list(places)
    else:
        for form_ in sorted({f for forms in named for f in forms}, key=len, reverse=True):
            asked = asked.replace(form_, "\0")
        asked = re.sub(r"\0(?:[、，和与跟及]*\0)*", "", asked)
    order = sorted(
        named, key=lambda forms: min((text.find(f) for f in forms if f in text), default=0)
    )
    short = [min(forms, key=len) for forms in order]
    return [Part(f"{place}{asked}", item=place) for place in short]


_AMOUNTS = re.compile(
    r"[、]|以及|和(?=[^和、]*(?:多少|几|第几))|(?<=[类项条个户家人])(?=几[类项条个户家人])"
)


def _amounts(clause: str) -> list[str]:
    """雨污分流改了几条路、总长多少 asks twice in one clause; so does 一共几类几项."""
    listed = [part for part in re.split("、|以及", clause) if part]
    # 改造和新建了多少所甲、多少所乙: the 和 joins two verbs.
    parts = listed if len(listed) > 1 and all(map(asks_amount, listed)) else _AMOUNTS.split(clause)
    if len(parts) > 1 and all(asks_amount(part) for part in parts):
        return [
            parts[0],
            *(
                part if len(part) > 4 else clause.split("几", maxsplit=1)[0] + part
                for part in parts[1:]
            ),
        ]
    return [clause]


def _items(head: str) -> list[str]:
    """甲和乙 before 分别 → 甲…, 乙…, each with what the list says once."""
    items = list(_listed(head))
    if len(items) >= 2:
        return in_full(items)
    for both, each in table("clause")["each"].items():
        if both in head:
            return [head.replace(both, one) for one in each.split()]
    return []


def _listed(head: str) -> Iterator[str]:
    """The things that a list names: 修复和新造红树林 is one, of which two verbs are said."""
    verb = ""
    for item, joint in zip(*[iter([*_AND_OR.split(head), ""])] * 2, strict=False):
        if joint not in ("", "、", ",", "，") and item in words("clause", "verbs"):
            verb += item + joint
        elif item:
            yield verb + item
            verb = ""


_THESE = re.compile(
    r"(?:这|那)[两三四五几](?:个|行|项|类|种|样|家|者|块|条|座)?[\u4e00-\u9fff]{0,2}$"
)


def in_full(items: list[str]) -> list[str]:
    """Each item with what the list says once: 城镇和农村居民的收入, 四川、甘肃的产量."""
    last, first = items[-1], items[0]
    tail = ""
    if "的" in last.rstrip("的") and not any("的" in item.rstrip("的") for item in items[:-1]):
        tail = last[last.index("的") :]
    else:
        tail = next((t for t in words("clause", "tails") if last.endswith(t) and last != t), "")
    lead = "".join(first[p.start : p.stop] for p in find_periods(first))
    if "的" in first.rstrip("的") and "的" not in last:
        lead = first[: first.index("的") + 1]
    # 起数和死亡人数: an item with a head of its own shares none.
    alike = any(item[-1] in "数额率量值费积比价入出资款金" for item in items[:-1])
    given = [
        item if alike or not tail or item.endswith(tail) else item.removesuffix("的") + tail
        for item in items
    ]
    return [item if lead in item or find_periods(item) else lead + item for item in given]


def _compared(text: str, clauses: Sequence[str]) -> list[Part]:
    """The things that a question holds against each other."""
    if either := _EITHER.search(text):
        # 技术人才多还是技能人才多
        left, right = (re.sub(r"^[，,是]|[，,]$", "", either[name]) for name in ("one", "other"))
        lead, tail = text[: either.start()], either["end"]
        return [Part(f"{lead}{item}{tail}", item=item) for item in (left, right)]
    if beside := _BESIDE.search(text):
        # 脱贫地区的收入增速，和全省比哪个更快: what is compared is said once.
        one, other, tail = beside["one"], beside["other"], beside["tail"]
        said = one[one.index("的") :] if "的" in one and "的" not in other else ""
        return [Part(f"{item}，{tail}", item=item) for item in (one, other + said)]
    # 甲的增速，和乙的，哪个快: one list, whatever stands between.
    clauses = _CLAUSE.split(re.sub(r"[，,](?=[和跟与])", "", "，".join(clauses)))
    versus = _VERSUS.split(text)
    if len(versus) == 2 and all(len(v.strip("吗呢了？?，")) > 1 for v in versus):
        left, right = (v.strip("吗呢了？?，是不") for v in versus)
        return [Part(left, right, left), Part(right, left, right)]
    for i, clause in enumerate(clauses):
        asked = _WHICH.search(clause)
        listed, tail = (clause[: asked.start()], clause[asked.start() :]) if asked else (clause, "")
        items = [_THESE.sub("", item) for item in _AND.split(listed) if item.strip()]
        if len(items) < 2 and (than := list(_than(listed))):
            items = than
        if len(items) < 2:
            continue
        rest = "，".join(c for j, c in enumerate(clauses) if j != i)
        tails = "，".join(filter(None, (tail, rest)))
        shared = in_full(items)
        return [
            Part(f"{whole}，{tails}" if tails else whole, item=item)
            for whole, item in zip(shared, items, strict=True)
        ]
    return [Part(text)]


def _than(text: str) -> Iterator[str]:
    """甲比乙 holds two things against each other; 占比 and 对比 don't."""
    match = re.fullmatch(r"(.{2,}?)(?<![占对同环相])比(?![重例值上较前去].)(.{2,})", text)
    if match and not says(text, "share"):
        yield from match.groups()
