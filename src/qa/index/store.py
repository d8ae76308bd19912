"""An index on disk: a folder of files that a person can read, and the vectors.

A folder is written beside the old one and moved into its place, so that whoever is killed
half-way leaves the old index whole; every file's hash stands in the manifest.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.types import Figure, Passage, QaError, Report, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORMAT = 1
"""Raised with every change of the files' meaning; an index of another format is refused."""

MANIFEST = "manifest.json"
TEXTS = "reports"
REPORTS = "reports.jsonl"
PASSAGES = "passages.jsonl"
FIGURES = "figures.jsonl"
VECTORS = "vectors.faiss"
_FILES = (REPORTS, PASSAGES, FIGURES, VECTORS)


@dataclass(frozen=True, slots=True)
class Contents:
    """What an index's folder holds; `vectors` is FAISS's own format, one row a passage."""

    reports: tuple[Report, ...]
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]
    vectors: bytes
    encoder: str
    digest: str
    dim: int


def refusal(path: Path, chinese: str, english: str) -> QaError:
    """The error for an index that can't be used, with the way out."""
    return QaError(
        f"索引 {path} 不能用：{chinese}。请重建：qa index 报告.txt -o {path}\n"
        f"The index {path} can't be used: {english}. Rebuild it: qa index REPORT.txt -o {path}"
    )


def check_target(path: Path) -> None:
    """Refuse (QaError) a place where saving would destroy something that is not an index."""
    if path.is_dir():
        names = {entry.name for entry in path.iterdir()}
        if not names or (MANIFEST in names and names <= {MANIFEST, TEXTS, *_FILES}):
            return
    elif not path.exists():
        return
    raise QaError(
        f"{path} 已存在且不是索引，不会被覆盖。请换一个文件夹：qa index 报告.txt -o 新文件夹\n"
        f"{path} exists and is not an index; it won't be overwritten. "
        "Choose another folder: qa index REPORT.txt -o NEW_FOLDER"
    )


def write(path: Path, contents: Contents) -> None:
    """Put the index at `path`, whole or not at all; QaError where something else is there."""
    path = path.resolve()
    check_target(path)
    files = {
        REPORTS: _lines(map(_structure, contents.reports)),
        PASSAGES: _lines(map(asdict, contents.passages)),
        FIGURES: _lines(map(asdict, contents.figures)),
        VECTORS: contents.vectors,
    }
    manifest = {
        "format": FORMAT,
        "encoder": {"name": contents.encoder, "digest": contents.digest, "dim": contents.dim},
        "reports": [
            {"id": r.id, "place": r.place, "year": r.year, "sha256": r.sha256}
            for r in contents.reports
        ],
        "counts": _counts(contents),
        "files": {name: sha256(data).hexdigest() for name, data in files.items()},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new-{secrets.token_hex(4)}")
    try:
        (fresh / TEXTS).mkdir(parents=True)
        for report in contents.reports:
            _put(fresh / TEXTS / _file_name(report.id), _bytes(report.text))
        for name, data in files.items():
            _put(fresh / name, data)
        _put(fresh / MANIFEST, _bytes(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"))
        _sync(fresh / TEXTS)
        _sync(fresh)
        _swap(fresh, path)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def read(path: Path) -> Contents:
    """The contents of the index at `path`; QaError, with the way out, where it isn't sound."""
    folder = path if path.exists() else _aside(path)
    if not folder.is_dir():
        raise refusal(path, "没有这个文件夹", "there is no such folder")
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except FileNotFoundError:
        raise refusal(path, "它不是索引", "it is not an index") from None
    except ValueError:
        raise refusal(path, "清单损坏", "its manifest is corrupt") from None
    if not isinstance(manifest, dict) or "format" not in manifest:
        raise refusal(path, "它不是索引", "it is not an index")
    if manifest["format"] != FORMAT:
        found = manifest["format"]
        raise refusal(
            path, f"格式号是 {found}，需要 {FORMAT}", f"its format is {found}, not {FORMAT}"
        )
    try:
        contents = _contents(folder, manifest)
        counted = manifest["counts"] == _counts(contents)
    except OSError as error:
        name = Path(error.filename or VECTORS).name
        raise refusal(path, f"读不了 {name}", f"{name} can't be read") from None
    except _AlteredError as error:
        raise refusal(path, f"{error} 被改动过", f"{error} was altered") from None
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation):
        raise refusal(path, "清单损坏", "its manifest is corrupt") from None
    if not counted:
        raise refusal(path, "数目与清单不符", "its counts don't match its manifest")
    return contents


class _AlteredError(Exception):
    """A file whose hash is not the manifest's."""


def _contents(folder: Path, manifest: Mapping[str, Any]) -> Contents:
    files = {}
    for name in _FILES:
        files[name] = (folder / name).read_bytes()
        if sha256(files[name]).hexdigest() != manifest["files"][name]:
            raise _AlteredError(name)
    reports = tuple(
        _report(row, entry, folder)
        for row, entry in zip(_rows(files[REPORTS]), manifest["reports"], strict=True)
    )
    encoder = manifest["encoder"]
    return Contents(
        reports,
        tuple(Passage(**row) for row in _rows(files[PASSAGES])),
        tuple(_figure(row) for row in _rows(files[FIGURES])),
        files[VECTORS],
        str(encoder["name"]),
        str(encoder["digest"]),
        int(encoder["dim"]),
    )


def _structure(report: Report) -> dict[str, Any]:
    return {name: value for name, value in asdict(report).items() if name != "text"}


def _report(row: dict[str, Any], entry: Mapping[str, Any], folder: Path) -> Report:
    name = _file_name(row["id"])
    data = (folder / TEXTS / name).read_bytes()
    if not sha256(data).hexdigest() == row["sha256"] == entry["sha256"] or entry != {
        key: row[key] for key in ("id", "place", "year", "sha256")
    }:
        raise _AlteredError(f"{TEXTS}/{name}")
    return Report(
        **row
        | {
            "text": data.decode("utf-8", "surrogatepass"),
            "sections": tuple(Section(**s | {"path": tuple(s["path"])}) for s in row["sections"]),
            "blocks": tuple(tuple((i, j) for i, j in block) for block in row["blocks"]),
            "block_sections": tuple(row["block_sections"]),
        }
    )


def _figure(row: dict[str, Any]) -> Figure:
    high = row["high"]
    start, stop = row["clause"]
    return Figure(
        **row
        | {
            "value": Decimal(row["value"]),
            "high": None if high is None else Decimal(high),
            "clause": (start, stop),
        }
    )


def _counts(contents: Contents) -> dict[str, int]:
    return {name: len(getattr(contents, name)) for name in ("reports", "passages", "figures")}


def _file_name(report: str) -> str:
    """The text file's name: the id, with what a file name can't hold written as %XX."""
    safe = re.sub(r'[\x00-\x1f%/\\:*?"<>|\ud800-\udfff]|^\.', lambda m: f"%{ord(m[0]):02X}", report)
    if len(safe.encode()) > 200:
        safe = f"{safe[:50]}%{sha256(_bytes(report)).hexdigest()[:16]}"
    return f"{safe}.txt"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    return _bytes("".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows))


def _rows(data: bytes) -> list[dict[str, Any]]:
    # Not splitlines: JSON leaves U+2028 and the like inside its strings.
    lines = data.decode("utf-8", "surrogatepass").split("\n")
    return [json.loads(line) for line in lines if line]


def _put(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    # Not every system lets a folder be opened; there the rename alone must do.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _aside(path: Path) -> Path:
    """Where the old index stands in the instant between the two renames; `read` looks there."""
    return path.with_name(f".{path.name}.old")


def _swap(fresh: Path, path: Path) -> None:
    aside = _aside(path)
    if path.exists():
        shutil.rmtree(aside, ignore_errors=True)
        path.rename(aside)
    try:
        fresh.rename(path)
    except OSError:
        if aside.exists() and not path.exists():
            aside.rename(path)
        raise
    _sync(path.parent)
    shutil.rmtree(aside, ignore_errors=True)
