"""What the encoder learns from; the learning itself needs torch's trainer and an hour."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from qa.encode import BUNDLED
from qa.training.questions import Asker, Typist
from qa.training.settings import Settings
from qa.training.spoken import colloquial, mix
from qa.training.wordlists import english, groups, said
from qa.types import QaError

STATEMENT = "全县改造老旧小区12个，新增停车位3400个。"


def asker(said: dict[str, list[str]], english: dict[str, list[str]]) -> Asker:
    tokenizer = Tokenizer.from_file(str(BUNDLED / "tokenizer.json"))
    return Asker(tokenizer, random.Random(3), said, english)


def test_a_term_is_asked_for_in_other_words() -> None:
    ask = asker({"老旧小区": ["旧楼院"]}, {})
    asked = "".join(ask.ask(STATEMENT) for _ in range(60))
    assert asked.count("旧") > 0
    assert "楼院" in asked


def test_the_longest_term_of_a_statement_is_the_one_replaced() -> None:
    ask = asker({"老旧": ["破"], "老旧小区": ["旧楼院"]}, {})
    assert "破" not in "".join(ask.ask(STATEMENT) for _ in range(60))


def test_an_indicator_is_asked_for_in_english_now_and_then() -> None:
    ask = asker({}, {"停车位": ["parking spaces"]})
    asked = [ask.ask(STATEMENT) for _ in range(60)]
    assert 0 < sum("parking spaces" in one for one in asked) < 30


def test_a_typo_is_another_character_of_the_same_sound() -> None:
    typist = Typist(["城市成诚是事"], random.Random(1))
    assert all(typist.write("城") in "成诚" for _ in range(10))
    assert typist.write("abc") == "abc"


def test_the_word_lists_name_an_indicator_by_its_aliases_but_a_level_not_by_its_growth() -> None:
    assert "GDP" in said()["地区生产总值"]
    assert "经济增速" not in said()["地区生产总值"]
    assert "GDP" in english()["地区生产总值"]


def test_no_run_of_colloquial_pairs_has_a_positive_twice() -> None:
    runs = colloquial()
    for run in runs:
        assert max(Counter(to for _, to in run).values()) == 1
    asked = sum(map(len, runs))
    assert asked > 3 * 2500 + sum(len(group) - 1 for group in groups()) / 2


def test_clauses_beside_each_other_stay_together_in_the_mix(tmp_path: Path) -> None:
    rows = [{"clause": f"第{i}句", "questions": [f"问{i}", f"又问{i}"]} for i in range(64)]
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    tmp_path.joinpath("some.jsonl").write_text("\n".join(lines), encoding="utf-8")
    settings = replace(Settings(), neighbours=8, finish_repeats=1, typo_share=0.0)
    spoken = [run for run in colloquial(tmp_path) if run[0][1].startswith("第")]
    mixed = mix(spoken, [("头条", "正文")] * 80, settings, str)
    assert sorted(p for run in spoken for p in run) == sorted(p for p in mixed if p[1] != "正文")
    beside = [one[1] for one, two in pairwise(mixed) if two[1] == _next(one[1])]
    assert len(beside) > 100


def _next(clause: str) -> str:
    return f"第{int(clause[1:-1]) + 1}句" if clause.startswith("第") else ""


def test_a_folder_without_colloquial_pairs_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(QaError, match="colloquial"):
        colloquial(tmp_path)
