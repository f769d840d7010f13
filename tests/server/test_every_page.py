"""What holds of every page: its weight, its size on a phone, its reading without scripts, its accessibility."""

import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import patient
from in_browser import is_too_wide, open_at, said_by

_MOST_BYTES = 150_000  # of a page and all that it loads, before pictures
_AXE = Path(os.environ.get("AXE_CORE", "node_modules/axe-core/axe.min.js"))
PAGES = [
    "/ask",
    "/documents",
    "/documents/handbook.pdf",
    "/documents/towns.md",
    "/questions",
    "/questions/mine",
    "/questions/mine/row/-new",
    "/questions/-/queue",
    "/questions/-/asked",
    "/runs",
    "/runs/RUN",
    "/runs/RUN/questions",
    "/runs/RUN/questions/q0003",
    "/marks",
    "/marks/RUN",
    "/settings",
    "/sign-in",
    "/no-such-page",
]


@pytest.fixture(scope="module")
def address(office: Any) -> Any:
    """A path of the office as an address; with a question set, and answers drawn to be marked."""
    (office.workspace / "questions").mkdir(exist_ok=True)
    shutil.copy(office.workspace.parent / "questions.jsonl", office.workspace / "questions" / "mine.jsonl")
    run = next(office.workspace.glob("runs/*")).name
    patient.post(f"{office.address}/marks/{run}/draw", data={"n": "10"})
    return lambda path: office.address + path.replace("RUN", run)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light_and_asks_nobody_else(address: Any, path: str) -> None:
    page = patient.get(address(path)).text
    loaded = re.findall(r'(?:src|href)="([^"]+\.(?:js|css))"', page)
    assert all(one.startswith("/static/") for one in loaded)
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', page)
    assert not re.findall(r"<script(?![^>]* src=)|<style|\bstyle=|\bon\w+=", page)
    assert len(page.encode()) + sum(len(patient.get(address(one)).content) for one in loaded) <= _MOST_BYTES


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_read_without_scripts_on_a_phone(chrome: Any, address: Any, path: str) -> None:
    chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        open_at(chrome, f"{address(path)}?lang=zh", (390, 844), "dark")
        assert chrome.find_element("css selector", "h1").text
    finally:
        chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert not is_too_wide(chrome)
    assert [one for one in said_by(chrome) if " 404 " not in one and "username" not in one] == []


@pytest.mark.skipif(not _AXE.is_file(), reason="axe-core is not there: npm install axe-core, or AXE_CORE=FILE")
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(chrome: Any, address: Any, path: str, theme: str) -> None:
    open_at(chrome, f"{address(path)}?lang=en", (1400, 900), theme)
    script = "axe.run().then((found) => found.violations.map((one) => `${one.id}: ${one.nodes[0].html}`))"
    asked = {"expression": f"{_AXE.read_text()};{script}", "awaitPromise": True, "returnByValue": True}
    assert chrome.execute_cdp_cmd("Runtime.evaluate", asked)["result"]["value"] == []
