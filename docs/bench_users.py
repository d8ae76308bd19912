"""Many users at once: each asks with gradio_client, with follow-ups that only its own history tells.

`make bench-users` serves the bundled report, lets 50 users ask 20 questions each, and prints how long
they waited; then again while a large report is being indexed. It fails on an error or a history that
got mixed up. The users' own computing is on the same machine and counts.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from gradio_client import Client

TOPICS = (
    "财政收入",
    "地区生产总值",
    "社会消费品零售总额",
)
"""Indicators of the bundled report, of each of which it says how much it grew."""
FOLLOW_UP = "增长了多少？"
OTHERS = (
    "老旧小区改造了多少套？",
    "加装电梯多少部？",
    "新增市场主体多少户？",
    "发放了多少消费券？",
    "税费收入多少？",
    "改造了几条路的雨污分流？",
    "新增学位多少个？",
    "道路病害整治了多少处？",
    "企业自动化生产线有几条？",
    "居民人均可支配收入多少元？",
)
"""Other questions, asked between those."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--questions", type=int, default=20)
    parser.add_argument(
        "--own-words",
        action="store_true",
        help="no two questions alike, so that none is remembered",
    )
    parser.add_argument("--think", type=float, default=0.0, help="seconds between questions")
    asked = parser.parse_args()
    with serving() as (address, ready):
        print(f"ready after {ready:.1f} s")
        truth = follow_ups(address)
        clients = [Client(address, verbose=False, ssl_verify=False) for _ in range(asked.users)]
        failed = storm("asking", clients, truth, asked)
        upload = threading.Thread(target=upload_large, args=(address,))
        upload.start()
        failed += storm("while a report is indexed", clients, truth, asked)
        upload.join()
    return min(failed, 1)


@contextmanager
def serving() -> Iterator[tuple[str, float]]:
    """A server over the bundled report: its address, and the seconds until it was ready."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "qa", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None  # noqa: S101
        address = re.findall(r"http://\S+", server.stdout.readline())[0]
        httpx.get(f"{address}healthz").raise_for_status()
        try:
            yield address, time.perf_counter() - began
        finally:
            server.terminate()


def follow_ups(address: str) -> dict[str, str]:
    """What the follow-up answers after each topic when one user asks alone."""
    client = Client(address, verbose=False, ssl_verify=False)
    return {topic: said(client, FOLLOW_UP, [f"{topic}是多少？"]) for topic in TOPICS}


def said(client: Client, question: str, history: list[str]) -> str:
    answer = client.predict(question, history, api_name="/ask")
    return " ".join(figure["text"] for figure in answer["figures"]) or answer["status"]


def storm(
    name: str, clients: list[Client], truth: dict[str, str], options: argparse.Namespace
) -> int:
    """All users ask at the same time; the number of questions that went wrong."""
    waits: list[float] = []
    wrong: list[str] = []

    def use(number: int, client: Client) -> None:
        chance = random.Random(number)  # noqa: S311
        history: list[str] = []
        for asked in range(options.questions):
            want = None
            if asked % 4 == 0:
                topic = chance.choice(list(truth))
                question = f"{topic}是多少？"
            elif asked % 4 == 1:
                question, want = FOLLOW_UP, truth[topic]
            else:
                question = chance.choice(OTHERS)
            if options.own_words:
                question = f"{name}{number}问{asked}：{question}" if want is None else question
            began = time.perf_counter()
            try:
                got = said(client, question, history)
                if want is not None and got != want:
                    wrong.append(f"user {number}: {topic}: {got} instead of {want}")
            except Exception as error:  # noqa: BLE001  (whatever it is, it is counted and shown)
                wrong.append(f"user {number}: {error!r}")
            waits.append(time.perf_counter() - began)
            history.append(question)
            time.sleep(options.think * chance.uniform(0.5, 1.5))

    threads = [threading.Thread(target=use, args=pair) for pair in enumerate(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    waits.sort()
    p50, p95 = waits[len(waits) // 2], waits[len(waits) * 95 // 100]
    print(
        f"{name}: {len(clients)} users, {len(waits)} questions, {len(waits) / took:.0f} a second, "
        f"p50 {p50:.2f} s, p95 {p95:.2f} s, worst {waits[-1]:.2f} s, {len(wrong)} wrong"
    )
    for each in wrong[:5]:
        print(f"  {each}")
    return len(wrong)


def upload_large(address: str) -> None:
    """Bring a report of 300,000 characters to the shelf, as the page does."""
    text = "".join(
        f"第{n}年，甲市地区生产总值达到{n * 7 % 9973}.{n % 10}亿元，增长{n % 9}.{n % 7}%。\n\n"
        for n in range(8000)
    )
    reply = httpx.post(
        f"{address}upload", content=text.encode(), headers={"X-QA-Upload": "1"}, timeout=60
    )
    ticket = reply.raise_for_status().json()["ticket"]
    config = httpx.get(f"{address}config").json()
    bring = next(
        each["id"]
        for each in config["dependencies"]
        if any(target[1] == "bring" for target in each["targets"])
    )
    session = "bench-upload"
    began = time.perf_counter()
    httpx.post(
        f"{address}gradio_api/queue/join",
        json={
            "data": [None],
            "event_data": {"files": [{"name": "大.txt", "ticket": ticket}]},
            "fn_index": bring,
            "session_hash": session,
        },
    ).raise_for_status()
    url = f"{address}gradio_api/queue/data?session_hash={session}"
    with httpx.stream("GET", url, timeout=600) as events:
        done = any("process_completed" in event for event in events.iter_lines())
    print(f"the report was indexed: {done}, after {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    sys.exit(main())
