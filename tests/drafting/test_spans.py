import pytest

from assay.corpus.document import Passage
from assay.drafting.spans import find_spans
from assay.scoring import Language


def _spans(text: str, lang: Language = "en") -> list[tuple[str, str]]:
    return [(span.text, span.kind) for span in find_spans(Passage("p", "a.md", None, "", text), lang)]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("The board of the company meets on 14 March 2025 in Oslo.", [("14 March 2025", "date"), ("Oslo", "name")]),
        ("The company was founded in 1974 by the pilot Oddvar Skjeggestein.",
         [("1974", "date"), ("Oddvar Skjeggestein", "name")]),
        ("A dinner for the team costs up to EUR 55 for each person.", [("EUR 55", "amount")]),
        ("You may take a sabbatical of three to nine months after that.", [("three to nine months", "amount")]),
        ("The share of the profit is 8.5 percent, paid within 30 working days.",
         [("8.5 percent", "amount"), ("30 working days", "amount")]),
        ("It is sold in Norway, Sweden and Denmark by our own people only.", []),  # one of several is half an answer
        ("There are 5 days in one week and 5 days in the other week too.", []),  # twice in the sentence
        ("Only 25 days.", []),  # too short to stand alone
        ("Grade Lisbon Other places in Portugal Abroad EUR 118", []),  # no sentence
        ("Grades 1 to 3 | EUR 118 | EUR 86 per night, as a rule.", []),  # a row of a table
        ("What is written on the door is “mind the step” in red letters.", [("mind the step", "term")]),
    ],
)  # fmt: skip
def test_english(text: str, spans: list[tuple[str, str]]) -> None:
    assert _spans(text) == spans


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("本办法自2024年3月1日起施行，由总经理办公室负责解释。", [("2024年3月1日", "date")]),
        ("员工每年享有15个工作日的带薪年假，当年有效，不得结转。", [("15个工作日", "amount")]),
        ("出差住宿费每晚不超过500元，超出的部分由员工自己承担。", [("500元", "amount")]),
        ("报销应当按照《费用管理办法》的规定在一个月之内办理完毕。", [("费用管理办法", "term"), ("一个月", "amount")]),
        ("灯塔是安娜·霍尔姆在港口建成之后不久设计的。", [("安娜·霍尔姆", "name")]),
    ],
)
def test_chinese(text: str, spans: list[tuple[str, str]]) -> None:
    assert _spans(text, "zh") == spans
