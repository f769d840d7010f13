from assay.corpus.document import Passage
from assay.scoring.citation import LEAST_SUPPORT, cite


def passage(name: str, text: str, heading: str = "") -> Passage:
    return Passage(id=name, document="policy.pdf", page=1, heading=heading, text=text)


def cited(answer: str, passages: list[Passage], question: str = "") -> list[tuple[str | None, str | None]]:
    return [(one.passage, one.quote) for one in cite(answer, passages, question)]


LEAVE = passage("leave", "Employees get 25 days of leave. Unused days lapse in March. Ask the office of Morag Tullis.")
TRAVEL = passage(
    "travel",
    "Limits for one night:\n\n| City | Limit |\n|---|---|\n| Oslo | NOK 1,920 |\n| Bergen | NOK 1,640 |\n\nBook early.",
)
ZH = passage("zh", "员工每年享有15天年假。病假需要医生证明。报销上限为每晚1200元。")


def test_sentence_that_holds_the_answer() -> None:
    assert cited("25 days", [TRAVEL, LEAVE]) == [("leave", "Employees get 25 days of leave.")]
    assert cited("It is Morag Tullis.", [LEAVE, TRAVEL]) == [("leave", "Ask the office of Morag Tullis.")]


def test_each_sentence_has_its_own_passage() -> None:
    answer = "You get 25 days of leave. The limit for one night in Bergen is NOK 1,640. Bring a zebra."
    found = cite(answer, [TRAVEL, LEAVE])
    assert [one.sentence for one in found] == answer.replace(". ", ".|").split("|")
    assert [one.passage for one in found] == ["leave", "travel", None]
    assert found[1].quote == "| Bergen | NOK 1,640 |"
    assert found[0].support >= LEAST_SUPPORT > found[2].support
    assert found[2].quote is None


def test_a_number_that_is_not_in_the_quote_is_not_supported() -> None:
    assert cited("26 days", [LEAVE, TRAVEL]) == [(None, None)]
    assert cited("Employees get 26 days of leave.", [LEAVE]) == [(None, None)]
    assert cited("25 weeks", [LEAVE]) == [(None, None)]
    assert cited("five weeks", [passage("w", "You get 5 weeks off.")]) == [("w", "You get 5 weeks off.")]


def test_a_number_of_the_question_may_stand_beside_the_quote() -> None:
    prices = passage("prices", "The ferry costs EUR 12. The bus costs EUR 3.", heading="Prices 2025")
    assert cited("In 2025 the bus costs EUR 3.", [prices], "What does the bus cost in 2025?") == [
        ("prices", "The bus costs EUR 3.")
    ]
    assert cited("In 2024 the bus costs EUR 3.", [prices], "What does the bus cost in 2024?") == [(None, None)]


def test_a_name_that_is_not_in_the_quote_is_not_supported() -> None:
    assert cited("Ask the office of Morag Skjold.", [LEAVE]) == [(None, None)]
    assert cited("In Norway employees get 25 days of leave.", [LEAVE]) == [(None, None)]


def test_a_denial_needs_a_denial() -> None:
    dogs = passage("dogs", "Dogs are allowed in the office. Cats are not allowed in the office.")
    assert cited("Cats are not allowed in the office.", [dogs]) == [("dogs", "Cats are not allowed in the office.")]
    assert cited("Dogs are never allowed in the office.", [passage("d", "Dogs are allowed in the office.")]) == [
        (None, None)
    ]


def test_table_row_with_an_amount_in_another_form() -> None:
    assert cited("1920 kroner", [LEAVE, TRAVEL], "hotel limit in Oslo") == [("travel", "| Oslo | NOK 1,920 |")]


def test_question_decides_between_sentences_that_both_hold_the_answer() -> None:
    rows = passage("rows", "The deadline in Norway is 20 days. The deadline in Canada is 20 days.")
    assert cited("20 days", [rows], "What is the deadline in Canada?") == [
        ("rows", "The deadline in Canada is 20 days.")
    ]


def test_a_bare_yes_is_supported_by_what_is_asked() -> None:
    pets = passage("pets", "Coffee is free. Dogs are allowed in the office.")
    assert cited("Yes", [LEAVE, pets], "Are dogs allowed in the office?") == [
        ("pets", "Dogs are allowed in the office.")
    ]
    assert cited("Yes.", [LEAVE], "Are dogs allowed in the office?") == [(None, None)]


def test_chinese() -> None:
    assert cited("十五天", [LEAVE, ZH]) == [("zh", "员工每年享有15天年假。")]
    assert cited("1,200元", [ZH]) == [("zh", "报销上限为每晚1200元。")]
    assert cited("病假需要医生证明。每年有15天年假。年假需要主管批准。", [ZH]) == [
        ("zh", "病假需要医生证明。"),
        ("zh", "员工每年享有15天年假。"),
        (None, None),
    ]
    assert cited("十六天", [ZH]) == [(None, None)]
    assert cited("病假不需要医生证明。", [ZH]) == [(None, None)]


def test_refusals_cite_nothing() -> None:
    assert cited("I don't know.", [LEAVE]) == []
    assert cited("无法回答。", [ZH]) == []
    assert cited("", [LEAVE]) == []


def test_nothing_is_cited_where_nothing_supports() -> None:
    assert cited("Zebra", [LEAVE, TRAVEL]) == [(None, None)]
    assert cited("25 days", []) == [(None, None)]
    assert cited("25 days", [passage("blank", " \n ")]) == [(None, None)]


def test_what_a_place_denies_supports_no_claim() -> None:
    rules = passage(
        "rules", "Interns do not get a parking space. Late claims are never refunded in full. Doors open at 7 pm."
    )
    assert cited("Interns do not get a parking space.", [rules]) == [("rules", "Interns do not get a parking space.")]
    assert cited("Interns get a parking space.", [rules]) == [(None, None)]
    assert cited("Late claims are refunded in full.", [rules]) == [(None, None)]
    assert cited("Doors open at 7 am.", [rules]) == [(None, None)]
    assert cited("Doors open at 19:00.", [rules]) == [("rules", "Doors open at 7 pm.")]
    other = passage("other", "Claims are not paid in cash, but by bank transfer within a week.")
    assert cited("Claims are paid by bank transfer within a week.", [other])[0][0] == "other"
    zh = passage("zh", "实习生没有停车位。")
    assert cited("实习生有停车位。", [zh]) == [(None, None)]
