"""The right value of the other end: when it starts, asked when it ends; and what a prefix denies."""

from assay.questions.question import Question
from assay.scoring import score_answer

_ROWS = (  # question, accepted, answers that are right, answers that are wrong
    ("When does the permit expire?", "1 May 2026", ("It expires on 1 May 2026.",),
     ("The permit is valid from 1 May 2026.", "It takes effect on 1 May 2026.")),
    ("When did the war start?", "1939", ("It started in 1939 and ended in 1945.",), ("It ended in 1939.",)),
    ("When did she resign?", "4 March 2019", ("She stepped down in March 2019.",), ("She was hired on 4 March 2019.",)),
    ("When did he retire?", "2019", ("He was appointed in 2001 and served until 2019.",), ()),
    ("When does the shop open?", "9:00", ("It opens at 9:00.",), ("The shop closes at 9:00.",)),
    ("What is the maximum load?", "300 kg", ("300 kg at most",), ("The minimum load is 300 kg.",)),
    ("What is the gross salary?", "€3,200", ("€3,200 a month",), ("The net salary is €3,200.",)),
    ("How long is it from start to end?", "3 days", ("From the start it takes 3 days.",), ()),
    ("展览何时结束？", "2025年6月1日", ("2025年6月1日闭幕。",), ("展览于2025年6月1日开幕。",)),
    ("他何时离职？", "2020年1月", ("他2020年1月辞职。",), ("他于2020年1月入职。",)),
    ("合同何时到期？", "2026年5月1日", ("2026年5月1日到期。",), ("合同自2026年5月1日起生效。",)),
    ("Is the deposit refundable?", "yes", ("The deposit is refundable.",), ("The deposit is non-refundable.",)),
    ("Is the deposit refundable?", "no", ("The deposit is non-refundable.",), ("It is refundable.",)),
    ("Is the data encrypted?", "yes", ("It is not unencrypted.",), ("The data is stored unencrypted.",)),
)  # fmt: skip


def test_the_other_end_of_what_is_asked_is_another_answer() -> None:
    found = [
        (question, text, is_right)
        for question, accepted, right, wrong in _ROWS
        for text, is_right in [*((one, True) for one in right), *((one, False) for one in wrong)]
        if score_answer(text, Question("q", question, (accepted,))).correct is not is_right
    ]
    assert found == []
