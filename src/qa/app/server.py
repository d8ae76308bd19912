"""Serving the page: one process, one port, until it is interrupted."""

from __future__ import annotations

import contextlib
import errno
import logging
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import gradio as gr
import uvicorn
from fastapi import FastAPI

from qa.app.page import build
from qa.app.theme import head, theme
from qa.types import QaError

if TYPE_CHECKING:
    from qa.bot import Bot


def application(bot: Bot, *, feedback: Path | None = None) -> FastAPI:
    """The page with its looks as an ASGI application; `feedback` is the file that takes thumbs."""
    app: FastAPI = gr.mount_gradio_app(
        FastAPI(docs_url=None, redoc_url=None, openapi_url=None),
        build(bot, feedback=feedback),
        path="/",
        theme=theme(),
        head=head(),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        show_error=False,
    )
    return app


def serve(
    bot: Bot,
    host: str = "127.0.0.1",
    port: int = 7860,
    quiet: bool = False,
    *,
    feedback: Path | None = None,
) -> None:
    """Serve the page until interrupted; prints its address unless `quiet`. Port 0 takes a free one.

    `feedback` is the file that takes visitors' thumbs; without it no thumbs are shown.

    Raises QaError where the address can't be had.
    """
    with _listen(host, port) as listener:
        app = application(bot, feedback=feedback)
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
