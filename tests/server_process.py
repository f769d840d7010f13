"""A workspace served by a process of its own, and those who ask it."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import openai

__all__ = ["Server", "start", "wait_until"]


@dataclass
class Server:
    """A process that serves a workspace."""

    process: subprocess.Popen[str]
    address: str
    workspace: Path

    def client(self, key: str = "no-key", **options: Any) -> openai.OpenAI:
        """OpenAI's own."""
        return openai.OpenAI(base_url=f"{self.address}/v1", api_key=key, max_retries=0, timeout=300, **options)

    def post(self, path: str, body: object, key: str = "") -> httpx.Response:
        """What comes of a body: text or bytes as they are, anything else as JSON."""
        content = body if isinstance(body, str | bytes) else json.dumps(body)
        return httpx.post(self.address + path, content=content, headers=_headers(key), timeout=300)

    def get(self, path: str, key: str = "") -> httpx.Response:
        """What stands at an address."""
        return httpx.get(self.address + path, headers=_headers(key), timeout=300)

    def ask(self, question: str, key: str = "", **more: object) -> httpx.Response:
        """A question to the cell that searches."""
        messages = [{"role": "user", "content": question}]
        return self.post("/v1/chat/completions", {"model": "retrieved/zero-shot", "messages": messages} | more, key)

    def stop(self) -> int:
        """End it as a service manager does; its exit code."""
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return code

    def is_ready(self) -> bool:
        """Whether it can answer."""
        return self.get("/ready").status_code == 200

    def counts(self) -> dict[str, float]:
        """What its /metrics tell, by name."""
        lines = (line for line in self.get("/metrics").text.splitlines() if not line.startswith("#"))
        return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def _headers(key: str) -> dict[str, str]:
    return {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})


def start(workspace: Path, *options: str) -> Server:
    """A server on a free port, as soon as it has said its address."""
    line = [sys.executable, "-m", "assay", "serve", "--port", "0", "--workspace", str(workspace), *options]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    first = process.stdout.readline()
    assert first.startswith("Assay is at http://"), first
    return Server(process, first.split()[3], workspace)


def wait_until(what: Callable[[], bool], seconds: float = 300.0) -> None:
    """Until it is so; fails where it does not become so."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)
