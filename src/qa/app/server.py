"""Serving the page: one process, one port, until it is interrupted."""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import socket
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from qa.app import doors
from qa.app.inbox import PATH as inbox_path  # noqa: N811
from qa.app.inbox import Inbox, Limits
from qa.app.kept import Kept
from qa.app.page import build
from qa.app.theme import head, theme
from qa.app.visitors import PATH as leave_path  # noqa: N811
from qa.app.visitors import Presence, Visitors
from qa.types import QaError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from qa.bot import Bot
    from qa.users import Users

_LIMITS = Limits()


def application(
    bot: Bot,
    *,
    feedback: Path | None = None,
    limits: Limits | None = _LIMITS,
    users: Users | None = None,
    root_path: str = "",
    mcp: bool = False,
) -> ASGIApp:
    """The page with its looks as an ASGI application.

    `feedback` is the file that takes thumbs. `limits` says what visitors may bring, None that they
    may bring nothing. `users` are let in by password; None lets all in. `root_path` is the sub-path
    or address under which a proxy shows the page. `mcp` offers the endpoints as MCP tools as well.
    """
    if find_spec("matplotlib") is None:
        # Gradio looks for it twice at each event; this way the search ends at once.
        sys.modules.setdefault("matplotlib", None)  # type: ignore[arg-type]
    inbox, visitors = Inbox(limits) if limits else None, Visitors()
    page = build(bot, feedback=feedback, uploads=(inbox, visitors) if inbox else None)
    outer = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    outer.add_route(doors.HEALTH, _health(bot))
    if inbox:
        outer.add_route(inbox_path, inbox.receive, methods=["POST"])
        outer.add_route(leave_path, visitors.goodbye, methods=["POST"])
    if mcp:
        _check_mcp()
    app: ASGIApp = gr.mount_gradio_app(
        outer,
        page,
        path="/",
        theme=theme(),
        head=head(),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        show_error=False,
        root_path=root_path or None,
        mcp_server=mcp,
    )
    if page.mcp_error:
        raise QaError(f"MCP 打不开 / MCP can't be offered: {page.mcp_error}")
    if tools := page.mcp_server_obj:
        tools.postprocess_output_data = _as_json_text  # type: ignore[method-assign, assignment]
    app = Kept(doors.NoFiles(Presence(app, visitors)))
    if users:
        app = doors.Door(app, users)
    return doors.SubPath(app, root_path) if root_path else app


def _health(bot: Bot) -> Callable[[Request], Response]:
    said = {"status": "ok", "version": version("qa"), "reports": len(bot.reports)}
    return lambda _: JSONResponse(said)


def _check_mcp() -> None:
    if find_spec("mcp") is None:
        raise QaError(
            "缺少 mcp 包，请先 pip install 'qa[mcp]'"
            " / The package mcp is missing: pip install 'qa[mcp]'"
        )


def _as_json_text(data: list[Any], _root: str) -> list[Any]:
    """A tool's result as JSON; Gradio would print Python's own notation."""
    from mcp.types import TextContent

    return [TextContent(type="text", text=json.dumps(each, ensure_ascii=False)) for each in data]


def serve(
    bot: Bot, host: str = "127.0.0.1", port: int = 7860, quiet: bool = False, **options: Any
) -> None:
    """Serve the page until interrupted; prints its address unless `quiet`. Port 0 takes a free one.

    The options are those of `application`. Raises QaError where the address can't be had, or an
    option can't be met.
    """
    with _listen(host, port) as listener:
        app = application(bot, **options)
        if not quiet:
            name = f"[{host}]" if ":" in host else host
            print(
                f"报告问答 http://{name}:{listener.getsockname()[1]}/ （Ctrl+C 结束 to stop）",
                flush=True,
            )
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
        )
        with _quiet_stop(server), contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


@contextlib.contextmanager
def _quiet_stop(server: uvicorn.Server) -> Iterator[None]:
    # Pages still open hold a stream each: that stopping cuts them is no error to report.
    def running(_: logging.LogRecord) -> bool:
        return not server.should_exit

    log = logging.getLogger("uvicorn.error")
    log.addFilter(running)
    try:
        yield
    finally:
        log.removeFilter(running)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OverflowError as error:
        raise QaError(f"没有 {port} 这个端口 / There is no port {port}") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise QaError(
                f"端口 {port} 已被占用，请换一个，如 --port {port + 1}"
                f" / Port {port} is in use, choose another, such as --port {port + 1}"
            ) from error
        raise QaError(
            f"无法在 {host}:{port} 上提供页面 / Can't serve on {host}:{port}: {error.strerror}"
        ) from error
