"""The page's scripts and styles, read and compressed once and not for each visitor anew."""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FIXED = re.compile(r"/(?:assets|static)/[\w./-]+")
"""Files of Gradio's that stay as they are while it runs."""
_PARTIAL = {b"range", b"if-none-match", b"if-modified-since"}


class Kept:
    """Answers again what it has once heard answered; some megabytes at most, all that there is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: dict[tuple[str, bool, bool], list[Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _asks_for_fixed(scope):
            await self._app(scope, receive, send)
            return
        accepted = dict(scope["headers"]).get(b"accept-encoding", b"")
        key = (scope["path"], b"br" in accepted, b"gzip" in accepted)
        if key in self._kept:
            for message in self._kept[key]:
                await send(message)
            return
        heard: list[Message] = []

        async def listen(message: Message) -> None:
            heard.append(message)
            await send(message)

        await self._app(scope, receive, listen)
        if heard and heard[0].get("status") == 200 and not heard[-1].get("more_body"):
            self._kept[key] = heard


def _asks_for_fixed(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and scope["method"] == "GET"
        and _FIXED.fullmatch(scope["path"]) is not None
        and _PARTIAL.isdisjoint(name for name, _ in scope["headers"])
    )
