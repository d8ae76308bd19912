"""The index keeps what it was given, answers exactly, and refuses what it can't vouch for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes import BigramEncoder
from qa.index import Index, build_index
from qa.index.bm25 import Bm25, grams
from qa.report import parse_report, passages, read_report
from qa.types import Figure, Passage, QaError, Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
from typing import Any

NORTH = """北川县2023年政府工作报告
一、经济
全年地区生产总值达到４2.5亿元，同比增长5.6%。新增市场主体310余户。
二、生态
森林覆盖率达38.2%，高于全市平均水平。\u2028空气优良率为94.8%。改造老旧小区住房6482套。
"""
SOUTH = "南河县报告\r\n森林覆盖率达38.2%，高于全市平均水平。\r\n拆墙透绿三公里，\t种树两万株。\r\n"


def figure(report: Report, text: str, value: str, **changes: object) -> Figure:
    start = report.text.index(text)
    values = {
        "report": report.id,
        "start": start,
        "stop": start + len(text),
        "text": text,
        "kind": "amount",
        "value": Decimal(value),
        "unit": "元",
        "high": None,
        "qualifier": "达到",
        "indicator": "地区生产总值",
        "measure": "level",
        "period": "2023年",
        "scope": "全县",
        "section": "一、经济",
        "clause": (start - 4, start + len(text)),
        "words": "全年地区生产总值达到",
    }
    return Figure(**values | changes)  # type: ignore[arg-type]


@pytest.fixture
def reports() -> tuple[Report, Report]:
    return parse_report(NORTH, "北川2023"), parse_report(SOUTH, "../南河/报告", year=2022)


def build(
    *reports: Report,
    encoder: BigramEncoder | None = None,
    old: Index | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Index:
    figures = [
        figure(report, text, value, high=high, kind="percent")
        for report in reports
        for text, value, high in (("38.2%", "38.2", None), ("6482套", "6.482E+3", Decimal("7e3")))
        if text in report.text
    ]
    return build_index(
        reports,
        encoder or BigramEncoder(),
        figures=figures,
        passages=[passage for report in reports for passage in passages(report)],
        old=old,
        progress=progress,
    )


@pytest.fixture
def index(reports: tuple[Report, Report]) -> Index:
    return build(*reports)


@pytest.fixture
def saved(index: Index, tmp_path: Path) -> Path:
    index.save(tmp_path / "index")
    return tmp_path / "index"


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def reseal(folder: Path, name: str, data: bytes) -> None:
    """Change a file and its hash in the manifest, as somebody might who knows the layout."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    (folder / name).write_bytes(data)
    manifest["files"][name] = sha256(data).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def python(code: str, *arguments: str) -> str:
    """What another Python prints that runs the code with the same search path."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


# What is kept


def test_a_loaded_index_equals_the_saved_one(index: Index, saved: Path) -> None:
    loaded = Index.load(saved, BigramEncoder())
    assert loaded.reports == index.reports
    assert loaded.passages == index.passages
    assert loaded.figures == index.figures
    assert [str(f.value) for f in loaded.figures] == [str(f.value) for f in index.figures]
    assert np.array_equal(loaded.vectors.rows, index.vectors.rows)
    for query in ("森林覆盖率", "增长5.6%", "没有的话"):
        assert loaded.search(query, 99) == index.search(query, 99)


def test_the_folder_holds_the_raw_text_and_files_that_a_person_can_read(
    index: Index, saved: Path
) -> None:
    held = files(saved)
    assert held["reports/北川2023.txt"] == NORTH.encode()
    assert held["reports/%2E.%2F南河%2F报告.txt"] == SOUTH.encode()
    assert "森林覆盖率达38.2%" in held["passages.jsonl"].decode()
    assert '"value": "6482"' in held["figures.jsonl"].decode()
    manifest = json.loads(held["manifest.json"])
    assert manifest["counts"]["passages"] == len(index.passages)
    assert {entry["id"]: entry["sha256"] for entry in manifest["reports"]} == {
        report.id: report.sha256 for report in index.reports
    }


def test_the_same_reports_give_the_same_bytes_in_whatever_order(
    reports: tuple[Report, Report], saved: Path, tmp_path: Path
) -> None:
    build(*reversed(reports)).save(tmp_path / "again")
    assert files(tmp_path / "again") == files(saved)


def test_saving_again_replaces_the_old_index_and_leaves_nothing_beside_it(
    reports: tuple[Report, Report], saved: Path
) -> None:
    build(reports[1]).save(saved)
    assert [r.id for r in Index.load(saved, BigramEncoder()).reports] == [reports[1].id]
    assert [entry.name for entry in saved.parent.iterdir()] == ["index"]


@settings(deadline=None)
@given(st.text(min_size=1), st.text(min_size=1, max_size=300))
def test_any_text_under_any_id_survives(
    tmp_path_factory: pytest.TempPathFactory, text: str, name: str
) -> None:
    report = Report(name, text, "", "", None, (), (((0, len(text)),),), (-1,))
    report = parse_like(report)
    whole = Passage(name, "", 0, len(text), text)
    folder = tmp_path_factory.mktemp("any")
    index = build_index([report], BigramEncoder(), figures=[], passages=[whole])
    index.save(folder / "index")
    loaded = Index.load(folder / "index", BigramEncoder())
    assert loaded.reports == (report,)
    assert loaded.passages == (whole,)
    assert [entry.name for entry in folder.iterdir()] == ["index"]


def parse_like(report: Report) -> Report:
    data = report.text.encode("utf-8", "surrogatepass")
    return Report(
        report.id,
        report.text,
        sha256(data).hexdigest(),
        report.place,
        report.year,
        report.sections,
        report.blocks,
        report.block_sections,
    )


def test_a_record_whose_receipt_does_not_hold_is_not_taken(reports: tuple[Report, Report]) -> None:
    wrong = Passage(reports[0].id, "", 0, 3, "南川县")
    with pytest.raises(ValueError, match="receipt"):
        build_index(reports[:1], BigramEncoder(), figures=[], passages=[wrong])


def test_two_reports_with_one_id_are_refused(reports: tuple[Report, Report]) -> None:
    with pytest.raises(QaError, match="编号相同"):
        build(reports[0], reports[0])


# Exact search


def brute_force(index: Index, query: str, k: int) -> list[Passage]:
    product = index.vectors.rows.astype(np.float64) @ index.encoder.encode([query])[0]
    order = sorted(
        range(len(product)),
        key=lambda i: (-round(product[i], 6), index.passages[i].report, index.passages[i].start),
    )
    return [index.passages[i] for i in order[:k]]


def test_dense_search_is_the_brute_force_product_and_ties_break_by_report_then_position(
    index: Index,
) -> None:
    query = "森林覆盖率达38.2%，高于全市平均水平。"
    hits = index.search(query, 99)
    assert [hit.passage for hit in hits] == brute_force(index, query, 99)
    assert hits[0].dense == hits[1].dense == pytest.approx(1)
    assert [hit.passage.report for hit in hits[:2]] == ["../南河/报告", "北川2023"]


def test_dense_search_is_the_brute_force_product_on_every_report(shared: Path) -> None:
    for path in sorted(shared.glob("report*/*.txt")):
        report = read_report(path)
        found = passages(report)
        index = build_index([report], BigramEncoder(), figures=[], passages=found)
        for passage in found[:: max(len(found) // 10, 1)]:
            query = index.encoder.encode([passage.text])[0]
            product = index.vectors.rows.astype(np.float64) @ query
            hits = index.search(passage.text, 10)
            best = np.sort(product)[::-1][: len(hits)]
            assert np.allclose([hit.dense for hit in hits], best, atol=1e-6), path.stem
            keys = [(-hit.dense, hit.passage.start) for hit in hits]
            assert keys == sorted(keys), path.stem


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from("甲乙丙丁"), max_size=6), max_size=8), st.text("甲乙丙戊"))
def test_bm25_is_its_formula(documents: list[list[str]], query: str) -> None:
    mean = max(sum(map(len, documents)) / max(len(documents), 1), 1)
    for document, score in zip(documents, Bm25.of(documents).scores(list(query)), strict=True):
        expected = 0.0
        for term in query:
            df = sum(term in other for other in documents)
            tf = document.count(term)
            idf = np.log(1 + (len(documents) - df + 0.5) / (df + 0.5))
            expected += idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * len(document) / mean))
        assert score == pytest.approx(expected, rel=1e-4, abs=1e-6)


def test_grams_are_folded_bigrams_and_whole_latin_and_digit_runs() -> None:
    assert grams("覆盖率达４2.84%，５G ＰＭ2.5株") == [
        "覆盖", "盖率", "率达", "42.84", "5g", "pm2.5", "株",
    ]  # fmt: skip


# Nothing embedded twice


def test_unchanged_text_is_not_embedded_again(reports: tuple[Report, Report]) -> None:
    first = build(reports[0])
    encoder = BigramEncoder()
    changed = parse_report(NORTH.replace("310余户", "320余户"), "北川2024")
    second = build(changed, reports[1], encoder=encoder, old=first)
    known = {passage.text for passage in first.passages}
    assert encoder.seen
    assert not known & set(encoder.seen)
    assert len(encoder.seen) == len(set(encoder.seen))
    assert np.array_equal(second.vectors.rows, build(changed, reports[1]).vectors.rows)


def test_another_encoder_embeds_everything_anew(reports: tuple[Report, Report]) -> None:
    encoder = BigramEncoder(digest="1" * 64)
    build(reports[0], encoder=encoder, old=build(reports[0]))
    assert len(encoder.seen) == len({p.text for p in passages(reports[0])})


def test_progress_counts_up_to_all_that_is_embedded(reports: tuple[Report, Report]) -> None:
    steps: list[tuple[int, int]] = []
    encoder = BigramEncoder()
    build(*reports, encoder=encoder, progress=lambda done, total: steps.append((done, total)))
    assert steps[-1] == (len(encoder.seen), len(encoder.seen))


# Refusals


def lose(folder: Path) -> None:
    shutil.rmtree(folder)


def empty(folder: Path) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def cut_manifest(folder: Path) -> None:
    data = (folder / "manifest.json").read_bytes()
    (folder / "manifest.json").write_bytes(data[: len(data) // 2])


def strange_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text('["a web app"]', "utf-8")


def bare_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"format": 1}', "utf-8")


def next_format(folder: Path) -> None:
    text = (folder / "manifest.json").read_text("utf-8")
    (folder / "manifest.json").write_text(text.replace('"format": 1', '"format": 999'), "utf-8")


def alter_text(folder: Path) -> None:
    path = folder / "reports" / "北川2023.txt"
    path.write_bytes(path.read_bytes().replace(b"94.8", b"99.8"))


def lose_text(folder: Path) -> None:
    (folder / "reports" / "北川2023.txt").unlink()


def alter_year(folder: Path) -> None:
    text = (folder / "manifest.json").read_text("utf-8")
    (folder / "manifest.json").write_text(text.replace('"year": 2022', '"year": 2021'), "utf-8")


def alter_figures(folder: Path) -> None:
    path = folder / "figures.jsonl"
    path.write_bytes(path.read_bytes().replace(b"38.2", b"39.2"))


def cut_vectors(folder: Path) -> None:
    path = folder / "vectors.faiss"
    path.write_bytes(path.read_bytes()[:-7])


def lose_vectors(folder: Path) -> None:
    (folder / "vectors.faiss").unlink()


def resealed_vectors(folder: Path) -> None:
    reseal(folder, "vectors.faiss", b"not faiss")


def resealed_passages(folder: Path) -> None:
    reseal(folder, "passages.jsonl", (folder / "passages.jsonl").read_bytes().split(b"\n", 1)[1])


def resealed_rubbish(folder: Path) -> None:
    reseal(folder, "figures.jsonl", b'{"report": 1}\n')


@pytest.mark.parametrize(
    ("damage", "chinese", "english"),
    [
        (lose, "没有这个文件夹", "no such folder"),
        (empty, "不是索引", "not an index"),
        (cut_manifest, "清单损坏", "manifest is corrupt"),
        (strange_manifest, "不是索引", "not an index"),
        (bare_manifest, "清单损坏", "manifest is corrupt"),
        (next_format, "格式号是 999", "format is 999"),
        (alter_text, "北川2023.txt 被改动过", "北川2023.txt was altered"),
        (lose_text, "读不了 北川2023.txt", "北川2023.txt can't be read"),
        (alter_year, "被改动过", "was altered"),
        (alter_figures, "figures.jsonl 被改动过", "figures.jsonl was altered"),
        (cut_vectors, "vectors.faiss 被改动过", "vectors.faiss was altered"),
        (lose_vectors, "读不了 vectors.faiss", "vectors.faiss can't be read"),
        (resealed_vectors, "向量文件损坏", "vectors are corrupt"),
        (resealed_passages, "数目与清单不符", "counts don't match"),
        (resealed_rubbish, "清单损坏", "corrupt"),
    ],
)
def test_an_unsound_index_is_refused_with_the_way_to_rebuild(
    saved: Path, damage: Callable[[Path], None], chinese: str, english: str
) -> None:
    damage(saved)
    with pytest.raises(QaError) as refused:
        Index.load(saved, BigramEncoder())
    first, second = str(refused.value).split("\n")
    assert chinese in first
    assert english in second
    assert f"qa index 报告.txt -o {saved}" in first
    assert f"qa index REPORT.txt -o {saved}" in second


@pytest.mark.parametrize("other", [{"name": "another"}, {"digest": "1" * 64}])
def test_an_index_of_another_encoder_is_refused(saved: Path, other: dict[str, Any]) -> None:
    with pytest.raises(QaError, match="编码器"):
        Index.load(saved, BigramEncoder(**other))


def test_a_folder_that_is_not_an_index_is_never_overwritten(index: Index, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(QaError, match="不会被覆盖"):
        index.save(tmp_path)
    with pytest.raises(QaError, match="不会被覆盖"):
        index.save(tmp_path / "notes.txt")
    assert files(tmp_path) == {"notes.txt": b"mine"}


def test_an_index_with_a_stranger_in_it_is_not_overwritten(index: Index, saved: Path) -> None:
    (saved / "notes.txt").write_text("mine", "utf-8")
    before = files(saved)
    with pytest.raises(QaError, match="不会被覆盖"):
        index.save(saved)
    assert files(saved) == before


def test_a_corrupt_index_and_an_empty_folder_can_be_built_over(index: Index, saved: Path) -> None:
    cut_manifest(saved)
    index.save(saved)
    (saved.parent / "empty").mkdir()
    index.save(saved.parent / "empty")
    assert files(saved.parent / "empty") == files(saved)
    assert Index.load(saved, BigramEncoder()).reports == index.reports


# Whole or not at all

_KILLED_EVERYWHERE = """
import os, signal, sys
from pathlib import Path
from fakes import BigramEncoder
from qa.index import Index, build_index
from qa.report import parse_report, passages

def build(text):
    report = parse_report(text, "r")
    return build_index([report], BigramEncoder(), figures=[], passages=passages(report))

path = Path(sys.argv[1])
old, new = build("旧报告\\n森林覆盖率达38.2%。\\n"), build("新报告\\n森林覆盖率达40.1%。\\n")

def kill_at(step):
    # Called before each thing that the system is asked to do with the index's folders.
    left = step
    def hook(event, args):
        nonlocal left
        if event.split(".")[0] in ("open", "os", "shutil") and str(path.parent) in str(args):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)

for step in range(1, 1000):
    old.save(path)
    child = os.fork()
    if not child:
        kill_at(step)
        new.save(path)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    loaded = Index.load(path, BigramEncoder()).reports
    assert loaded in (old.reports, new.reports)
    print("old" if loaded == old.reports else "new")
    if status == 0:
        break
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can fork")
def test_a_build_killed_at_any_step_leaves_a_whole_index(tmp_path: Path) -> None:
    seen = python(_KILLED_EVERYWHERE, str(tmp_path / "in" / "index")).split()
    assert len(seen) > 10, "the build was not killed in its steps"
    assert seen == sorted(seen, reverse=True), "once the new index is there it stays"
    assert seen[0] == "old"
    assert seen[-1] == "new"


def test_a_build_that_fails_leaves_the_old_index_and_nothing_else(
    index: Index, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(saved)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        index.save(saved)
    assert files(saved) == before
    assert [entry.name for entry in saved.parent.iterdir()] == ["index"]


def test_importing_the_index_loads_no_faiss() -> None:
    code = "import sys, qa.index, qa.retrieve; print({'faiss', 'torch'} & set(sys.modules))"
    assert python(code).strip() == "set()"
