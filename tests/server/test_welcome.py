"""The way from an empty workspace to the first run, and from there to the page Ask."""

import shutil
from pathlib import Path
from typing import Any

import pytest

import patient
from in_browser import is_too_wide, open_at, wait_for


@pytest.fixture(scope="module")
def empty(serve: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A server over a workspace with nothing in it."""
    return serve(tmp_path_factory.mktemp("empty"))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("size", [(390, 844), (1400, 900)], ids=["phone", "wide"])
def test_it_opens_with_what_comes_first(chrome: Any, empty: Any, size: tuple[int, int], lang: str) -> None:
    open_at(chrome, f"{empty.address}/?lang={lang}", size)
    assert wait_for(chrome, "a.main").get_attribute("href").endswith("/documents")
    assert chrome.execute_script("return document.documentElement.lang").startswith(lang)
    assert not is_too_wide(chrome)


def test_without_documents_nothing_is_drafted(empty: Any) -> None:
    answer = patient.post(f"{empty.address}/questions/-/draft?lang=en", data={"n": "5", "manner": "extractive"})
    assert answer.status_code == 422 and "no documents to draft from" in answer.text
    assert "Undo" not in patient.get(f"{empty.address}/documents?lang=en").text


def test_a_first_run_that_is_finished_leads_to_the_page_ask(
    chrome: Any, empty: Any, finished_office: Path, moved: Any, tmp_path: Path
) -> None:
    """It is never said that nothing is finished while the run is being loaded."""
    office = tmp_path / "office"
    shutil.copytree(finished_office, office)
    moved(finished_office, office)
    shutil.copytree(office / "ws" / "runs", empty.workspace / "runs", dirs_exist_ok=True)
    page = patient.get(f"{empty.address}/welcome?lang=en")
    assert page.status_code == 303 or "/welcome/loading" in page.text
    open_at(chrome, f"{empty.address}/welcome?lang=en", (1400, 900))
    wait_for(chrome, "#question", 60)
