"""Bytes on a disk become text, or a sentence that says why they can't."""

from __future__ import annotations

import codecs
from pathlib import Path

from qa.report.parse import parse_report
from qa.types import QaError, Report

SUFFIXES = (".txt", ".md")
MAX_BYTES = 20_000_000  # a report has far less, and reading takes some 100 times as much memory

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Text has next to none of these; a picture or a packed file has many.
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b")) + b"\x7f"
_MAX_CONTROL = 0.002


def read_report(path: str | Path, *, place: str | None = None, year: int | None = None) -> Report:
    """The report in a `.txt` or `.md` file; its id is the file's name without the suffix.

    Raises QaError where there is nothing to be read, with a sentence on what to do.
    """
    path = Path(path)
    text = decode(_bytes(path), path)
    return parse_report(text, path.stem, place=place, year=year)


def decode(data: bytes, path: str | Path) -> str:
    """The text in the bytes of a file; `path` is what it is called where there is something wrong.

    Raises QaError where it is no text, or none that can be read.
    """
    path = Path(path)
    if path.suffix.lower() not in SUFFIXES:
        raise _error(
            path,
            "只读 .txt 和 .md，请先另存为纯文本",
            "only .txt and .md are read; save the report as plain text first",
        )
    text = _decode(path, data)
    if not text.strip():
        raise _error(path, "文件里没有文字", "the file holds no text; choose another")
    return text


def _bytes(path: Path) -> bytes:
    try:
        if not path.exists():
            raise _error(path, "没有这个文件，请检查路径", "no such file; check the path")
        if path.is_dir():
            raise _error(
                path,
                "这是文件夹，请给出其中的一份报告",
                "this is a folder; name a report inside it",
            )
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _error(
                path,
                f"文件有 {size / 1e6:.0f} MB，超过上限 {MAX_BYTES / 1e6:.0f} MB，请拆分后再读",
                f"the file has {size / 1e6:.0f} MB, over {MAX_BYTES / 1e6:.0f} MB; split it",
            )
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _error(
            path,
            f"读不了（{reason}），请检查权限",
            f"cannot be read ({reason}); check its permissions",
        ) from error


def _decode(path: Path, data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            encodings, data = [encoding], data[len(bom) :]
            break
    else:
        if len(data) - len(data.translate(None, _CONTROL)) > _MAX_CONTROL * len(data):
            raise _error(
                path,
                "这是二进制文件，不是文字，请另存为纯文本",
                "this is a binary file; save the report as plain text",
            )
        # Few texts in GB18030 are also valid UTF-8, and UTF-8 is nearly always valid GB18030.
        encodings = ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _error(
        path,
        "文字编码既不是 UTF-8 也不是 GB18030，请另存为 UTF-8",
        "the text is neither UTF-8 nor GB18030; save it as UTF-8",
    )


def _error(path: Path, chinese: str, english: str) -> QaError:
    return QaError(f"{path}：{chinese}。{english[0].upper()}{english[1:]}.")
