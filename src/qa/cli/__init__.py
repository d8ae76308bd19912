"""The command `qa`: a thin skin over `qa.Bot`. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qa.cli import explanation, show
from qa.types import QaError

if TYPE_CHECKING:
    from qa.bot import Bot

_PATH = click.Path(path_type=Path)
_COMPLAINTS: dict[type[click.UsageError], str] = {
    click.NoSuchOption: "没有这个选项",
    click.MissingParameter: "缺少参数",
    click.BadParameter: "参数不对",
    click.BadOptionUsage: "选项用法不对",
}


def _options(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def decorate(function: Any) -> Any:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


_json = click.option("--json", "as_json", is_flag=True, help="输出 JSON。Print JSON.")
_encoder = click.option(
    "--encoder",
    metavar="NAME_OR_PATH",
    help="sentence-transformers 模型的名称或文件夹，默认用自带的。"
    "A sentence-transformers model; the bundled one unless given.",
)
_lexicon = click.option(
    "--lexicon",
    type=_PATH,
    metavar="FILE",
    help="自己的词典（.toml），加在自带的之上。Words of your own, added to the bundled lexicon.",
)
_about = _options(
    click.option("--place", help="报告所写的地方，默认从正文读出。The place it is about."),
    click.option("--year", type=int, help="报告所写的年份，默认从正文读出。The year it is about."),
)
_source = _options(
    click.option(
        "--index",
        "index",
        type=_PATH,
        metavar="DIR",
        help="建好的索引，默认是自带报告的。A built index; the bundled report's unless given.",
    ),
    click.option(
        "--report",
        "reports",
        type=_PATH,
        multiple=True,
        metavar="FILE",
        help="直接读报告（.txt、.md），可给多次。Read reports instead of an index; repeatable.",
    ),
    _about,
    _encoder,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="qa")
def cli() -> None:
    """问报告，答数字：每个数字都是报告原文，并附出处。

    Answers questions on Chinese reports by quoting their figures, each with its receipt.
    """


@cli.command()
@click.argument("question")
@click.option(
    "--history",
    multiple=True,
    metavar="QUESTION",
    help="之前问过的问题，从早到晚，可给多次。Earlier questions, oldest first; repeatable.",
)
@click.option(
    "--explain",
    is_flag=True,
    help="说明答案从何而来：词、槽、规则、候选数字。"
    "Say how it came to the answer: terms, slots, rule, candidates.",
)
@_source
@_lexicon
@_json
def ask(
    question: str, history: tuple[str, ...], explain: bool, as_json: bool, **source: Any
) -> None:
    """问一个问题。Ask one question."""
    bot, asked = _open(**source), (_utf8(question), tuple(map(_utf8, history)))
    answer = bot.ask(*asked)
    explained = bot.explain(*asked) if explain else ()
    if as_json:
        show.print_json(explanation.beside(answer, explained) if explain else answer)
    else:
        show.print_answer(answer)
        explanation.print_all(explained)


@cli.command()
@_source
@_lexicon
def chat(**source: Any) -> None:
    """在终端里连续提问，/quit 结束。Ask in the terminal; /new forgets, /quit ends."""
    with suppress(ImportError):
        import readline  # noqa: F401  (input() then edits the line as people expect)
    bot = _open(**source)
    for report in bot.reports:
        click.echo(f"{report.id}（{report.place} {report.year or ''}）", err=True)
    click.echo("请提问；/new 重新开始，/quit 结束。Ask; /new starts afresh, /quit ends.", err=True)
    history: list[str] = []
    while (question := _next_question()) is not None:
        if question == "/new":
            history.clear()
        elif question:
            show.print_answer(bot.ask(question, history=tuple(history)))
            history.append(question)


@cli.command()
@click.argument("reports", type=_PATH, nargs=-1, required=True, metavar="REPORT...")
@click.option(
    "-o", "--output", type=_PATH, required=True, metavar="DIR", help="放索引的文件夹。Where to."
)
@_about
@_encoder
@_json
def index(
    reports: tuple[Path, ...],
    output: Path,
    place: str | None,
    year: int | None,
    encoder: str | None,
    as_json: bool,
) -> None:
    """为报告（.txt、.md）建索引。Build the index of one report or several.

    若该处已有索引，没改动的文字不再重算。Text that an index there already has isn't embedded again.
    """
    from qa.bot import make_index
    from qa.encode import open_encoder
    from qa.index import Index
    from qa.index.store import check_target
    from qa.report import read_report

    check_target(output)
    texts = [read_report(path, place=place, year=year) for path in reports]
    opened, old = open_encoder(encoder), None
    with suppress(QaError):  # what can't be opened has nothing to reuse
        old = Index.load(output, opened)
    with show.Progress("编码 Embedding") as progress:
        built = make_index(texts, opened, old=old, progress=progress)
    built.save(output)
    counts = [
        {
            "report": text.id,
            "place": text.place,
            "year": text.year,
            "sections": len(text.sections),
            "passages": sum(passage.report == text.id for passage in built.passages),
            "figures": sum(figure.report == text.id for figure in built.figures),
        }
        for text in built.reports
    ]
    if as_json:
        show.print_json({"index": str(output), "reports": counts})
    else:
        show.print_counts(counts)
        click.echo(f"→ {output}")


@cli.command()
@_source
@click.option("--csv", "as_csv", is_flag=True, help="输出 CSV。Print CSV.")
@click.option(
    "--xlsx",
    type=_PATH,
    metavar="FILE",
    help="写成 Excel 工作簿，另附凭据一页。Write a workbook for Excel, with a sheet of receipts.",
)
@_json
def ledger(as_csv: bool, xlsx: Path | None, as_json: bool, **source: Any) -> None:
    """列出报告的全部数字。Print all figures of the reports as a table."""
    from qa import export

    if as_csv + as_json + (xlsx is not None) > 1:
        raise click.UsageError("--csv, --xlsx and --json exclude each other")
    bot = _open(**source)
    figures, reports = bot.ledger(), {report.id: report for report in bot.reports}
    if as_json:
        show.print_json(figures)
    elif as_csv:
        click.echo(export.as_csv(figures, reports), nl=False)
    elif xlsx is not None:
        xlsx.write_bytes(export.as_xlsx(figures, reports))
        click.echo(f"→ {xlsx}")
    else:
        show.print_ledger(figures)


@cli.command("eval")
@click.argument("sets", type=_PATH, nargs=-1, required=True, metavar="SET.jsonl...")
@click.option(
    "--report",
    "reports",
    type=_PATH,
    multiple=True,
    metavar="FILE_OR_DIR",
    help="题目所问的报告，或放报告的文件夹。The reports asked about, or their folder; repeatable.",
)
@_encoder
@_lexicon
@_json
@click.option(
    "--against", type=_PATH, metavar="SAVED", help="与存下的结果逐题比较。Compare with a saved run."
)
@click.option("--save", type=_PATH, metavar="FILE", help="存下结果。Save this run.")
def evaluate(
    sets: tuple[Path, ...],
    reports: tuple[Path, ...],
    encoder: str | None,
    lexicon: Path | None,
    as_json: bool,
    against: Path | None,
    save: Path | None,
) -> None:
    """用题集评分。Judge the answers to question sets.

    凭据有假时以 1 退出。Exits with 1 where a receipt is broken.
    """
    from qa import evaluate as runs

    questions = runs.load_sets(sets)
    if lacking := runs.ungraded(sets):
        said = (
            f"{lacking}道题没有标准答案，略过 / {lacking} questions without a right answer left out"
        )
        click.echo(said, err=True)
    saved = runs.load_run(against) if against else None
    bots = runs.Bots(reports, encoder=encoder, lexicon=lexicon)
    with show.Progress("提问 Asking") as progress:
        results = runs.evaluate(questions, bots, progress)
    changes = runs.compare(saved, results) if saved is not None else None
    if save:
        runs.save_run(save, results)
    if as_json:
        changed = {"changes": changes} if changes else {}
        show.print_json(runs.to_json(results) | changed)
    else:
        show.print_run(results, runs.summarise(results), changes)
    if any(result.broken for result in results):
        raise SystemExit(1)


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="地址。The address.")
@click.option(
    "--port", default=7860, show_default=True, type=click.IntRange(0, 65535), help="端口。The port."
)
@click.option(
    "--root-path",
    default="",
    metavar="/PATH",
    help="反向代理给网页的子路径或网址。The sub-path or address that a reverse proxy gives the page.",
)
@click.option(
    "--auth-file",
    type=_PATH,
    metavar="FILE",
    help="只让其中的用户进来；每行由 qa user 生成。Let in the users of this file only: see qa user.",
)
@click.option(
    "--max-upload",
    type=click.FloatRange(0, 1000, min_open=True),
    default=20,
    show_default=True,
    metavar="MB",
    help="来客的一份报告最多多大。The size of a visitor's own report at most.",
)
@click.option(
    "--no-upload",
    is_flag=True,
    help="不让来客上传报告。Visitors can't upload reports of their own.",
)
@click.option(
    "--feedback",
    type=_PATH,
    metavar="FILE",
    help="把来客的评价记入此文件（JSONL）。Keep visitors' thumbs and comments in this file (JSONL).",
)
@click.option(
    "--mcp",
    is_flag=True,
    help="同时作为 MCP 工具提供，见 docs/api.md。Offer the endpoints as MCP tools too: docs/api.md.",
)
@_source
@_lexicon
def serve(
    host: str,
    port: int,
    root_path: str,
    auth_file: Path | None,
    max_upload: float,
    no_upload: bool,
    feedback: Path | None,
    mcp: bool,
    **source: Any,
) -> None:
    """打开网页。Serve the page."""
    if root_path and not root_path.startswith(("/", "http://", "https://")):
        raise click.BadParameter("it begins with / or http(s)://", param_hint="--root-path")
    from qa.users import Users

    users = Users.read(auth_file) if auth_file else None
    from qa.app import Limits
    from qa.app import serve as serve_page

    serve_page(
        _open(**source),
        host=host,
        port=port,
        root_path=root_path.rstrip("/"),
        users=users,
        limits=None if no_upload else Limits(max_upload),
        feedback=feedback,
        mcp=mcp,
    )


@cli.command()
@click.argument("name")
def user(name: str) -> None:
    """为 qa serve --auth-file 生成一个用户。Make the line of a user for qa serve --auth-file.

    密码从终端或标准输入读，文件里只有它的 scrypt 散列。The password is read from the terminal or from
    stdin; the file has nothing but its scrypt hash. E.g. qa user 小王 >> users.txt
    """
    from qa import users

    if sys.stdin.isatty():
        password = click.prompt(
            "密码 Password", hide_input=True, confirmation_prompt=True, err=True
        )
    else:
        password = sys.stdin.readline().rstrip("\n")
    click.echo(users.line(_utf8(name), password))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; what the user can mend is one line on stderr and exit status 2."""
    _speak_utf8()
    try:
        status = cli.main(arguments, prog_name="qa", standalone_mode=False)
        sys.stdout.flush()
    except QaError as error:
        status = _complain(" / ".join(str(error).splitlines()))
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        status = 2
    except click.UsageError as error:
        chinese = _COMPLAINTS.get(type(error), "用法不对")
        where = error.ctx.command_path if error.ctx else "qa"
        status = _complain(f"{chinese} / {error.format_message()} → {where} --help")
    except (click.Abort, KeyboardInterrupt):
        status = 130
    except OSError as error:
        if error.errno == errno.EPIPE:
            # Whoever read the output has had enough; the flush at exit must not complain either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            status = 1
        else:
            status = _complain(f"读写出错 / {error}")
    raise SystemExit(status if isinstance(status, int) else 0)


def _open(
    index: Path | None,
    reports: Sequence[Path],
    place: str | None,
    year: int | None,
    encoder: str | None,
    lexicon: Path | None = None,
) -> Bot:
    if reports and index:
        raise click.UsageError("--index and --report exclude each other")
    if not reports and (place or year):
        raise click.UsageError("--place and --year go with --report")
    from qa.bot import Bot

    if reports:
        return Bot.from_report(*reports, encoder=encoder, place=place, year=year, lexicon=lexicon)
    from qa.paths import bundled_index

    return Bot.open(index or bundled_index(), encoder=encoder, lexicon=lexicon)


def _speak_utf8() -> None:
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def _utf8(argument: str) -> str:
    """The argument as it was typed, where the locale isn't UTF-8 and the terminal is."""
    try:
        return os.fsencode(argument).decode("utf-8")
    except UnicodeError:
        return argument.encode("utf-8", "replace").decode("utf-8")


def _complain(line: str) -> int:
    click.echo(f"qa: {line}", err=True)
    return 2


def _next_question() -> str | None:
    """The next line without its ends; None when the user is done."""
    try:
        line = input("问> " if sys.stdin.isatty() else "").strip()
    except EOFError:
        return None
    return None if line == "/quit" else line
