"""Who may use the page: names and the scrypt hashes of their passwords, in a file of lines."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qa.types import QaError

_LINE = re.compile(r"(?P<name>[^:\s][^:]*):(?P<salt>[0-9a-f]{32})\$(?P<digest>[0-9a-f]{64})")
_NO_ONE = "0" * 32, "0" * 64


def line(name: str, password: str) -> str:
    """The line of the file for a user. QaError where the name can't stand in one."""
    salt = secrets.token_hex(16)
    made = f"{name}:{salt}${_digest(password, salt)}"
    if not password or not _LINE.fullmatch(made):
        raise QaError(
            "名字不能为空或含冒号，密码不能为空"
            " / A name isn't empty and has no colon, and a password isn't empty"
        )
    return made


@dataclass(frozen=True, slots=True)
class Users:
    """The users of a file; nobody can read a password out of it."""

    _known: Mapping[str, tuple[str, str]]

    @classmethod
    def read(cls, path: Path) -> Users:
        """Read the file. QaError, with the number of the line, where it isn't as `line` makes it."""
        try:
            lines = path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise QaError(f"读不了用户文件 {path} / Can't read the users in {path}") from error
        known: dict[str, tuple[str, str]] = {}
        for number, each in enumerate(lines, 1):
            if not each.strip() or each.startswith("#"):
                continue
            found = _LINE.fullmatch(each.strip())
            if not found or found["name"] in known:
                raise QaError(
                    f"{path} 第 {number} 行不是“名字:盐$散列”，或名字重复；用 qa user 名字 生成"
                    f" / Line {number} of {path} isn't name:salt$hash, or its name is there twice;"
                    " make it with qa user NAME"
                )
            known[found["name"]] = found["salt"], found["digest"]
        if not known:
            raise QaError(
                f"{path} 里没有用户；用 qa user 名字 生成一行"
                f" / There is no user in {path}; make a line with qa user NAME"
            )
        return cls(known)

    def admit(self, name: str, password: str) -> bool:
        """Whether this is a user's password; takes as long for a name that isn't known."""
        salt, digest = self._known.get(name, _NO_ONE)
        return hmac.compare_digest(_digest(password, salt), digest)


def _digest(password: str, salt: str) -> str:
    made = hashlib.scrypt(password.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1, dklen=32)
    return made.hex()
