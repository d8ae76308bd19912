"""Retrieval: two legs, standardised and summed, in a stable order."""

from __future__ import annotations

import numpy as np
import pytest

from fakes import BigramEncoder
from qa import retrieve
from qa.index import Index, build_index
from qa.report import parse_report, passages

NORTH = """北川县报告
森林覆盖率达38.2%，高于全市平均水平。
空气优良率为94.8%。
新增市场主体310余户。
改造老旧小区住房6482套。
"""
SOUTH = "南河县报告\n森林覆盖率达38.2%，高于全市平均水平。\n拆墙透绿三公里。\n"


@pytest.fixture(scope="module")
def index() -> Index:
    reports = [parse_report(SOUTH, "南河"), parse_report(NORTH, "北川")]
    found = [passage for report in reports for passage in passages(report)]
    return build_index(reports, BigramEncoder(), figures=[], passages=found)


def test_the_passage_that_speaks_of_it_comes_first(index: Index) -> None:
    assert "空气优良率" in retrieve.search(index, "空气优良率是多少？")[0].passage.text


def test_the_score_is_the_sum_of_the_standardised_legs(index: Index) -> None:
    fused, dense, lexical = retrieve.scores(index, "森林覆盖率达多少")
    expected = retrieve.DENSE_WEIGHT * (dense - dense.mean()) / dense.std()
    expected += retrieve.LEXICAL_WEIGHT * (lexical - lexical.mean()) / lexical.std()
    assert np.allclose(fused, expected, atol=1e-5)


def test_words_count_for_less_where_no_passage_has_many_of_them(index: Index) -> None:
    asked = "那些上了年头的院子今年到底翻新了多少户人家改造"
    fused, dense, lexical = retrieve.scores(index, asked)
    covered = float(lexical.max()) / index.lexical.most(asked)
    assert 0 < covered < retrieve.COVERED
    weight = retrieve.LEXICAL_WEIGHT * covered / retrieve.COVERED
    expected = retrieve.DENSE_WEIGHT * retrieve.standard(dense) + weight * retrieve.standard(
        lexical
    )
    assert np.allclose(fused, expected, atol=1e-5)


def test_hits_carry_both_scores_and_are_the_best_of_all(index: Index) -> None:
    legs = retrieve.scores(index, "新增市场主体")
    hits = retrieve.search(index, "新增市场主体", 3)
    assert len(hits) == 3
    for hit in hits:
        row = index.passages.index(hit.passage)
        assert (hit.score, hit.dense, hit.lexical) == tuple(leg[row] for leg in legs)
    assert [hit.score for hit in hits] == sorted(legs.fused.tolist(), reverse=True)[:3]


def test_equal_passages_come_by_report_then_position(index: Index) -> None:
    first, second = retrieve.search(index, "森林覆盖率", 2)
    assert first.score == second.score
    assert [first.passage.report, second.passage.report] == ["北川", "南河"]


@pytest.mark.parametrize("query", ["", "  \n", "\u3000"])
def test_nothing_asked_finds_nothing(index: Index, query: str) -> None:
    assert retrieve.search(index, query) == []
    assert not retrieve.scores(index, query).fused.any()


def test_more_hits_than_passages_gives_all_passages(index: Index) -> None:
    assert len(retrieve.search(index, "报告", 999)) == len(index.passages)
    assert retrieve.search(index, "报告", 0) == []


def test_an_index_without_passages_finds_nothing() -> None:
    empty = build_index([], BigramEncoder(), figures=[], passages=[])
    assert retrieve.search(empty, "森林覆盖率") == []
