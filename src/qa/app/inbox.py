"""Where files that are being uploaded wait: in memory, under a secret, until their visitor's handler
takes them. None of them ever lies on the disk, and there is no address to fetch one from."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from threading import Lock

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

PATH = "/upload"
HEADER = "x-qa-upload"
"""A header that no other site's page can send here without being asked first, and it is refused."""
_KEPT = 300.0
"""Seconds that a file waits for its handler."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a visitor may bring."""

    megabytes: float = 20
    reports: int = 8

    @property
    def bytes(self) -> int:
        return int(self.megabytes * 1_000_000)


@dataclass(slots=True)
class Inbox:
    """The files that wait; each is taken once."""

    limits: Limits = field(default_factory=Limits)
    _waiting: dict[str, tuple[float, bytes]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    async def receive(self, request: Request) -> Response:
        """Take in the body of a request as a file; the reply names the secret."""
        if HEADER not in request.headers:
            return _refuse(403, "请从页面上传", "upload it from the page")
        declared = request.headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > self.limits.bytes:
            return self._too_large()
        data = bytearray()
        try:
            async for chunk in request.stream():
                data += chunk
                if len(data) > self.limits.bytes:
                    return self._too_large()
        except ClientDisconnect:
            return Response(status_code=400)
        ticket = self._keep(bytes(data))
        if ticket is None:
            return _refuse(
                503, "同时上传的人太多，请稍后再试", "too many uploads now; try again soon"
            )
        return JSONResponse({"ticket": ticket})

    def take(self, ticket: str) -> bytes | None:
        """The file, which is then here no more; None where there is none such."""
        with self._lock:
            _, data = self._waiting.pop(ticket, (0.0, None))
        return data

    def _keep(self, data: bytes) -> str | None:
        now = time.monotonic()
        with self._lock:
            for ticket, (since, _) in list(self._waiting.items()):
                if now - since > _KEPT:
                    del self._waiting[ticket]
            held = sum(len(each) for _, each in self._waiting.values())
            if held + len(data) > self.limits.bytes * self.limits.reports:
                return None
            ticket = secrets.token_urlsafe()
            self._waiting[ticket] = now, data
        return ticket

    def _too_large(self) -> Response:
        most = f"{self.limits.megabytes:g} MB"
        return _refuse(413, f"文件超过上限 {most}", f"the file is over the limit of {most}")


def _refuse(status: int, chinese: str, english: str) -> Response:
    return JSONResponse({"zh": chinese, "en": english}, status)
