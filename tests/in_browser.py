"""A page in a real browser: opened at a size, waited for, and what its console says."""

import time
from collections.abc import Callable
from typing import Any

__all__ = ["is_too_wide", "open_at", "said_by", "text_of", "wait_for", "wait_until"]


def open_at(chrome: Any, address: str, size: tuple[int, int], theme: str = "light") -> None:
    chrome.set_window_size(*size)
    media = {"media": "", "features": [{"name": "prefers-color-scheme", "value": theme}]}
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    chrome.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False},
    )
    chrome.get_log("browser")
    chrome.get(address)


def wait_for(chrome: Any, selector: str, seconds: float = 30.0) -> Any:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.expected_conditions import visibility_of_element_located
    from selenium.webdriver.support.wait import WebDriverWait

    return WebDriverWait(chrome, seconds, 0.05).until(visibility_of_element_located((By.CSS_SELECTOR, selector)))


def is_too_wide(chrome: Any) -> bool:
    script = "const page = document.documentElement; return page.scrollWidth > page.clientWidth"
    return bool(chrome.execute_script(script))


def said_by(chrome: Any) -> list[str]:
    return [entry["message"] for entry in chrome.get_log("browser")]


def wait_until(is_so: Callable[[], object], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def text_of(chrome: Any, selector: str) -> str:
    script = "return document.querySelector(arguments[0])?.textContent ?? ''"
    return str(chrome.execute_script(script, selector))
