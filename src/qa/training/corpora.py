"""Readers of the text and pairs that the encoder learns from."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_NEWS_HEAD = re.compile(r"^[\d\- :]+，正文：\s*(?:原标题：)?")
_SPACE = re.compile(r"(?<![a-zA-Z0-9])\s+|\s+(?![a-zA-Z0-9])")


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a gzip'ed JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def squeeze(text: str) -> str:
    """The text without white space, except where it parts Latin letters or digits."""
    return _SPACE.sub("", text)


def news(folder: Path) -> Iterator[str]:
    """News articles, their date line cut off."""
    for row in rows(folder / "train/news.jsonl.gz"):
        yield squeeze(_NEWS_HEAD.sub("", row["text"]))


def reports(folder: Path) -> Iterator[str]:
    """Government reports and regional news stories with their line breaks."""
    for row in rows(folder / "train/reports.jsonl.gz"):
        yield "\n".join(squeeze(line) for line in row["text"].splitlines())


def everything(folder: Path) -> Iterator[str]:
    """All training text, for the vocabulary."""
    yield from reports(folder)
    for row in rows(folder / "train/qa.jsonl.gz"):
        yield row["question"]
        yield row["passage"]
    for row in rows(folder / "train/title_body.jsonl.gz"):
        yield row["title"]
        yield row["body"]
    for row in rows(folder / "train/zh_en.jsonl.gz"):
        yield row["zh"]
        yield row["en"]
    yield from news(folder)
