import pytest

from assay.judges.judge import Pair
from assay.judges.wording import YES_NO, judge_conversation, read_yes_no

_ENGLISH = Pair("When does it open?", "It opens at nine.", "", "At nine.")
_CHINESE = Pair("几点开门？", "上午九点开门。", "", "九点。")


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("yes", True),
        ("No", False),
        (" **Yes.**\n", True),
        ("No, the reference names another day.", False),
        ("<think>No? Well, it does.</think>Yes", True),
        ("是", True),
        ("是的。", True),
        ("否", False),
        ("不是，时间不同", False),
        ("“否”", False),
    ],
)
def test_yes_and_no_are_read(reply: str, said: bool) -> None:
    assert read_yes_no(reply) is said


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "maybe",
        "yes and no",
        "是否",
        "Yes or no?",
        "The answer may stand: yes",
        "yesterday",
        "1",
        "<think>Yes",
        "对不起",
    ],
)
def test_everything_else_is_no_judgement(reply: str) -> None:
    assert read_yes_no(reply) is None


@pytest.mark.parametrize("pair", [_ENGLISH, _CHINESE])
@pytest.mark.parametrize("answer_first", [False, True])
def test_the_pair_stands_behind_a_rule_and_six_examples(pair: Pair, answer_first: bool) -> None:
    rule, *shown, asked = judge_conversation(pair, pair.lang, answer_first)
    assert rule.role == "system" and len(shown) == 12
    replies = [turn.content for turn in shown[1::2]]
    assert sorted(replies) == sorted([*YES_NO[pair.lang]] * 3)
    for turn in (*shown[::2], asked):
        _, first, second, _, _ = turn.content.split("\n")
        assert first.startswith(("Answer", "回答")) is answer_first
        assert second.startswith(("Answer", "回答")) is not answer_first
    assert pair.question in asked.content and pair.answer in asked.content


def test_a_question_is_asked_in_its_own_language() -> None:
    assert (_ENGLISH.lang, _CHINESE.lang) == ("en", "zh")


def test_a_pair_is_known_by_all_that_is_judged() -> None:
    others = [
        Pair("When?", "It opens at nine.", "", "At nine."),
        Pair("When does it open?", "Nine.", "", "At nine."),
        Pair("When does it open?", "It opens at nine.", "", "At ten."),
        Pair("When does it open?", "It opens at nine.", "quoted", "At nine."),
    ]
    assert len({pair.key for pair in (_ENGLISH, *others)}) == 5
