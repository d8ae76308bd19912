"""The public surface of `qa`, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys

import qa

HEAVY = ("torch", "faiss", "gradio", "sentence_transformers", "transformers", "fastapi")


def python(code: str) -> str:
    """What a fresh interpreter prints for the code."""
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )
    return run.stdout.strip()


def test_the_public_names_are_just_those_of_all() -> None:
    starred: dict[str, object] = {}
    exec("from qa import *", starred)  # noqa: S102  (a star is only allowed at module level)
    assert starred.keys() - {"__builtins__"} == set(qa.__all__)
    assert [name for name in dir(qa) if not name.startswith("_")] == sorted(qa.__all__)


def test_the_contract_is_public() -> None:
    words = {"Answer", "Bot", "Citation", "Derived", "Figure", "Hit", "Missing", "QaError"}
    assert words <= set(qa.__all__)


def test_importing_loads_nothing_heavy() -> None:
    loaded = python("import sys, qa; print(*sys.modules)").split()
    assert not set(HEAVY) & set(loaded)


def test_the_command_loads_nothing_heavy_to_print_its_help() -> None:
    loaded = python(
        "import contextlib, io, sys\nfrom qa.cli import main\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
        "    main(['--help'])\n"
        "print(*sys.modules)"
    ).split()
    assert not {*HEAVY, "numpy", "qa.bot"} & set(loaded)


def test_opening_and_asking_needs_neither_torch_nor_gradio() -> None:
    loaded = python(
        "import sys, qa\nfrom qa.paths import bundled_index\n"
        "qa.Bot.open(bundled_index()).ask('多少？')\nprint(*sys.modules)"
    ).split()
    assert not {"torch", "gradio", "sentence_transformers", "transformers"} & set(loaded)
