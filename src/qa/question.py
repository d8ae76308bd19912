"""What is asked: the words of a question taken apart into the slots that a figure has.

No word of a report is needed for it; the history gives what a question leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from qa.encode import words as pieces
from qa.figures import find_quantities
from qa.lexicon import table, words
from qa.periods import Period, find_periods
from qa.text import fold
from qa.types import Measure, Quantity

Form = Literal["ask", "compare", "every", "derive"]

INDICATOR_WEIGHT = 2.0
CONTEXT_WEIGHT = 0.4
_CLAUSE = re.compile(r"[，,。；;？?！!：…\n]+|\.{2,}")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question and the ways in which a report may print it.

    `indicator` marks an official indicator's name or alias; `excludes` are modifiers that,
    right beside the name, make it another indicator.
    """

    text: str
    weight: float
    names: tuple[str, ...]
    indicator: bool = False
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked for. Empty slots are open: any measure, unit, period, place will do.

    `scopes` are 全国 and its like, `told` words that tell one of a pair from the other (农村),
    `head` is what is counted (多少个学位).
    """

    text: str
    terms: tuple[Term, ...]
    wants: Literal["figure", "fact"]
    measure: Measure | None = None
    units: tuple[str, ...] = ()
    unit_said: bool = False
    period: Period | None = None
    target: bool | None = None
    places: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    head: Term | None = None
    falling: bool = False

    @property
    def words(self) -> str:
        return " ".join(term.text for term in self.terms)


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart. `stated` are figures that the user names to have them checked."""

    text: str
    form: Form
    asks: tuple[Ask, ...]
    stated: tuple[Quantity, ...] = ()
    checks: bool = False
    smallest: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    names: tuple[str, ...]
    indicator: bool
    units: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()


@cache
def _names() -> tuple[dict[str, _Name], int]:
    """Every alias and synonym → the ways to print it; and the length of the longest."""
    found: dict[str, _Name] = {}
    for group in table("synonyms")["groups"]:
        folded = tuple(dict.fromkeys(fold(word) for word in group))
        for word in folded:
            known = found.get(word)
            merged = tuple(dict.fromkeys((*(known.names if known else ()), *folded)))
            found[word] = _Name(merged, False)
    for entry in table("aliases")["indicator"]:
        names = (entry["name"], *entry["aliases"], *entry.get("english", ()))
        folded = tuple(dict.fromkeys(fold(name) for name in names))
        name = _Name(
            folded,
            True,
            tuple(entry.get("units", ())),
            tuple(fold(word) for word in entry.get("excludes", ())),
        )
        for word in folded:
            # An official name is its own entry even where another entry has it for an alias.
            if word not in found or not found[word].indicator or word == folded[0]:
                found[word] = name
    return found, max(map(len, found))


@cache
def _all_units() -> tuple[str, ...]:
    units = table("units")
    listed = {unit for group in units["group"] for unit in group["units"].split()}
    return tuple(sorted(listed, key=lambda unit: (-len(unit), unit)))


@cache
def _pattern(name: str, key: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words(name, key))))


def says(text: str, key: str) -> bool:
    """Whether the question has a word of the list `key` of asking.toml."""
    return _pattern("asking", key).search(text) is not None


def parse(
    question: str, history: Sequence[str] = (), *, places: Iterable[str] = ()
) -> Question:
    """Take the question apart; `places` are names of places beyond the lexicon's own."""
    text = fold(question).strip()
    known = _own_places(places)
    said = tuple(q for q in find_quantities(text) if q.kind != "date")
    asks_amount = _asks_amount(text)
    checks = bool(said) and not asks_amount or (says(text, "yesno") and not asks_amount)
    form: Form = "ask"
    if says(text, "derive"):
        form = "derive"
    elif says(text, "compare"):
        form = "compare"
    elif says(text, "every") and not (says(text, "fact") and len(text) < 10 and asks_amount):
        form = "every"
    stated = said if checks else ()
    asks = [
        _ask(part, context, stated, known)
        for part, context in _parts(text, form, checks)
    ]
    if history and not says(text, "topic"):
        before = parse(history[-1], history[:-1], places=places)
        asks = [_continue(ask, before.asks[-1]) for ask in asks]
    return Question(question, form, tuple(asks), stated, checks, says(text, "smaller"))


def _own_places(places: Iterable[str]) -> tuple[str, ...]:
    """The reports' places with their short forms, longest first: 四川省, 四川."""
    found = set()
    for place in map(fold, filter(None, places)):
        found |= {place, *(g for g in _gazetteer() if place.startswith(g))}
        if len(place) > 2 and place[-1] in "省市县州":
            found.add(place[:-1])
    return tuple(sorted(found, key=lambda place: (-len(place), place)))


def _asks_amount(text: str) -> bool:
    return any(says(text, key) for key in ("amount", "rank", "grade")) or says(text, "when")


def _cued(part: str) -> bool:
    return _asks_amount(part) or any(
        says(part, key) for key in ("fact", "growth", "share", "decline", "joint")
    )


def _parts(text: str, form: Form, checks: bool) -> list[tuple[str, str]]:
    """The things asked for, each with the rest of the question, which is their context."""
    clauses = [c for c in _CLAUSE.split(text) if c.strip()]
    if checks or not clauses:
        return [(text, "")]
    cued = [c for c in clauses if _asks_amount(c)]
    if form == "compare":
        return [(part, "") for part in _compared(text)]
    if form != "ask" or not cued:
        return [(text, "")] if len(text) <= 40 or not cued else [(cued[-1], text)]
    found: list[tuple[str, str]] = []
    for clause in cued:
        for piece in _amounts(clause):
            for part in _coordinated(piece):
                found.append((part, text))
    if len(found) == 1:
        context = "，".join(c for c in clauses if c != cued[0])
        return [(found[0][0], context)]
    first = found[0][0]
    lead = "，".join(c for c in clauses[: clauses.index(cued[0])])
    return [(part, lead if i == 0 else lead + "，" + first) for i, (part, _) in enumerate(found)]


def _amounts(clause: str) -> list[str]:
    """雨污分流改了几条路、总长多少 asks twice in one clause."""
    parts = re.split(r"[、]|以及|和(?=[^和、]*(?:多少|几|第几))", clause)
    if len(parts) > 1 and all(_asks_amount(part) for part in parts):
        return parts
    return [clause]


_JOINT = re.compile(r"(分别|各自|各是|各为|各有|各|都是|都有)")
_AND = re.compile(r"[、]|以及|和|与|跟|及|还有")


def _coordinated(clause: str) -> list[str]:
    """甲和乙分别是多少 → 甲…是多少, 乙…是多少; the tail that they share goes to each."""
    joint = _JOINT.search(clause)
    if joint is None:
        return [clause]
    head, tail = clause[: joint.start()], clause[joint.start() :]
    items = [item for item in _AND.split(head) if item]
    if len(items) < 2:
        if "城乡" in head:
            return [head.replace("城乡", kind) + tail for kind in ("城镇", "农村")]
        return [clause]
    return [item + tail for item in _share(items)]


def _share(items: list[str]) -> list[str]:
    """Give each item what the list says once: 城镇和农村居民的收入, 四川、甘肃的产量."""
    last, first = items[-1], items[0]
    tail = ""
    if "的" in last:
        tail = last[last.index("的") :]
    else:
        tail = next((t for t in words("clause", "tails") if last.endswith(t) and last != t), "")
    lead = ""
    for period in find_periods(first):
        lead += first[period.start : period.stop]
    if "的" in first and "的" not in last:
        lead = first[: first.index("的") + 1]
    given = [item if not tail or item.endswith(tail) else item + tail for item in items]
    return [item if item.startswith(lead) or lead in item else lead + item for item in given]


def _compared(text: str) -> list[str]:
    """The things that a question holds against each other."""
    clauses = [c for c in _CLAUSE.split(text) if c.strip()]
    head = clauses[0]
    rest = "，".join(clauses[1:])
    versus = re.split(r"跑赢了?|跑输了?|超过了?|比得上", text)
    if len(versus) == 2 and all(v.strip() for v in versus):
        return [versus[0], versus[1]]
    asked = re.search(r"哪个|谁|哪一个|哪家|哪项|相比|对比|比起来|从高到低|从低到高|怎么排", head)
    listed, tail = (head[: asked.start()], head[asked.start() :]) if asked else (head, "")
    items = [item for item in _AND.split(listed) if item.strip()]
    if len(items) < 2:
        than = re.split(r"比", listed, maxsplit=1)
        items = [item for item in than if item.strip()] if len(than) == 2 else items
    if len(items) < 2:
        return [text]
    return [f"{item}{tail}，{rest}" if rest else item + tail for item in _share(items)]


def _ask(part: str, context: str, stated: Sequence[Quantity], known: Sequence[str]) -> Ask:
    periods = _asked_periods(part) or (_asked_periods(context) if context else ())
    masked = _mask_periods(part)
    for place in known:
        masked = masked.replace(place, "\0" * len(place))
    for quantity in stated:
        masked = masked.replace(fold(quantity.text), "\0")
    terms = _terms(masked, known)
    named = [term for term in terms if term.indicator]
    # 增值税 asks for no growth: cues are looked for outside the indicators' names.
    cues = masked
    for term in named:
        if not says(term.text, "growth"):
            cues = cues.replace(term.text, "\1" * len(term.text))
    measure, units, said, head = _wanted(cues, part)
    if stated and not units:
        units, measure = _units_of(stated), measure or _measure_of(stated)
    if not units and measure in (None, "level"):
        units = tuple(dict.fromkeys(u for t in named for u in _names()[0][t.text].units))
    if context:
        seen = {term.text for term in terms}
        terms += tuple(
            replace(term, weight=term.weight * (0.8 if len(part) + len(context) <= 45 else CONTEXT_WEIGHT))
            for term in _terms(_mask_periods(context), known)
            if term.text not in seen and not (named and term.indicator)
        )
    target: bool | None = None
    if says(cues, "target"):
        target = True
    elif says(cues, "done"):
        target = False
    return Ask(
        text=part,
        terms=terms,
        wants="figure" if _asks_amount(cues) or measure or stated or not _cued(cues) else "fact",
        measure=measure,
        units=units,
        unit_said=said,
        period=periods[-1] if periods else None,
        target=target,
        places=places_in(part, known),
        scopes=tuple(w for w in words("clause", "scopes") if w in part),
        told=told(part, terms),
        head=head,
        falling=says(cues, "decline"),
    )


def _asked_periods(text: str) -> tuple[Period, ...]:
    """The periods that a question asks for; 比上年 names none, it only says that growth is meant."""
    return tuple(
        p for p in find_periods(text) if not re.search(r"[比较跟和与]$", text[: p.start])
    )


def _mask_periods(text: str) -> str:
    for period in reversed(find_periods(text)):
        text = text[: period.start] + "\0" * (period.stop - period.start) + text[period.stop :]
    return text


def _wanted(cues: str, part: str) -> tuple[Measure | None, tuple[str, ...], bool, Term | None]:
    """The measure and units asked for, whether the question names the unit, and what is counted."""
    if says(cues, "when"):
        return "date", (), False, None
    if says(cues, "rank"):
        return "rank", (), False, None
    amount = _pattern("asking", "amount").search(part)
    after = re.sub(r"^(?:万|亿|千|百|十)+", "", part[amount.end() :]) if amount else ""
    unit = _leading_unit(after)
    if amount and after and unit and unit != "点":
        if unit in ("个百分点", "百分点"):
            return None, ("个百分点", "%"), True, None
        if unit == "倍":
            return ("growth" if says(cues, "growth") else None), (unit,), True, None
        head = next(iter(_terms(re.split(r"[，,了的、]", after[len(unit) :])[0], ())), None)
        return None, (unit,), True, head
    if says(cues, "grade"):
        return None, ("类", "级"), True, None
    if says(cues, "share"):
        return "share", ("%",), False, None
    if says(cues, "decline") or says(cues, "growth"):
        return "growth", ("%",), False, None
    if says(cues, "percent"):
        return None, ("%",), "百分之" in part, None
    nouns = table("synonyms")["dimension_words"]
    for noun in sorted(nouns, key=lambda word: (-len(word), word)):
        at = part.find(noun)
        # 多少钱, 多少游客, 多长: the noun is what is counted; elsewhere it is a mere word.
        counted = amount is not None and at in (amount.start(), amount.end())
        keyword = amount is None and at >= 0 and at + len(noun) == len(part.rstrip("呢吗啊?？ "))
        if at >= 0 and (counted or keyword):
            if "date" in nouns[noun]:
                return "date", (), False, None
            head = next(iter(_terms(noun, ())), None) if counted and noun in after else None
            return None, tuple(nouns[noun]), False, head
    return None, (), False, None


def _leading_unit(text: str) -> str:
    """The unit that the text begins with; 城镇就业 begins with none, though 城 counts cities."""
    follow = table("units")["follow"]
    for unit in _all_units():
        if text.startswith(unit) and not text[len(unit) :].startswith(
            tuple(follow.get(unit, ())) or "\0"
        ):
            return unit
    return ""


def _units_of(stated: Sequence[Quantity]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(q.unit for q in stated if q.unit))


def _measure_of(stated: Sequence[Quantity]) -> Measure | None:
    return "rank" if any(q.kind == "ordinal" for q in stated) else None


@cache
def _noise() -> re.Pattern[str]:
    asking = table("asking")
    noise = {word for key in asking for word in asking[key] if key != "level"}
    noise -= set(words("clause", "share")) - {"占", "占比", "比重"}
    noise |= set(map(fold, table("synonyms")["fillers"])) | set(words("clause", "level_verbs"))
    listed = sorted(noise, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, listed)))


def _terms(text: str, known: Sequence[str]) -> tuple[Term, ...]:
    """Cut the text into terms: names of the lexicon, longest first, then the words between."""
    names, longest = _names()
    noise = _noise()
    found: list[Term] = []
    rest: list[str] = []
    i = 0
    while i < len(text):
        empty = noise.match(text, i)
        shortest = max(empty.end() - i if empty else 0, 1)
        for length in range(min(longest, len(text) - i), shortest, -1):
            word = text[i : i + length]
            if word in names:
                name = names[word]
                found.append(
                    Term(
                        word,
                        INDICATOR_WEIGHT if name.indicator else 1.0,
                        name.names,
                        name.indicator,
                        name.excludes,
                    )
                )
                rest.append("\0")
                i += length
                break
        else:
            rest.append("\0" if empty else text[i])
            i += shortest
    for stretch in "".join(rest).split("\0"):
        for word in pieces(stretch):
            word = word.strip("▁ ")
            if not word or not any(map(str.isalnum, word)):
                continue
            weight = 0.3 if len(word) == 1 and not word.isascii() else 1.0
            found.append(Term(word, weight, (word,)))
    return tuple(dict.fromkeys(found))


def _continue(ask: Ask, before: Ask) -> Ask:
    """Fill the slots that a follow-up leaves open from the question before it."""
    own = [term for term in ask.terms if term.weight >= 0.5]
    short = len(ask.text) <= 12 or says(ask.text, "anaphora")
    if not short:
        return ask
    factor = CONTEXT_WEIGHT if own else 1.0
    seen = {term.text for term in ask.terms}
    terms = ask.terms + tuple(
        replace(term, weight=term.weight * factor)
        for term in before.terms
        if term.text not in seen
    )
    bare = ask.measure is None and not (_asks_amount(ask.text) and own) and not ask.unit_said
    filled = replace(ask, terms=terms)
    if bare:
        filled = replace(
            filled,
            wants=before.wants if ask.wants == "fact" and not says(ask.text, "fact") else ask.wants,
            measure=before.measure,
            units=ask.units if ask.units and before.measure is None else before.units,
            unit_said=before.unit_said and not own,
            falling=before.falling,
        )
    if ask.period is None and ask.target is None:
        filled = replace(filled, period=before.period, target=before.target)
    if not ask.places:
        filled = replace(filled, places=tuple(p for p in before.places if p in _gazetteer()))
    return filled


@cache
def pairs() -> Mapping[str, tuple[frozenset[str], ...]]:
    """Word → the words that it must not be taken for."""
    found: dict[str, list[frozenset[str]]] = {}
    said = {word for words_ in table("asking").values() for word in words_}
    for row in table("synonyms")["opposites"]:
        row = [fold(word) for word in row]
        if any(word in said or len(word) < 2 for word in row):
            continue
        for word in row:
            found.setdefault(word, []).append(frozenset(row) - {word})
    return {word: tuple(others) for word, others in found.items()}


def told(text: str, terms: Sequence[Term] = ()) -> tuple[str, ...]:
    """The words of a text that tell one of a pair from the other: 农村 of 城镇 and 农村.

    Inside a term only its beginning can be such a modifier: 地区生产总值 says nothing of 生产.
    """
    for term in terms:
        if len(term.text) > 2:
            text = text.replace(term.text, term.text[:2] + "\0")
    found = [word for word in pairs() if word in text]
    return tuple(w for w in found if not any(w != o and w in o for o in found))


@cache
def _gazetteer() -> tuple[str, ...]:
    """Provinces and prefectures, full and short, longest first."""
    table_ = table("places")
    names = set(table_["short"].values()) | set(table_["provinces"])
    for province, prefectures in table_["provinces"].items():
        names |= set(prefectures) | {province[:-1] if province[-1] in "省市" else province}
        names |= {name.removesuffix("盟") for name in prefectures if len(name) > 3}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


_COUNTY = re.compile(r"(?:^|[，的在和与、跟])([一-鿿]{1,4}?[市区县州盟旗])")


def places_in(text: str, known: Sequence[str] = ()) -> tuple[str, ...]:
    """The places that a question names, longest first, none inside another."""
    found: list[str] = []
    common = table("places")["county"]["common"]
    counties = [
        m for m in _COUNTY.findall(text) if len(m) > 2 and not any(m.endswith(c) for c in common)
    ]
    for place in (*known, *_gazetteer(), *counties):
        if place in text and not any(place in longer for longer in found):
            found.append(place)
    return tuple(found)
