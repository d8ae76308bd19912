"""The endpoints for programs, and with `--mcp` the tools for language models: docs/api.md."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import wraps
from inspect import signature
from typing import Any

import gradio as gr
from gradio.events import api
from pydantic import ValidationError, validate_call

from qa.bot import Bot
from qa.types import QaError, Report, as_json

_MOST = 100
"""Passages that one search gives at most."""
_LONGEST = 20_000
"""Bytes that the arguments of one call have at most."""
_ENDPOINT: dict[str, Any] = {"queue": False, "concurrency_limit": None}
"""At once: a question takes some hundredths of a second, and waiting its turn would take longer."""


def endpoints(bot: Bot) -> None:
    """Declare the endpoints over the served reports, inside a `gr.Blocks`.

    Their docstrings are what the tools' users read.
    """

    def ask(question: str, history: list[str] = []) -> dict[str, Any]:  # noqa: B006
        """Answer a question on the reports by quoting their figures; never guesses.

        Args:
            question: The question, in Chinese or English.
            history: The user's earlier questions, oldest first, for follow-ups.

        Returns:
            The answer: status (answered or not_found), text, figures, citations, verdict, derived,
            missing, ahead.
        """
        answer: dict[str, Any] = as_json(bot.ask(question, history))
        return answer

    def search(words: str, k: int = 5, history: list[str] = []) -> list[dict[str, Any]]:  # noqa: B006
        """Find the passages of the reports that speak of something, best first.

        Args:
            words: What to look for.
            k: How many passages, 100 at most.
            history: The user's earlier questions, oldest first.

        Returns:
            The passages, each with score, dense and lexical score; higher is better.
        """
        found: list[dict[str, Any]] = as_json(bot.search(words, min(k, _MOST), history))
        return found

    def ledger(
        report: str = "", indicator: str = "", measure: str = "", start: int = 0, limit: int = 1000
    ) -> dict[str, Any]:
        """List the figures of the reports with indicator, measure, value, unit, period and scope.

        Args:
            report: Only of this report (its id).
            indicator: Only of indicators that hold these words.
            measure: Only of this measure: level, growth, share, rank, count, change, target, date.
            start: How many to leave out at the beginning.
            limit: How many to give at most.

        Returns:
            count, which is how many there are in all, and figures.
        """
        found = [
            figure
            for figure in bot.ledger()
            if report in ("", figure.report)
            and indicator in figure.indicator
            and measure in ("", figure.measure)
        ]
        first = max(start, 0)
        return {"count": len(found), "figures": as_json(found[first : first + max(limit, 0)])}

    counts = [_about(bot, report) for report in bot.reports]

    def reports() -> list[dict[str, Any]]:
        """List the reports that can be asked: id, title, place, year, size and what was found.

        Returns:
            The reports, each with id, sha256, title, place, year, characters, sections, passages,
            figures.
        """
        return counts

    for endpoint in (ask, search, ledger, reports):
        api(_checked(endpoint), api_name=endpoint.__name__, **_ENDPOINT)


def _checked(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """The endpoint with its arguments held to their types and to a sane size."""
    typed, names = validate_call(endpoint), signature(endpoint)

    @wraps(endpoint)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            if len(json.dumps((args, kwargs))) > _LONGEST:
                raise gr.Error(f"问得太长。Over {_LONGEST} bytes.", print_exception=False)
            return typed(**names.bind(*args, **kwargs).arguments)  # by name, to be named if wrong
        except ValidationError as error:
            said = "; ".join(f"{_where(e['loc'])}: {e['msg']}" for e in error.errors())
            raise gr.Error(f"参数不对。Wrong argument: {said}", print_exception=False) from error
        except QaError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return call


def _where(path: Sequence[int | str]) -> str:
    return ".".join(map(str, path))


def _about(bot: Bot, report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "sha256": report.sha256,
        "title": report.sections[0].title if report.sections else report.id,
        "place": report.place,
        "year": report.year,
        "characters": len(report.text),
        "sections": len(report.sections),
        "passages": bot.passages(report.id),
        "figures": sum(figure.report == report.id for figure in bot.ledger()),
    }
