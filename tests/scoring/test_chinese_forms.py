"""One form for what Chinese writes in several; the expected ones are written by hand."""

import pytest

from assay.questions.question import Question
from assay.scoring import score_answer
from assay.scoring.normalise import normalise


@pytest.mark.parametrize(
    ("written", "also", "expected"),
    [
        ("三个半小时", "3 个半小时", "3.5个小时"),
        ("一年半", "1.5年", "1.5年"),
        ("半小时", "0.5 小时", "0.5小时"),
        ("零下二十五度", "-25 度", "-25度"),
        ("零下60℃", "-60 °C", "-60摄氏度"),
        ("设定为-60℃", "设定为零下六十摄氏度", "设定为-60摄氏度"),
        ("零下 15 至 10 ℃", "-15 至 10℃", "-15至10摄氏度"),
        ("星期三", "礼拜三", "周三"),
        ("星期天", "周日", "周日"),
        ("晚上九点半", "21:30", "21 30"),
        ("下午三点一刻", "15时15分", "15 15"),
        ("上午 10 点", "10:00", "10 00"),
        ("早8点到晚6点", "8:00到18:00", "8 00至18 00"),
        ("4,720 万元", "四千七百二十万元", "47200000元"),
        ("1,234,567 元", "1234567元", "1234567元"),
    ],
)
def test_two_ways_of_writing_are_one(written: str, also: str, expected: str) -> None:
    assert normalise(written, "zh") == normalise(also, "zh") == expected
    assert normalise(expected, "zh") == expected


@pytest.mark.parametrize(
    "text", ["上半年", "下半年", "半年报", "第3点", "三点要求", "24小时", "0.4个百分点", "每星期", "分机8516"]
)
def test_what_only_looks_alike_stays(text: str) -> None:
    assert normalise(text, "zh") == text


@pytest.mark.parametrize(
    ("answer", "accepted", "is_right"),
    [
        ("温度是8度", "8℃", True),
        ("60℃", "零下60℃", False),
        ("要提前一年半", "18个月", True),
        ("9:30", "21:30", False),
        ("晚上9点半以后", "21:30", True),
        ("营业收入为4720万元", "4,720 万元", True),
        ("营业收入为720万元", "4,720 万元", False),
        ("答案是不能。", "不能", True),
        ("答案是不需要。", "需要", False),
        ("是的，需要。", "需要", True),
        ("不是的，不需要。", "不需要", True),
    ],
)
def test_marks_as_a_reader_would(answer: str, accepted: str, is_right: bool) -> None:
    assert score_answer(answer, Question("q", "什么？", (accepted,))).correct is is_right
