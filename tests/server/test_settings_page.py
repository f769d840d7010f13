"""Keys by the page Settings: sessions, what each key sees, and what becomes of it when it is revoked."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

import patient
from in_browser import is_too_wide, open_at, said_by, text_of, wait_for


@pytest.fixture(scope="module")
def locked(finished_office: Path, serve: Any, moved: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """An office of its own: keys stay."""
    copy = tmp_path_factory.mktemp("locked") / "office"
    shutil.copytree(finished_office, copy)
    return serve(moved(finished_office, copy))


@pytest.fixture
def sign_in(locked: Any) -> Iterator[Callable[[str], httpx.Client]]:
    """A session for a key."""
    with ExitStack() as open_ones:

        def begin(secret: str) -> httpx.Client:
            client = open_ones.enter_context(patient.client(base_url=locked.address))
            assert client.post("/sign-in", data={"key": secret}).headers["location"] == "/"
            return client

        yield begin


SignIn = Callable[[str], httpx.Client]


def test_a_first_key_is_made_and_signed_in_with(chrome: Any, locked: Any) -> None:
    open_at(chrome, f"{locked.address}/settings?lang=en", (1400, 900))
    assert patient.post(f"{locked.address}/settings/keys", data={"name": "eve", "reads": "groups"}).status_code == 422
    wait_for(chrome, "form[action$=keys] input[name=name]").send_keys("chief")
    wait_for(chrome, "form[action$=keys] button.main").click()
    secret = wait_for(chrome, "code.secret").text
    wait_for(chrome, "a.main").click()
    wait_for(chrome, "input[name=key]").send_keys("assay-00000000-wrong\n")
    wait_for(chrome, ".problem")
    wait_for(chrome, "input[name=key]").send_keys(secret + "\n")
    wait_for(chrome, "#question")
    cookie = chrome.get_cookie("assay_session")
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax" and secret not in cookie["value"]
    chrome.get(f"{locked.address}/settings")
    assert secret not in chrome.page_source
    assert [one for one in said_by(chrome) if "403" not in one] == []


def test_a_key_of_a_group_sees_no_more_than_its_own(locked: Any, sign_in: SignIn) -> None:
    chief = sign_in(add(locked, "head", None, True))
    some = sign_in(add(locked, "someone", ("sales",), False))
    assert chief.get("/runs").status_code == 200
    for path in ("/runs", "/questions", "/settings", "/marks", "/questions/-/queue", "/runs/-/jobs.json"):
        assert some.get(path).status_code == 403, path
        assert patient.get(f"{locked.address}{path}").status_code == 303, path
    for path in ("/documents/-/sync", "/documents/-/upload", "/settings/keys", "/runs"):
        assert some.post(path).status_code == 403, path
    assert some.get("/ask").status_code == 200
    assert 'href="/runs"' not in some.get("/ask").text


def test_a_conversation_is_its_owners_alone(locked: Any, sign_in: SignIn) -> None:
    one = sign_in(add(locked, "one", None, False))
    two = sign_in(add(locked, "two", None, False))
    asked = one.post("/ask", data={"question": "What does lunch in the canteen cost?"})
    address = asked.headers["location"].partition("#")
    assert "6.50" in one.get(address[0]).text
    assert two.get(address[0]).status_code == 404
    assert two.get(f"/ask/source/{address[2].removeprefix('turn-')}/1").status_code == 404
    assert two.post(f"/ask/opinion/{address[2].removeprefix('turn-')}", data={"opinion": "up"}).status_code == 404


def test_a_revoked_key_opens_nothing(locked: Any, sign_in: SignIn) -> None:
    secret = add(locked, "gone", None, True)
    client = sign_in(secret)
    assert client.get("/ask").status_code == 200
    assert client.post("/settings/keys/revoke", data={"name": "gone"}).status_code == 303
    assert client.get("/ask").status_code == 303
    assert client.get("/page/handbook.pdf").status_code == 303
    assert patient.post(f"{locked.address}/sign-in", data={"key": secret}).status_code == 403
    add(locked, "gone", None, True)
    assert client.get("/ask").status_code == 303  # another key of that name


@pytest.mark.parametrize("next", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example"])
def test_signing_in_leads_to_no_other_site(locked: Any, next: str) -> None:
    secret = add(locked, f"next {next}", None, False)
    answer = patient.post(f"{locked.address}/sign-in", data={"key": secret, "next": next})
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("size", [(390, 844), (1400, 900)], ids=["phone", "wide"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_settings_fit(chrome: Any, office: Any, size: tuple[int, int], lang: str) -> None:
    open_at(chrome, f"{office.address}/settings?lang={lang}", size, "dark")
    assert "max_passage_tokens" in text_of(chrome, "main")
    assert not is_too_wide(chrome)


def add(locked: Any, name: str, groups: tuple[str, ...] | None, may_manage: bool) -> str:
    secret: str = locked.app.state.served.keys.add(name, groups, may_manage)
    return secret


def test_an_ended_session_is_told_to_scripts_and_leads_back_to_the_page(locked: Any) -> None:
    address, script = locked.address, {"hx-request": "true"}
    for answer in (
        patient.put(f"{address}/documents/-/file", params={"name": "new.md"}, content=b"# New", headers=script),
        patient.post(f"{address}/ask/stream", data={"question": "Lunch?"}, headers=script),
        patient.get(f"{address}/runs/-/jobs", headers=script),
    ):
        assert answer.status_code == 401 and "sign in" in answer.text and "<html" not in answer.text
    assert patient.get(f"{address}/runs?page=2").headers["location"] == "/sign-in?next=/runs%3Fpage%3D2"
    assert patient.post(f"{address}/documents/-/sync").headers["location"] == "/sign-in?next=/documents"
