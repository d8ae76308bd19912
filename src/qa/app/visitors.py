"""Who is here: a visitor's reports are kept while the page is open, and a while for a lost line."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.app.desk import Desk

PATH = "/leave"
GRACE = 600.0
"""Seconds after which a page that is heard of no more is taken for closed."""
_HEARTBEAT = re.compile(r"/gradio_api/heartbeat/([^/]+)/?")


@dataclass(slots=True)
class Visitors:
    """The desks that hold a visitor's own reports, by Gradio's name for the open page."""

    grace: float = GRACE
    _desks: dict[str, Desk] = field(default_factory=dict)
    _open: Counter[str] = field(default_factory=Counter)

    def desk(self, session: str | None, otherwise: Desk) -> Desk:
        """The visitor's desk as it is now."""
        return self._desks.get(session or "", otherwise)

    def keep(self, session: str | None, desk: Desk) -> Desk:
        """Note the visitor's desk."""
        if session:
            self._desks[session] = desk
        return desk

    @property
    def characters(self) -> int:
        """How much all visitors' reports hold together."""
        return sum(len(report.text) for desk in list(self._desks.values()) for report in desk.mine)

    def leave(self, session: str) -> None:
        """The visitor has gone: what was brought is kept no longer."""
        if desk := self._desks.pop(session, None):
            desk.clear()

    async def goodbye(self, request: Request) -> Response:
        """A page that is being closed says which it was."""
        session = (await request.body())[:100].decode("ascii", "replace")
        self.leave(session)
        return Response(status_code=204)

    def came(self, session: str) -> None:
        """The page has opened the line by which it is known to be there."""
        self._open[session] += 1

    def hung_up(self, session: str) -> None:
        """That line is closed; unless another is opened in time, the visitor has gone."""
        self._open[session] -= 1
        if self._open[session] <= 0:
            del self._open[session]
            asyncio.get_running_loop().call_later(self.grace, self._given_up, session)

    def _given_up(self, session: str) -> None:
        if session not in self._open:
            self.leave(session)


class Presence:
    """Watches the line that Gradio's page holds open as long as it is open itself."""

    def __init__(self, app: ASGIApp, visitors: Visitors) -> None:
        self._app = app
        self._visitors = visitors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = _HEARTBEAT.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if not found:
            await self._app(scope, receive, send)
            return
        self._visitors.came(found[1])
        try:
            await self._app(scope, receive, send)
        finally:
            self._visitors.hung_up(found[1])
