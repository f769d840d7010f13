import pytest

from assay.models import Conversation
from assay.models.scripted import ScriptedEngine
from assay.retrieval.rewriting import rewrite_questions


class _Lines(ScriptedEngine):
    """Keeps the line breaks that the scripted engine takes out."""

    def __init__(self, text: str) -> None:
        super().__init__(lambda conversation: text.replace("\n", " ⏎ "))
        self.asked: list[Conversation] = []

    def generate(self, conversations, max_new_tokens):
        self.asked += conversations
        done = super().generate(conversations, max_new_tokens)
        return [type(one)(one.text.replace(" ⏎ ", "\n"), 0, 0) for one in done]


@pytest.mark.parametrize(
    ("said", "wordings"),
    [
        ("1. How many days off?\n2) How long is leave?", ["How many days off?", "How long is leave?"]),
        ("- how many days of LEAVE?\n- Days of leave", ["Days of leave"]),
        ("Question 1: Days?\n\nDays?\n" + "so very long " * 20, ["Days?"]),
        ("a?\nb?\nc?", ["a?", "b?"]),
        ("", []),
    ],
)
def test_wordings_are_read_from_lines(said: str, wordings: list[str]) -> None:
    assert rewrite_questions(_Lines(said), ["How many days of leave?"], 2, "en") == [wordings]


def test_each_question_is_asked_in_its_language() -> None:
    engine = _Lines("1、年假几天？")
    assert rewrite_questions(engine, ["年假有多少天？", "病假有多少天？"], 2, "zh") == [["年假几天？"]] * 2
    assert "年假有多少天？" in engine.asked[0][0].content
