from assay.corpus.document import Passage
from assay.scoring.citation import cite


def passage(name: str, text: str) -> Passage:
    return Passage(id=name, document="policy.pdf", page=1, heading="", text=text)


LEAVE = passage("leave", "Employees get 25 days of leave. Unused days lapse in March. Ask the office of Morag Tullis.")
TRAVEL = passage(
    "travel",
    "Limits for one night:\n\n| City | Limit |\n|---|---|\n| Oslo | NOK 1,920 |\n| Bergen | NOK 1,640 |\n\nBook early.",
)
ZH = passage("zh", "员工每年享有15天年假。病假需要医生证明。报销上限为每晚1200元。")


def test_sentence_that_holds_the_answer() -> None:
    assert cite("25 days", [TRAVEL, LEAVE]) == ("leave", "Employees get 25 days of leave.")
    assert cite("It is Morag Tullis.", [LEAVE, TRAVEL]) == ("leave", "Ask the office of Morag Tullis.")


def test_table_row_with_an_amount_in_another_form() -> None:
    assert cite("1920 kroner", [LEAVE, TRAVEL], "hotel limit in Oslo") == ("travel", "| Oslo | NOK 1,920 |")


def test_question_decides_between_sentences_that_both_hold_the_answer() -> None:
    rows = passage("rows", "The deadline in Norway is 20 days. The deadline in Canada is 20 days.")
    assert cite("20 days", [rows], "What is the deadline in Canada?") == ("rows", "The deadline in Canada is 20 days.")


def test_chinese() -> None:
    assert cite("十五天", [LEAVE, ZH]) == ("zh", "员工每年享有15天年假。")
    assert cite("1,200元", [ZH]) == ("zh", "报销上限为每晚1200元。")


def test_nothing_is_cited_where_nothing_supports() -> None:
    assert cite("I don't know.", [LEAVE]) == (None, None)
    assert cite("无法回答。", [ZH]) == (None, None)
    assert cite("Zebra", [LEAVE, TRAVEL]) == (None, None)
    assert cite("", [LEAVE]) == (None, None)
    assert cite("25 days", []) == (None, None)
    assert cite("25 days", [passage("blank", " \n ")]) == (None, None)
