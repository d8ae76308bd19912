"""What a request passes before the page sees it: sub-path, password, upload; each plain ASGI."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

import anyio
import anyio.to_thread
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.users import Users

HEALTH = "/healthz"
_GRADIO_UPLOAD = "/gradio_api/upload"


class SubPath:
    """Takes a proxy's prefix off the path where the proxy has left it on."""

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        self._app = app
        self._prefix = urlsplit(root_path).path.rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and f"{scope['path']}/".startswith(f"{self._prefix}/"):
            path = scope["path"].removeprefix(self._prefix) or "/"
            scope = {**scope, "path": path, "raw_path": path.encode()}
        await self._app(scope, receive, send)


class NoFiles:
    """Refuses Gradio's own way of uploading, which leaves files on the disk: see `inbox`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].rstrip("/") == _GRADIO_UPLOAD:
            refusal = PlainTextResponse("Files are not taken here.", 403)
            await refusal(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class Door:
    """Lets users in by name and password (HTTP Basic), whatever they ask for, health apart.

    Browsers, curl, gradio_client and MCP clients all speak it. Whom it let in once, it knows again
    without reckoning the hash, which takes some 50 ms on purpose.
    """

    def __init__(self, app: ASGIApp, users: Users) -> None:
        self._app = app
        self._users = users
        self._key = secrets.token_bytes(32)
        self._known: set[bytes] = set()
        # One guess at a time: guessing must not take the machine from those who ask.
        self._guesses = anyio.CapacityLimiter(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        open_ = scope["type"] != "http" or scope["path"].rstrip("/") == HEALTH
        if open_ or await self._admits(scope):
            await self._app(scope, receive, send)
            return
        refusal = PlainTextResponse(
            "请输入用户名和密码。Name and password, please.",
            401,
            {"WWW-Authenticate": 'Basic realm="qa", charset="UTF-8"'},
        )
        await refusal(scope, receive, send)

    async def _admits(self, scope: Scope) -> bool:
        said = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
        seen = hmac.digest(self._key, said, hashlib.sha256)
        if seen in self._known:
            return True
        scheme, _, coded = said.partition(b" ")
        if scheme.lower() != b"basic":
            return False
        try:
            name, colon, password = base64.b64decode(coded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return False
        admitted = bool(colon) and await anyio.to_thread.run_sync(
            self._users.admit, name, password, limiter=self._guesses
        )
        if admitted:
            self._known.add(seen)
        return admitted
