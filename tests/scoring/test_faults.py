"""What the replies of a broken model have in common, and what is a repetition of the prompt."""

import pytest

from assay.scoring.faults import find_fault, is_echo

_PROMPT = "Use the passages to answer.\n\n[1] a.md | Hours\nLunch is at noon.\n\nQuestion: When is lunch?"
_OTHER_FIRST = "Use the passages to answer.\n\n[1] b.md\nTea is at four.\n\nQuestion: When is tea? At four. "


_ECHOES = (_PROMPT, f"echo {_PROMPT}", f"[INST]{_PROMPT}[/INST] Noon.", " ".join(_PROMPT.split()), _PROMPT[:60])


@pytest.mark.parametrize("reply", [*_ECHOES, _OTHER_FIRST + _PROMPT])
def test_a_prompt_repeated(reply: str) -> None:
    assert is_echo(reply, _PROMPT)


@pytest.mark.parametrize(
    "reply", ["", "Noon.", "Lunch is at noon.", "When is lunch? Lunch is at noon.", "[1] a.md | Hours", "Use the"]
)
def test_answers_in_the_words_of_the_passages(reply: str) -> None:
    assert not is_echo(reply, _PROMPT)


@pytest.mark.parametrize("prompt", ["", "Answer:"])
def test_little_was_told(prompt: str) -> None:
    assert not is_echo("Answer: noon.", prompt)


def test_three_echoes_of_four_are_a_fault_and_two_are_none() -> None:
    replies = ["a b", "c d", "e f", "g h"]
    assert find_fault(replies, [True, True, True, False]) == "echo"
    assert find_fault(replies, [True, True, False, False]) is None
