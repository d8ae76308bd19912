"""Write docs/cli.md: the help texts of the command `qa`, as they are printed."""

from __future__ import annotations

import click

from qa.cli import cli

INTRODUCTION = """\
# The command `qa`

Written by `make docs` from the help texts; a test fails where it is out of date.
`python -m qa` is the same command.

What can be mended is said in one line on stderr, Chinese first, and the exit status is 2; \
`qa eval` exits with 1 where a receipt is broken. Output is UTF-8 whatever the locale.

`--lexicon FILE.toml` adds words of one's own to the project's lexicon; no index is built anew for it. \
An indicator that the project knows by any of its names keeps these and gets the new ones.

```toml
groups = [["驿站", "歇脚点"]]    # words that mean the same

[[indicator]]
name = "日供水能力"              # as reports print it
aliases = ["供水本领"]           # what people ask for
english = ["water supply"]
units = ["吨"]                   # without a scale: 吨, not 万吨
excludes = ["农村"]              # right beside the name, these make it another indicator
```

`qa ask --explain` says after the answer, for each thing asked, by which terms and slots it was looked \
for, which rule decided, how sure the best figure is and what it had to reach, and the ten best \
candidates: score, slots that fail, and what each part adds to the score (the parts are explained in \
`src/qa/choose/score.py`). With `--json` it stands beside the answer as `explanation`, all \
candidates included.
"""


def render() -> str:
    """The whole page."""
    parent = cli.make_context("qa", [], resilient_parsing=True, terminal_width=100)
    parts = [INTRODUCTION, _block("qa", cli.get_help(parent))]
    for name, command in sorted(cli.commands.items()):
        with command.make_context(name, [], parent, resilient_parsing=True) as context:
            parts.append(_block(f"qa {name}", command.get_help(context)))
    return "\n".join(parts)


def _block(title: str, text: str) -> str:
    return f"## `{title}`\n\n```text\n{text}\n```\n"


if __name__ == "__main__":
    click.echo(render(), nl=False)
