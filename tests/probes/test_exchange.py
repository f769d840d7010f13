"""Answers exchanged: another one of the same kind in the same form, or none."""

import re

import numpy as np
import pytest

from assay.probes import exchange

_MANY = range(50)


def _exchanged(answer: str, question: str = "What is it?") -> set[str | None]:
    return {exchange(answer, question, np.random.default_rng(seed)) for seed in _MANY}


@pytest.mark.parametrize(
    ("answer", "form"),
    [
        ("EUR 1,100", r"EUR \d,\d00|EUR \d00"),  # as round as it was
        ("37.5 hours", r"\d+\.\d hours"),
        ("45%", r"([1-9]\d?|100)%"),
        ("90 percent", r"([1-9]\d?|100) percent"),
        ("1974", r"19[5-9]\d"),
        ("1851年", r"18[3-7]\d年"),
        ("three months", r"(two|[a-z]+) months"),
        ("Four", r"[A-Z][a-z]+"),
        ("9 May", r"9 [A-Z][a-z]+"),
        ("14 March 2025", r"14 [A-Z][a-z]+ 2025"),
        ("Tuesday", r"[A-Z][a-z]+day"),
        ("Finnish", r"[A-Z][a-z]+"),
        ("Terna", r"[A-Z][a-z]+"),
        ("Port Dunmarrow", r"Port [A-Z][a-z]+"),
        ("Bank of Skerrivald", r"Bank of [A-Z][a-z]+"),
        ("16 GB", r"\d+ GB"),
        ("20天", r"\d+天"),
        ("三个月", r"[两四五六七八九]个月"),
        ("2024年3月5日", r"2024年\d+月5日"),
        ("星期二", r"星期[一三四五六]"),
        ("12.5万元", r"\d+\.\d万元"),
        ("长风银行", r".{2}银行"),
        ("临江市", r".{2}市"),
    ],
)
def test_keeps_kind_and_form(answer: str, form: str) -> None:
    for new in _exchanged(answer):
        assert new is not None
        assert new != answer
        assert re.fullmatch(form, new), new


def test_people_are_exchanged_for_people() -> None:
    assert all(
        re.fullmatch("[A-Z][a-z]+ [A-Z][a-z]+", new or "") for new in _exchanged("Odile Ferrandet", "Who is it?")
    )
    assert all(re.fullmatch("[\u4e00-\u9fff]{3}", new or "") for new in _exchanged("李建国", "负责人是谁？"))


@pytest.mark.parametrize(
    "answer",
    [
        "RS-232", "E11", "PT-8990", "77-1105", "+31 00 500 1963", "0178", "3.1.4", "09:30", "exFAT", "TALLY", ".drf",
        "1 day", "Tuesdays and Fridays", "March and October", "33 and 210 kHz", "six or seven weeks", "1950s",
        "in writing to the people team", "by 2 of the 3 or more managers", "yes", "Board approval is needed",
        "公司", "高速公路", "1950年代", "英国工党于 1997 年当选组建政府", "经理批准后", "李建国", "第二条",
    ],
)  # fmt: skip
def test_what_cannot_be_exchanged_is_left(answer: str) -> None:
    assert _exchanged(answer) == {None}


def test_the_same_seed_gives_the_same_exchange() -> None:
    assert exchange("EUR 90", "?", np.random.default_rng(3)) == exchange("EUR 90", "?", np.random.default_rng(3))
    assert len(_exchanged("EUR 90")) > 5
