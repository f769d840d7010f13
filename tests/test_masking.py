"""What is taken out of addresses, and what is not."""

from pathlib import Path

import pytest
from sqlalchemy import make_url

from assay.errors import EngineError, InputError
from assay.masking import is_masked, mask, mask_error
from assay.settings import Settings, as_dict, check_whole, load_settings, restore_settings

_DATABASES = [
    "postgresql://user:secret@host/db",
    "postgresql+psycopg://user:s%40c%2Fret@host:5432/db?sslmode=require",
    "postgresql://user:two words@host/db",
    "postgresql://user@host/db",
    "sqlite:////folder/assay.db",
    "sqlite:///",
]


@pytest.mark.parametrize("url", _DATABASES)
def test_passwords_are_masked_as_sqlalchemy_masks_them(url: str) -> None:
    assert mask(url) == make_url(url).render_as_string(hide_password=True)


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("http://user:secret@host:80/v1#m", "http://user:***@host:80/v1#m"),
        ("https://secret@host/v1#m", "https://***@host/v1#m"),
        ("http://h/v1?api-version=2024-10-21&api-key=secret#m", "http://h/v1?api-version=2024-10-21&api-key=***#m"),
        ("http://h/v1?secret#m", "http://h/v1?***#m"),
        ("postgresql://host/db?user=u&password=secret", "postgresql://host/db?user=u&password=***"),
        ("postgresql://u:a/secret?#x@y@host/db", "postgresql://u:***@host/db"),  # not escaped as it should be
        ("socks5://u:secret@proxy:1080", "socks5://u:***@proxy:1080"),
        ("no answer from (http://a:1/x,http://u:secret@h/y).", "no answer from (http://a:1/x,http://u:***@h/y)."),
    ],
)
def test_secrets_of_addresses(address: str, masked: str) -> None:
    assert mask(address) == masked
    assert mask(masked) == masked and is_masked(masked)


@pytest.mark.parametrize(
    "text",
    [
        "http://localhost:8080/v1?who=a@b#m",
        "http://localhost:11434/v1#qwen2.5:7b",
        "SmolLM2-135M-Instruct",
        "C:\\models\\a@b",
        "from https://example.org/a:b@c/d in two words",
    ],
)
def test_what_holds_no_secret_stays_as_it_is(text: str) -> None:
    assert mask(text) == text and not is_masked(text)


def test_an_error_does_not_repeat_a_key_of_the_environment() -> None:
    assert mask_error("no key sk-12345678!", {"ASSAY_API_KEY": "sk-12345678", "A_KEY": "no"}) == "no key ***!"
    assert str(InputError("http://u:secret@h/v1 is down")) == "http://u:***@h/v1 is down"


def test_settings_tell_no_secret_and_get_it_back_from_those_in_force() -> None:
    whole = Settings(base="http://u:secret@h/v1#m", database="postgresql://u:secret@h/db", passages=5)
    kept = as_dict(whole)
    assert "secret" not in repr(whole) + repr(kept)
    assert restore_settings(kept, lambda: whole) == whole
    other = restore_settings(kept, lambda: Settings(base=whole.base))
    assert (other.base, other.database) == (whole.base, "postgresql://u:***@h/db")
    with pytest.raises(InputError, match=r"set database in assay\.toml, or ASSAY_DATABASE, to the whole address"):
        check_whole(other.database, "database")


def test_a_record_of_before_is_taken_as_it_is() -> None:
    """Results of earlier versions hold the whole addresses."""
    assert restore_settings({"base": "http://u:secret@h/v1#m"}, Settings).base == "http://u:secret@h/v1#m"


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("host=127.0.0.1 user=x password=SeCr3tPw dbname=d", "cannot open host=127.0.0.1 password=SeCr3tPw"),
        ("postgresql://u:a@SeCr3tPw@127.0.0.1:1/db", "failed to resolve host 'SeCr3tPw@127.0.0.1'"),
        ("user:SeCr3tPw@127.0.0.1:1/v1#m", "'user:SeCr3tPw@127.0.0.1:1/v1#m' is no folder"),
        ("http://user:SeCr3tPw@127.0.0.1:1/v1#m", "401 Basic dXNlcjpTZUNyM3RQdw=="),  # user:SeCr3tPw in base64
        ("http://127.0.0.1:1/v1?token=SeCr3tPw#m", "401 for token SeCr3tPw"),
    ],
)
def test_a_secret_of_the_settings_is_masked_wherever_others_repeat_it(setting: str, said: str) -> None:
    load_settings({"base": setting}, toml=Path("no.toml"))
    shown = str(EngineError(said))
    assert "SeCr3tPw" not in shown and "dXNlcjpTZUNyM3RQdw" not in shown
    assert "***" in shown
