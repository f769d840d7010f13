"""The page Marks: a blind sheet by one key each, several people at once, and what they say in the report."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import patient
from assay.marks.kept_marks import load_draws, load_marks
from in_browser import is_too_wide, open_at, said_by, wait_for, wait_until


@pytest.fixture(scope="module")
def drawn(office: Any) -> Any:
    """The office's run with ten answers drawn."""
    run = next(office.workspace.glob("runs/*"))
    assert patient.post(f"{office.address}/marks/{run.name}/draw", data={"n": "10"}).status_code == 303
    return run


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("size", [(390, 844), (1400, 900)], ids=["phone", "wide"])
def test_answers_are_marked_by_one_key_each(
    chrome: Any, office: Any, drawn: Any, size: tuple[int, int], lang: str
) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    name = f"Mara {lang} {size[0]}"
    chrome.delete_all_cookies()
    open_at(chrome, f"{office.address}/marks/{drawn.name}?lang={lang}", size)
    page = chrome.page_source
    assert "zero-shot" not in page and "retrieved" not in page  # blind
    wait_for(chrome, "input[name=person]").send_keys(name + "\n")
    ActionChains(chrome).send_keys(Keys.ESCAPE).send_keys("y").perform()
    for number, key in enumerate("nuy", start=1):
        wait_for(chrome, f"main > progress[value='{number}']")
        ActionChains(chrome).send_keys(key).perform()
    wait_until(lambda: len(of(drawn, name)) == 4)
    assert sorted(of(drawn, name)) == ["n", "u", "y", "y"]
    assert not is_too_wide(chrome)
    assert said_by(chrome) == []


def of(run: Any, person: str) -> list[str]:
    return [mark.said for mark in load_marks(run) if mark.person == person]


def test_several_people_at_once_lose_nothing_and_the_report_tells(office: Any, drawn: Any) -> None:
    rows = [row.row for draw in load_draws(drawn) for row in draw.rows]

    def mark(one: tuple[str, str]) -> int:
        person, row = one
        form = {"said": "y", "person": person}
        return patient.post(f"{office.address}/marks/{drawn.name}/row/{row}", data=form).status_code

    people = ["Ida", "Jon", "Kai", "Lea"]
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(mark, [(person, row) for row in rows for person in people])) == {303}
    assert all(of(drawn, person) == ["y"] * len(rows) for person in people)
    assert patient.post(f"{office.address}/marks/{drawn.name}/tell").status_code == 303
    assert "Lea" in patient.get(f"{office.address}/runs/{drawn.name}/report").text


@pytest.mark.parametrize("form", [{"said": "maybe", "person": "Ida"}, {"said": "y", "person": " "}])
def test_what_is_no_mark_is_not_kept(office: Any, drawn: Any, form: dict[str, str]) -> None:
    row = load_draws(drawn)[0].rows[0].row
    before = load_marks(drawn)
    assert patient.post(f"{office.address}/marks/{drawn.name}/row/{row}", data=form).status_code == 422
    assert patient.post(f"{office.address}/marks/{drawn.name}/row/none", data=form | {"said": "y"}).status_code == 422
    assert load_marks(drawn) == before
