"""The page Ask in a real browser: a question by a person, the answer with its source, and the page of it beside."""

from typing import Any

import pytest

from in_browser import is_too_wide, open_at, said_by, wait_for, wait_until

SIZES = [(390, 844), (1400, 900)]
LANGUAGES = ["en", "zh"]
QUESTION = "What does lunch in the canteen cost?"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=["phone", "wide"])
def test_an_answer_comes_with_its_page_lit_up(chrome: Any, office: Any, size: tuple[int, int], lang: str) -> None:
    open_at(chrome, f"{office.address}/ask?lang={lang}", size, "dark" if lang == "zh" else "light")
    wait_for(chrome, "#question").send_keys(QUESTION + "\n")
    wait_for(chrome, ".turn .answer sup a").click()
    copied = wait_for(chrome, "[data-copy]").get_attribute("data-copy")
    assert ("handbook.pdf, page 1" if lang == "en" else "第 1 页") in copied
    picture, lit = wait_for(chrome, ".sheet-page img"), wait_for(chrome, ".sheet-page rect")
    wait_until(lambda: chrome.execute_script("return arguments[0].naturalWidth", picture) == 1400)
    # 36 points a line from 500 down, of 595: the second sentence stands 464 from the bottom
    middle = chrome.execute_script(
        "const [p, r] = [arguments[0], arguments[1]].map((one) => one.getBoundingClientRect());"
        "return (r.top + r.height / 2 - p.top) / p.height",
        picture,
        lit,
    )
    assert middle == pytest.approx((595 - 464 - 4) / 595, abs=0.01)
    assert not is_too_wide(chrome)
    assert said_by(chrome) == []


def test_a_conversation_is_there_after_a_reload_and_without_a_script(chrome: Any, office: Any) -> None:
    open_at(chrome, f"{office.address}/ask?lang=en", (1400, 900))
    wait_for(chrome, "#question").send_keys(QUESTION + "\n")
    wait_for(chrome, ".turn .answer sup a")
    address = chrome.current_url
    chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        chrome.get(address)
        assert "EUR 6.50" in wait_for(chrome, ".turn .answer").text
        wait_for(chrome, ".sources a").click()
        wait_for(chrome, ".sheet-page rect")
        wait_for(chrome, "#question").send_keys("When does the night shift begin?")
        wait_for(chrome, "#ask-form button.main").click()
        wait_for(chrome, ".turn:nth-child(2) .answer")
    finally:
        chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert "22:15" in wait_for(chrome, ".turn:nth-child(2) .answer").text


def test_an_opinion_is_kept(chrome: Any, office: Any) -> None:
    open_at(chrome, f"{office.address}/ask?lang=en", (1400, 900))
    wait_for(chrome, "#question").send_keys("Who painted the lobby?\n")
    wait_for(chrome, ".opinion button[value=down]").click()
    wait_for(chrome, ".opinion input[name=reason]").send_keys("It was Mara\n")
    wait_for(chrome, ".opinion input[name=reason][value='It was Mara']")
    chrome.get(chrome.current_url)
    assert wait_for(chrome, ".opinion input[name=reason]").get_attribute("value") == "It was Mara"
    assert wait_for(chrome, ".opinion button[aria-pressed=true]").get_attribute("value") == "down"
