"""The page Documents: files brought, taken in by a job, read passage by passage, and a sync undone."""

import http.client
import io
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest

import patient
from in_browser import is_too_wide, open_at, said_by, text_of, wait_for, wait_until


@pytest.mark.parametrize("size", [(390, 844), (1400, 900)], ids=["phone", "wide"])
def test_a_document_is_brought_and_read_and_taken_back(
    chrome: Any, office: Any, tmp_path: Path, size: tuple[int, int]
) -> None:
    file = tmp_path / f"dogs-{size[0]}.md"
    file.write_text("# Dogs\n\nDogs are welcome on the third floor.\n\n| Floor | Dogs |\n|---|---|\n| 3 | yes |\n")
    open_at(chrome, f"{office.address}/documents?lang=en", size)
    wait_for(chrome, "form[action$=sync] button").click()  # the state that is gone back to
    wait_for(chrome, "#job .badge.right", 120)
    wait_for(chrome, "#files").send_keys(str(file))
    wait_for(chrome, "#upload button.main").click()
    wait_until(lambda: f"+ {file.name}" in text_of(chrome, "#job"), 120)
    assert (office.documents / file.name).read_text() == file.read_text()
    wait_for(chrome, f"#listed a[href$='{file.name}']")  # without loading the page anew
    wait_until(lambda: file.name in listed(office))
    chrome.get(f"{office.address}/documents/{file.name}")
    assert "welcome on the third floor" in wait_for(chrome, ".passage-text p").text
    assert [cell.text for cell in chrome.find_elements("css selector", "td")] == ["Floor", "Dogs", "3", "yes"], (
        chrome.page_source
    )
    assert not is_too_wide(chrome)
    chrome.get(f"{office.address}/documents")
    assert not is_too_wide(chrome)
    wait_for(chrome, "form[action$=undo] button").click()
    wait_for(chrome, "#job .badge.right", 120)
    wait_until(lambda: file.name not in listed(office))
    assert said_by(chrome) == []


def listed(office: Any) -> str:
    return patient.get(f"{office.address}/documents").text.partition("<table")[2]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "../out.md",
        "/etc/out.md",
        "a/../../out.md",
        "..\\out.md",
        ".hidden.md",
        "a\x00b.md",
        "a\u202edm.md",
        "program.exe",
        "x" * 300 + ".md",
        "d/" * 3_000 + "a.md",
        "towns.md/below.md",
    ],
)
def test_a_name_that_leads_elsewhere_is_turned_away(office: Any, name: str) -> None:
    before = set(office.documents.parent.rglob("*"))
    answer = patient.put(f"{office.address}/documents/-/file", params={"name": name}, content=b"text")
    assert answer.status_code == 422 and answer.json()["problem"]
    assert set(office.documents.parent.rglob("*")) == before


def test_what_is_too_large_is_turned_away_before_it_is_read(office: Any) -> None:
    connection = http.client.HTTPConnection(office.address.removeprefix("http://"), timeout=30)
    connection.putrequest("PUT", "/documents/-/file?name=large.md")
    connection.putheader("Content-Length", "2000000000")
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()
    assert not (office.documents / "large.md").exists()


def test_a_file_is_not_replaced_unasked(office: Any) -> None:
    address = f"{office.address}/documents/-/file?name=towns.md"
    kept = (office.documents / "towns.md").read_bytes()
    assert patient.put(address, content=b"other").status_code == 422
    assert (office.documents / "towns.md").read_bytes() == kept


@pytest.mark.parametrize("name", ["TOWNS.md", "cafe\u0301.md"])
def test_one_name_however_written_is_one_file(office: Any, name: str) -> None:
    (office.documents / "caf\u00e9.md").write_text("# Coffee\n\nIt is free.\n")
    before = set(office.documents.iterdir())
    answer = patient.put(f"{office.address}/documents/-/file", params={"name": name}, content=b"other")
    assert answer.status_code == 422 and "is there already" in answer.json()["problem"]
    assert patient.put(f"{office.address}/documents/-/file", params={"name": name, "replace": "1"}, content=b"# Other")
    assert set(office.documents.iterdir()) == before
    (office.documents / "caf\u00e9.md").unlink()


def test_a_second_press_sends_nothing(chrome: Any, office: Any) -> None:
    """Pressed twice, an undo would go back two states, and a new key would never be seen."""
    open_at(chrome, f"{office.address}/documents?lang=en", (1400, 900))
    stopped = chrome.execute_script(
        """
        const stopped = [], form = document.querySelector("form[action$=undo]");
        document.addEventListener("submit", (one) => { stopped.push(one.defaultPrevented); one.preventDefault(); });
        form.requestSubmit();
        form.requestSubmit();
        window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));  // back again
        form.requestSubmit();
        return stopped;
        """
    )
    assert stopped == [False, True, False]


@pytest.mark.parametrize("path", ["/runs/-/jobs/99999999999999999999/stop", "/ask/opinion/99999999999999999999"])
def test_a_number_that_no_row_has_leads_nowhere(office: Any, path: str) -> None:
    assert patient.post(office.address + path).status_code == 404


def test_a_method_that_is_not_taken_is_told(office: Any) -> None:
    answer = httpx.delete(f"{office.address}/documents?lang=en", timeout=60)
    assert answer.status_code == 405 and "GET" in answer.headers["allow"] and "does not take" in answer.text


def test_a_text_has_no_picture_of_its_pages(office: Any) -> None:
    answer = patient.get(f"{office.address}/page/towns.md")
    assert answer.status_code == 404 and "no pages" in answer.text and str(office.documents) not in answer.text


def test_a_zip_bomb_is_skipped_with_its_reason(office: Any) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 400_000_000)
    address = office.address
    assert patient.put(f"{address}/documents/-/file?name=bomb.docx", content=data.getvalue()).status_code == 200
    assert patient.post(f"{address}/documents/-/sync").status_code == 303
    wait_until(lambda: "bomb.docx: " in patient.get(f"{address}/documents").text, 120)
    assert "36 hours" in patient.get(f"{address}/documents/handbook.pdf").text
    (office.documents / "bomb.docx").unlink()


@pytest.mark.parametrize("path", ["/documents/-/sync", "/ask", "/sign-out"])
def test_no_other_site_acts_for_a_person(office: Any, path: str) -> None:
    for header in ({"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}):
        assert patient.post(f"{office.address}{path}", headers=header).status_code == 403
    assert patient.get(f"{office.address}/ask", headers={"host": "elsewhere.example"}).status_code == 403


def test_every_page_asks_browsers_to_ask_nobody_else(office: Any) -> None:
    for path in ("/ask", "/documents", "/nothing-here", "/static/app.css"):
        policy = patient.get(f"{office.address}{path}").headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
