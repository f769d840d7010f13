"""A headless Chromium, driven over a pair of pipes: enough of the DevTools protocol to look at one page."""

import base64
import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
WIDTHS = (360, 768, 1280, 1920)  # phone, tablet, laptop, desktop
PAPER = 688  # A4 without the margins of the page, at 96 pixels an inch
FAULTS = Path(__file__).with_name("faults.js")
# Of a page's questions the first ten stay, and each with something of another make: more are alike and take the time.
_OF_EACH_MAKE = """(() => {
  const makes = new Set();
  document.querySelectorAll("details.q").forEach((question, i) => {
    const known = makes.size;
    for (const one of question.querySelectorAll("*")) makes.add(`${one.tagName}.${one.getAttribute("class")}`);
    if (i >= 10 && makes.size === known) question.remove();
  });
})()"""
# Chromium reads commands from descriptor 3 and answers on 4; a fresh process has both free.
_LAUNCH = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); os.execv(sys.argv[3], sys.argv[3:])"
)
_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-gpu-compositing",  # what nobody sees is laid out, and not put together from layers
    "--disable-threaded-compositing",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
]


class Browser:
    """A page in its own browser; `problems` collects what the console and the page reported as errors or warnings."""

    def __init__(self) -> None:
        assert CHROMIUM is not None
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        ends = os.pipe(), os.pipe()
        to_child, from_child = (fcntl.fcntl(fd, fcntl.F_DUPFD, 10) for fd in (ends[0][0], ends[1][1]))
        self._out, self._in = ends[0][1], ends[1][0]
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                _LAUNCH,
                str(to_child),
                str(from_child),
                CHROMIUM,
                *_FLAGS,
                f"--user-data-dir={self._profile.name}",
                "about:blank",
            ],
            pass_fds=(to_child, from_child),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for fd in (ends[0][0], ends[1][1], to_child, from_child):
            os.close(fd)
        self._buffer = b""
        self._n = 0
        self._session: str | None = None
        self._events: list[dict[str, Any]] = []
        self._context = ""
        self.problems: list[str] = []
        self.open_tab()

    def open_tab(self) -> None:
        """A fresh page in a context of its own, which knows nothing of what was shown or kept before."""
        self._session = None
        if self._context:
            self.call("Target.disposeBrowserContext", browserContextId=self._context)
        self._events, self.problems = [], []
        self._context = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call("Target.createTarget", url="about:blank", browserContextId=self._context)["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._in)
        os.close(self._out)
        self._profile.cleanup()

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        self._n += 1
        message = {"id": self._n, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._n:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self._note(answer)

    def open(self, path: Path, width: int = 1400, height: int = 900, dark: bool = False) -> None:
        self.show(width, height, dark)
        self._events.clear()
        self.call("Page.navigate", url=path.as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self._events):
            self._note(self._read())

    def show(self, width: int, height: int = 900, dark: bool = False, media: str = "") -> None:
        """Another window for the same page."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media=media, features=[scheme])

    def evaluate(self, script: str) -> Any:
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(str(result["exceptionDetails"]))
        return result["result"].get("value")

    def check_page(self, path: Path) -> None:
        """With everything opened it can be read in every window, both themes and on paper; it asks for nothing else."""
        self.open(path)
        self.evaluate(_OF_EACH_MAKE)
        self.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
        windows = [(width, dark, "screen") for width in WIDTHS for dark in (False, True)]
        for width, dark, media in [*windows, (PAPER, False, "print")]:
            self.show(width, 900, dark, media)
            found = self.evaluate(f"({FAULTS.read_text('utf-8')})()")
            assert found == [], f"{media}, {width} pixels, {'dark' if dark else 'light'}: {found}"
        assert self.problems == [], self.problems
        assert self.requests == [path.as_uri()], self.requests

    def screenshot(self, path: Path, top: int = 0, height: int = 2000) -> None:
        width = self.evaluate("innerWidth")
        clip = {"x": 0, "y": top, "width": width, "height": height, "scale": 1}
        picture = self.call("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(picture["data"]))

    def print_pdf(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.call("Page.printToPDF", printBackground=True)["data"]))

    @property
    def requests(self) -> list[str]:
        """The addresses that the page asked for since it was opened, itself included."""
        sent = (event for event in self._events if event.get("method") == "Network.requestWillBeSent")
        return [event["params"]["request"]["url"] for event in sent]

    def _note(self, event: dict[str, Any]) -> None:
        self._events.append(event)
        method, params = event.get("method"), event.get("params", {})
        if method == "Runtime.exceptionThrown":
            self.problems.append(str(params["exceptionDetails"]))
        elif method == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
            self.problems.append(params["entry"]["text"])
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "warning"):
            self.problems.append(str(params["args"]))

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            chunk = os.read(self._in, 1 << 20)
            if not chunk:
                raise RuntimeError("the browser has closed its pipe")
            self._buffer += chunk
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)
