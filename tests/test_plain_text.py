"""Text from outside can be written and shown, and loses nothing else."""

import pytest

from assay.plain_text import plain_text


@pytest.mark.parametrize("text", ["", "a\tb\r\nc\x0b\x0c\x85", "中文，😀", "é\u00a0\u200b\u2028"])
def test_what_can_be_shown_stays(text: str) -> None:
    assert plain_text(text) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("\x1b[2Jred\x1b[0m", "[2Jred[0m"),
        ("a\0b\x07\x08\x7f\x9b31m", "ab31m"),
        ("\ud83d", "\ufffd"),
        ("x\udce9\ud83d\ude00", "x\ufffd😀"),  # two halves that belong together are one character
    ],
)
def test_what_cannot_goes(text: str, plain: str) -> None:
    assert plain_text(text) == plain
    plain_text(text).encode()
