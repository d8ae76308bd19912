"""What `qa serve` offers beside the page: endpoints, tools, health, password, sub-path."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from gradio_client import Client
from playwright.sync_api import Browser, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from browser.visits import Visit, serving
from qa.types import QaError
from qa.users import Users, line

TOOLS = ["ask", "ledger", "reports", "search"]


def test_the_documented_examples_run(address: str, root: Path) -> None:
    page = (root / "docs" / "api.md").read_text("utf-8").replace("http://127.0.0.1:7860/", address)
    blocks = re.findall(r"```(python|bash)\n(.*?)```", page, re.DOTALL)
    assert {language for language, _ in blocks} == {"python", "bash"}
    for language, code in blocks:
        command = [sys.executable, "-c", code] if language == "python" else ["bash", "-c", code]
        run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        assert run.returncode == 0, run.stderr
        assert "error" not in run.stdout
        assert "chengxi-2023" in run.stdout


def test_the_documented_endpoints_are_all_there_are(address: str, root: Path) -> None:
    endpoints = Client(address, verbose=False).view_api(return_format="dict")
    assert sorted(endpoints["named_endpoints"]) == [f"/{name}" for name in TOOLS]
    assert not endpoints["unnamed_endpoints"]
    page = (root / "docs" / "api.md").read_text("utf-8")
    assert all(f"| `/{name}` |" in page for name in TOOLS)


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("ask", [3, []], "question"),
        ("ask", ["财政收入？", [{"a": 1}]], "history"),
        ("search", ["收入", "many", []], "k"),
        ("ask", ["问" * 30_000, []], "20000"),
    ],
)
def test_a_wrong_argument_is_named(
    address: str, name: str, arguments: list[object], said: str
) -> None:
    reply = httpx.post(f"{address}gradio_api/run/{name}", json={"data": arguments})
    assert reply.status_code == 500
    assert said in reply.json()["error"]


def test_health_tells_version_and_reports(address: str) -> None:
    said = httpx.get(f"{address}healthz").json()
    assert (said["status"], said["reports"]) == ("ok", 1)
    assert re.match(r"\d+\.\d+", said["version"])


def test_gradios_own_uploading_is_refused(address: str) -> None:
    reply = httpx.post(f"{address}gradio_api/upload", files={"files": b"x"})
    assert reply.status_code == 403


def test_another_sites_page_cannot_upload(address: str) -> None:
    assert httpx.post(f"{address}upload", content=b"x").status_code == 403


def test_tools_are_listed_and_answer_in_json(digest: Path, tmp_path: Path) -> None:
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client
    from mcp.types import TextContent

    async def talk(address: str) -> tuple[list[str], list[str]]:
        url = f"{address}gradio_api/mcp/"
        async with (
            streamable_http_client(url) as (reading, writing, _),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            tools = [tool.name for tool in (await session.list_tools()).tools]
            texts = []
            for told in ({}, {"question": "增长了多少？", "history": ["财政收入是多少？"]}):
                reply = await session.call_tool("ask", {"question": "财政收入是多少？", **told})
                assert isinstance(reply.content[0], TextContent)
                texts.append(reply.content[0].text)
            return tools, texts

    # In a thread of its own: the browser's loop may be running in this one.
    with (
        serving(digest, log=tmp_path / "log", options=["--mcp"]) as address,
        ThreadPoolExecutor(1) as thread,
    ):
        tools, (first, later) = thread.submit(asyncio.run, talk(address)).result()
    assert sorted(tools) == TOOLS
    assert json.loads(first)["figures"][0]["text"] == "10.66亿元"
    assert json.loads(later)["figures"][0]["text"] == "14.9%"


def test_only_users_of_the_file_come_in_and_health_is_open(
    browser: Browser, digest: Path, tmp_path: Path
) -> None:
    users = tmp_path / "users.txt"
    users.write_text(f"# 用户\n{line('小王', '密码:1')}\n", "utf-8")
    options = ["--auth-file", str(users), "--mcp"]
    with serving(digest, log=tmp_path / "log", options=options) as address:
        assert httpx.get(f"{address}healthz").status_code == 200
        closed = ("", "config", "gradio_api/mcp/", "gradio_api/info", "upload")
        for path in closed:
            assert httpx.get(f"{address}{path}").status_code == 401
        assert httpx.get(address, auth=("小王", "密码")).status_code == 401
        assert httpx.get(address, auth=("小王", "密码:1")).status_code == 200
        known = {"auth": httpx.BasicAuth("小王", "密码:1")}
        client = Client(address, verbose=False, httpx_kwargs=known)
        assert client.predict("财政收入是多少？", api_name="/ask")["status"] == "answered"
        context = browser.new_context(http_credentials={"username": "小王", "password": "密码:1"})
        turn = Visit(context.new_page()).open(address).ask("财政收入是多少？")
        expect(turn.locator(".figure .number")).to_have_text("10.66亿元")
        context.close()


@pytest.mark.parametrize("text", ["", "# 无人\n", "小王:密码\n", f"{line('a', 'b')}\n" * 2])
def test_a_malformed_file_of_users_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "users.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(QaError, match=r"[\u4e00-\u9fff].*[a-z]{3}"):
        Users.read(path)


def test_the_command_makes_a_users_line(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "qa", "user", "小王"],
        input="密码\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert "密码" not in run.stdout
    path = tmp_path / "users.txt"
    path.write_text(run.stdout, "utf-8")
    users = Users.read(path)
    assert users.admit("小王", "密码")
    assert not users.admit("小王", "密吗")
    assert not users.admit("小李", "密码")


@contextmanager
def proxying(address: str, *, strips: bool) -> Iterator[str]:
    """A reverse proxy that shows the page at /qa, and takes the prefix off or leaves it on."""

    async def forward(request: Request) -> Response:
        path = request.url.path.removeprefix("/qa/") if strips else request.url.path.lstrip("/")
        client = httpx.AsyncClient(timeout=60)
        asked = client.build_request(
            request.method,
            f"{address}{path}",
            params=request.query_params,
            headers=request.headers.raw,
            content=await request.body(),
        )
        reply = await client.send(asked, stream=True)

        async def body() -> AsyncIterator[bytes]:
            try:
                async for chunk in reply.aiter_raw():
                    yield chunk
            finally:
                await reply.aclose()
                await client.aclose()

        response = StreamingResponse(body(), reply.status_code)
        response.raw_headers = reply.headers.raw
        return response

    app = Starlette(routes=[Route("/qa/{path:path}", forward, methods=["GET", "POST", "HEAD"])])
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1, ws="none")
    )
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/qa/"
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize("strips", [True, False])
def test_behind_a_proxy_the_page_works_at_a_sub_path(
    new_visit: Callable[..., Visit], digest: Path, tmp_path: Path, strips: bool
) -> None:
    report = tmp_path / "甲市.txt"
    report.write_text("甲市2024年报告\n\n2024年，建成甲市绿道88公里。\n", "utf-8")
    options = ["--root-path", "/qa"]
    with (
        serving(digest, log=tmp_path / "log", options=options) as address,
        proxying(address, strips=strips) as shown,
    ):
        visit = new_visit().open(shown)
        turn = visit.ask("财政收入是多少？")
        expect(turn.locator(".figure .number")).to_have_text("10.66亿元")
        visit.page.get_by_role("tab", name="报告").click()
        visit.page.locator("#shelf input[type=file]").set_input_files(report)
        expect(visit.page.locator("#shelf input[data-mine]")).to_have_count(1)
