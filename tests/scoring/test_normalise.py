from decimal import Decimal

import pytest

from assay.scoring.answer_language import language_of
from assay.scoring.normalise import normalise, tokens
from assay.scoring.sentences import split_sentences
from assay.scoring.values.quantities import parse_quantities, same_amount

ENGLISH = [
    ("The €1,200.50!", "1200.5 eur"),
    ("EUR 45", "45 eur"),
    ("45 euros", "45 eur"),
    ("C$214", "214 cad"),
    ("214 Canadian dollars", "214 cad"),
    ("4,20 EUR", "4.2 eur"),
    ("kr 1\u00a0920", "1920 nok"),
    ("EUR 27.4m", "27.4 million eur"),
    ("47 pence per mile", "0.47 gbp per mile"),
    ("NOK 4.60/km", "4.6 nok per km"),
    ("2 per cent", "2 percent"),
    ("2.0 %", "2 percent"),
    ("January 20, 2025", "20 january 2025"),
    ("20.01.2025", "20 january 2025"),
    ("2025-01-20", "20 january 2025"),
    ("the 25th", "25"),
    ("04/05/2025", "04 05 2025"),
    ("twenty-eight ferries", "28 ferries"),
    ("two hundred and fifty", "250"),
    ("3½ years", "3.5 years"),
    ("three and a half years", "3.5 years"),
    ("one two", "one two"),
    ("20–25 days", "20 to 25 days"),
    ("−5 °C", "-5 celsius"),
    ("firmware 4.3.0", "firmware 4.3.0"),
    ("Brattvåg’s “stick”", "brattvag stick"),
    ("I can't", "i can not"),
    ("１２０ ｋＨｚ", "120 khz"),
]
CHINESE = [
    ("一百二十天", "120天"),
    ("百分之五点五", "5.5%"),
    ("５％", "5%"),
    ("3.5万元", "35000元"),
    ("一亿两千万元", "120000000元"),
    ("一万二千元", "12000元"),
    ("零点五天", "0.5天"),
    ("人民币5,000元", "5000元"),
    ("￥300", "300元"),
    ("€45", "45欧元"),
    ("二〇二五年三月十四日", "2025年3月14日"),
    ("2025-03-14", "2025年3月14日"),
    ("5~10天", "5至10天"),
    ("统一规定，一般情况下", "统一规定一般情况下"),
    ("三四天", "三四天"),
    ("版本2。5天", "版本2 5天"),
    ("请使用 VPN 登录 Office 365", "请使用vpn登录office 365"),
    ("歡迎使用", "欢迎使用"),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text: str, expected: str) -> None:
    assert normalise(text, "en") == expected
    assert normalise(expected, "en") == expected


@pytest.mark.parametrize(("text", "expected"), CHINESE)
def test_chinese(text: str, expected: str) -> None:
    assert normalise(text, "zh") == expected
    assert normalise(expected, "zh") == expected


def test_tokens() -> None:
    assert tokens("The 25 days, at €4.50") == ["25", "days", "at", "4.5", "eur"]
    assert tokens("每晚 1,200 元，用VPN") == ["每", "晚", "1200", "元", "用", "vpn"]


def test_language_by_script() -> None:
    assert language_of("Annual leave is 25 days") == "en"
    assert language_of("年假为25天") == "zh"
    assert language_of("请使用 VPN 登录") == "zh"
    assert language_of("The Chinese word 年假 means annual leave of a year") == "en"
    assert language_of("42") == "en"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20 to 25 days", [(20, "day"), (25, "day")]),
        ("33 and 210 kHz", [(33, "kilohertz"), (210, "kilohertz")]),
        ("EUR 27.4 million", [(27_400_000, "eur")]),
        ("thirteen working days", [(13, "day")]),
        ("28 ferries", [(28, "ferry")]),
        ("on 19 December 2024", [(19, "date"), (2024, "date")]),
        ("error E11 in firmware 4.3.0", []),
        ("9 N m", [(9, "newton metre")]),
        ("5到10天", [(5, "day"), (10, "day")]),
        ("2025年3月起为1.5万元", [(2025, "date"), (3, "date"), (15_000, "cny")]),
        ("第三十二条", [(32, "")]),
    ],
)
def test_quantities(text: str, expected: list[tuple[int, str]]) -> None:
    assert [(q.value, q.unit) for q in parse_quantities(text)] == [(Decimal(value), unit) for value, unit in expected]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("36 months", "3 years", True),
        ("2 weeks", "14 days", True),
        ("50 cm", "0.5 m", True),
        ("1 month", "30 days", False),
        ("45 EUR", "45 USD", False),
        ("4.9", "EUR 4.9 million", True),
        ("NOK 5 per km", "NOK 5 per mile", False),
        ("3公里", "3000米", True),
    ],
)
def test_same_amount(a: str, b: str, same: bool) -> None:
    assert same_amount(parse_quantities(a)[0], parse_quantities(b)[0]) is same


def test_sentences_and_table_rows() -> None:
    text = "# Leave\n\nMr. Berg says: ask, e.g. HR. It is 4.5 days! OK?\n"
    text += "| a | b |\n|---|---|\n| 1 | 2 |\n\n员工有15天年假。病假另计。"
    assert split_sentences(text) == [
        "# Leave",
        "Mr. Berg says: ask, e.g. HR.",
        "It is 4.5 days!",
        "OK?",
        "| a | b |",
        "| 1 | 2 |",
        "员工有15天年假。",
        "病假另计。",
    ]
