"""The question sets, all asked: what was right stays right, and nobody is misinformed anew.

`make regression-save` writes tests/questions/results anew, to be read in the diff and committed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.evaluate import Bots, compare, evaluate, load_run, load_set, save_run, summarise
from qa.paths import bundled_report

OURS = Path(__file__).parent / "questions"
RESULTS = OURS / "results"

# Name of the saved result, the set, the reports that it is asked of: relative to ../shared (commas
# between several), or to tests/questions and the bundled report; MORE stands for the reports that
# are taken out of the corpora.
SETS = [
    ("chengxi-digest", "chengxi-digest.jsonl", ""),
    ("provinces", "provinces.jsonl", "reports"),
    ("near", "near.jsonl", "reports,report/chengxi-2023.txt"),
    ("blind", "blind.jsonl", "reports,report/chengxi-2023.txt"),
    ("paraphrase", "paraphrase.jsonl", "reports"),
    ("provinces-2025", "provinces-2025.jsonl", "MORE,report/chengxi-2023.txt"),
    ("blind-2025", "blind-2025.jsonl", "MORE,report/chengxi-2023.txt"),
    ("blind-national", "blind-national.jsonl", "MORE"),
    ("kinds", "kinds.jsonl", "MORE,reports,report/chengxi-2023.txt"),
    ("shared-chengxi", "questions/chengxi.jsonl", "report/chengxi-2023.txt"),
    ("shared-provinces", "questions/provinces.jsonl", "reports"),
]
# At least this share right, at most that share misstated.
BARS = {"shared-chengxi": (0.70, 0.06), "shared-provinces": (0.55, 0.08)}


@pytest.mark.parametrize(("name", "questions", "reports"), SETS, ids=[row[0] for row in SETS])
def test_no_saved_result_gets_worse(
    name: str, questions: str, reports: str, request: pytest.FixtureRequest
) -> None:
    shared: Path = request.getfixturevalue("shared") if reports else Path()
    path = (shared if name.startswith("shared") else OURS) / questions
    sources = [
        request.getfixturevalue("more_reports") if part == "MORE" else shared / part
        for part in filter(None, reports.split(","))
    ] or [bundled_report()]
    results = evaluate(load_set(path), Bots(sources))
    saved = RESULTS / f"{name}.json"
    if request.config.getoption("--save-results"):
        save_run(saved, results)
    assert [receipt for result in results for receipt in result.broken] == []
    total = summarise(results)["total"]
    right, misstated = BARS.get(name, (0.0, 1.0))
    assert total.right >= right
    assert total.misstated <= misstated
    changes = compare(load_run(saved), results)
    assert (changes.lost, changes.newly_misstated) == ((), ())
    assert (changes.gone, changes.new) == ((), ()), "the set changed: make regression-save"
