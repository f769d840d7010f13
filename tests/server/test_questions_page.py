"""The page Questions: sets brought and edited, checked as one types, drafts and feedback taken by one key each."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

import patient
from assay.questions import read_questions
from in_browser import is_too_wide, open_at, said_by, text_of, wait_for, wait_until

SIZES = [(390, 844), (1400, 900)]


def bring(office: Any, name: str, data: bytes) -> httpx.Response:
    return patient.post(f"{office.address}/questions/-/import", files={"file": (name, data)})


def in_set(office: Any, name: str) -> dict[str, Any]:
    return {one.text: one for one in read_questions(office.workspace / "questions" / f"{name}.jsonl").questions}


@pytest.fixture(scope="module")
def mine(office: Any) -> Any:
    """The office with its question file brought."""
    assert bring(office, "mine.jsonl", (office.workspace.parent / "questions.jsonl").read_bytes()).status_code == 303
    return office


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("size", SIZES, ids=["phone", "wide"])
def test_a_row_is_edited_and_checked_as_one_types(chrome: Any, mine: Any, size: tuple[int, int], lang: str) -> None:
    open_at(chrome, f"{mine.address}/questions/mine?lang={lang}", size)
    wait_for(chrome, "tbody tr:nth-child(3) a.button").click()
    answers = wait_for(chrome, "tr.editing textarea[name=answers]")
    answers.clear()
    answers.send_keys("999")
    wait_for(chrome, "tr.editing .findings li")  # the quote does not say so
    answers.clear()
    answers.send_keys("112\n112 places")
    wait_until(lambda: not chrome.find_elements("css selector", "tr.editing .findings li"))
    assert not is_too_wide(chrome)
    wait_for(chrome, "tr.editing button.main").click()
    wait_for(chrome, "tbody tr:nth-child(3) th")
    assert in_set(mine, "mine")["How many places does the car park have?"].answers == ("112", "112 places")
    assert not is_too_wide(chrome)
    assert said_by(chrome) == []


def test_a_row_is_added_and_deleted_without_a_script(mine: Any) -> None:
    form = {"question": "Who keeps the bees?", "answers": "Mara Voss", "answerable": "1", "split": "test"}
    address = f"{mine.address}/questions/mine/row"
    assert patient.post(f"{address}/-new", data=form).status_code == 303
    kept = in_set(mine, "mine")["Who keeps the bees?"]
    assert (kept.answers, kept.split) == (("Mara Voss",), "test")
    assert patient.post(f"{address}/{kept.id}", data=form | {"answers": ""}).status_code == 422
    assert patient.post(f"{address}/{kept.id}/delete").status_code == 303
    assert "Who keeps the bees?" not in in_set(mine, "mine")


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "alpaca", "messages", "sharegpt", "prompt-completion"])
def test_a_set_comes_back_as_it_went(mine: Any, form: str) -> None:
    file = patient.get(f"{mine.address}/questions/mine/export", params={"as": form})
    assert file.status_code == 200
    suffix = form if form in ("csv", "xlsx", "jsonl") else "jsonl"
    answer = bring(mine, f"back-{form}.{suffix}", file.content)
    assert answer.status_code in (200, 303), answer.text
    before, after = in_set(mine, "mine"), in_set(mine, f"back-{form}")
    assert {text: one.answerable for text, one in before.items()} == {
        text: one.answerable for text, one in after.items()
    }


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.jsonl", b"no json"), ("a.exe", b"MZ"), ("a.csv", b"colour,size\nred,2\n"), ("a.xlsx", b"PK\x03\x04")],
)
def test_what_is_no_question_file_is_told_so(mine: Any, name: str, data: bytes) -> None:
    before = {file.name for file in (mine.workspace / "questions").iterdir()}
    answer = bring(mine, name, data)
    assert answer.status_code == 422 and name in answer.text and "/tmp" not in answer.text
    assert {file.name for file in (mine.workspace / "questions").iterdir()} == before


def test_feedback_waits_and_enters_no_set_unaccepted(chrome: Any, mine: Any) -> None:
    open_at(chrome, f"{mine.address}/ask?lang=en", (1400, 900))
    wait_for(chrome, "#question").send_keys("How long is the notice period?\n")
    wait_for(chrome, ".opinion button[value=up]").click()
    wait_for(chrome, ".opinion button[value=up][aria-pressed=true]")
    before = in_set(mine, "mine")
    chrome.get(f"{mine.address}/questions/-/queue")
    assert wait_for(chrome, "textarea[name=question]").get_attribute("value") == "How long is the notice period?"
    assert wait_for(chrome, "select[name=split]").get_attribute("value") == "train"
    assert in_set(mine, "mine") == before
    into = wait_for(chrome, "#queue input[name=set]")
    into.clear()
    into.send_keys("learnt")
    press(chrome, "Escape", "a")
    wait_until(lambda: (mine.workspace / "questions" / "learnt.jsonl").exists())
    kept = in_set(mine, "learnt")["How long is the notice period?"]
    assert kept.split == "train" and "six weeks" in kept.answers[0] and kept.evidence.document == "handbook.pdf"
    assert said_by(chrome) == []


def test_drafts_are_taken_by_one_key_each(chrome: Any, mine: Any) -> None:
    form = {"n": "4", "manner": "extractive", "set": "drafted"}
    assert patient.post(f"{mine.address}/questions/-/draft", data=form).status_code == 303
    wait_until(lambda: newest(mine)["state"] in ("finished", "failed"), 180)
    n = newest(mine)["outcome"]["n"]
    assert n >= 2, newest(mine)
    open_at(chrome, f"{mine.address}/questions/-/queue?lang=en", (1400, 900))
    first = wait_for(chrome, "textarea[name=question]").get_attribute("value")
    press(chrome, "a")
    wait_until(lambda: (mine.workspace / "questions" / "drafted.jsonl").exists())
    assert in_set(mine, "drafted")[first].origin == "drafted"
    for left in range(n - 1, 0, -1):
        wait_until(lambda left=left: f"{left} wait" in text_of(chrome, "[role=status]"))
        press(chrome, "x")
    wait_for(chrome, ".empty")
    assert len(in_set(mine, "drafted")) == 1


def newest(office: Any) -> dict[str, Any]:
    jobs: list[dict[str, Any]] = patient.get(f"{office.address}/runs/-/jobs.json").json()
    return jobs[0]


def press(chrome: Any, *keys: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    for key in keys:
        ActionChains(chrome).send_keys(Keys.ESCAPE if key == "Escape" else key).perform()


def test_a_set_of_another_tool_says_what_was_made_of_it(mine: Any, tmp_path: Path) -> None:
    rows = [{"user_input": "What is the fee?", "reference": "EUR 3", "reference_contexts": ["The fee is EUR 3."]}]
    answer = bring(mine, "ragas.json", json.dumps(rows).encode())
    assert answer.status_code == 200 and "Ragas" in answer.text


def test_a_draft_is_for_the_test_only_where_a_person_says_so(mine: Any, reader: Any) -> None:
    """Accepted as they come, drafts are learnt from, and a run over them alone is refused at once."""
    from assay.questions.question import Question
    from assay.server.waiting_questions import WaitingQuestions

    waiting = WaitingQuestions(mine.app.state.served.database)
    drafts = [Question(f"d{n}", f"Who has key {n}?", (f"Person {n}",), origin="drafted") for n in range(4)]
    waiting.add_drafts(drafts, {}, "keys")
    for decision in ("accept", "test"):
        for _ in range(2):
            one = waiting.next()
            while one is not None and one.wanted_in != "keys":
                one = waiting.next(one.id)
            assert one is not None
            form = {"question": one.row["question"], "answers": one.row["answers"][0], "answerable": "1"}
            told = form | {"set": "keys", "split": "train", "decision": decision}
            assert patient.post(f"{mine.address}/questions/-/queue/{one.id}", data=told).status_code == 303
        run = {"questions": "keys", "base": reader.name(), "encoder": "none", "passages": "x"}
        answer = patient.post(f"{mine.address}/runs", data=run)
        assert answer.status_code == 422
        assert ("none of its 2 questions is for the test" in answer.text) == (decision == "accept")
    kept = (mine.workspace / "questions" / "keys.jsonl").read_text()
    assert kept.count('"test"') == 2


def test_the_first_page_speaks_the_language_that_was_asked_for(mine: Any) -> None:
    answer = patient.get(f"{mine.address}/?lang=zh", follow_redirects=True)
    assert '<html lang="zh' in answer.text
