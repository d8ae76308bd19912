"""Readers of the text and pairs that the encoder learns from."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qa.text import sentences

_NEWS_HEAD = re.compile(r"^.{,60}?正文：\s*(?:原标题：)?", re.DOTALL)
_SPACE = re.compile(r"(?<![a-zA-Z0-9])\s+|\s+(?![a-zA-Z0-9])")


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a gzip'ed JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def squeeze(text: str) -> str:
    """The text without white space, except where it parts Latin letters or digits."""
    return _SPACE.sub("", text)


def chunks(text: str, size: int) -> list[list[str]]:
    """Runs of consecutive sentences, each run of `size` characters or a little more."""
    runs: list[list[str]] = [[]]
    for start, stop in sentences(text):
        if sum(map(len, runs[-1])) >= size:
            runs.append([])
        runs[-1].append(text[start:stop].strip())
    return runs if runs[-1] else runs[:-1]


def news(folder: Path) -> Iterator[str]:
    """News articles, their date line cut off."""
    for row in rows(folder / "train/news.jsonl.gz"):
        yield squeeze(_NEWS_HEAD.sub("", row["text"]))


def reports(folder: Path) -> Iterator[list[str]]:
    """Government reports and regional news stories, line by line."""
    for row in rows(folder / "train/reports.jsonl.gz"):
        yield [squeeze(line) for line in row["text"].splitlines() if line.strip()]


def everything(folder: Path) -> Iterator[str]:
    """All training text except the paraphrases, whose Chinese a machine wrote."""
    for lines in reports(folder):
        yield from lines
    for row in rows(folder / "train/qa.jsonl.gz"):
        yield row["question"]
        yield squeeze(row["passage"])
    for row in rows(folder / "train/title_body.jsonl.gz"):
        yield row["title"]
        yield row["body"]
    for row in rows(folder / "train/zh_en.jsonl.gz"):
        yield row["zh"]
        yield row["en"]
    yield from news(folder)
