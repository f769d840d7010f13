"""Numbers with check digits are the standards' own examples or well-known test numbers."""

import pytest

from assay.checking import find_personal_data


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("email", "Write to anna.holm@skerrivald.no today."),
        ("email", "邮箱：zhang.wei@qq.com。"),
        ("email", "联系 ｌｉ＠ｃｏｍｐａｎｙ．ｃｎ"),
        ("email", "<o.neil+x@mail.co.uk>"),
        ("phone", "手机号13812345678"),
        ("phone", "联系电话：138-1234-5678"),
        ("phone", "拨打 +86 138 1234 5678"),
        ("phone", "座机 010-62345678"),
        ("phone", "(0571) 8812 3456"),
        ("phone", "call +47 22 34 56 78"),
        ("phone", "+44 20 7946 0958"),
        ("phone", "+1 (212) 555-0199"),
        ("phone", "212-555-0199"),
        ("phone", "Tel.: 020 7946 0958"),
        ("phone", "电话：６２３４５６７８"),
        ("id", "身份证号11010519491231002X"),  # the example of GB 11643-1999
        ("id", "证件 440524188001010014"),  # its other one
        ("id", "SSN 123-45-6789"),
        ("id", "护照号：E12345678"),
        ("card", "4111 1111 1111 1111"),
        ("card", "Amex 378282246310005"),
        ("card", "5500-0000-0000-0004"),
        ("account", "IBAN DE89 3704 0044 0532 0130 00 BIC"),  # the examples of the IBAN registry
        ("account", "GB82WEST12345698765432"),
        ("account", "NO93 8601 1117 947"),
    ],
)
def test_what_is_personal_is_found(kind: str, text: str) -> None:
    assert [datum.kind for datum in find_personal_data(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Order 4111 1111 1111 1112",  # the last digit does not check
        "110105194912310021",
        "11010519491331002X",  # there is no month 13
        "DE12 3456 7890 1234 5678 90",
        "serial 1234-5678-9012-3456",
        "IMEI 490154203237518",
        "part 123-456-7890123",
        "tracking 12345678901234567890",
        "on 2025-03-14 at 10:30",
        "2025年3月14日 12:30",
        "version 1.2.3.4 at 192.168.100.200",
        "ISBN 978-3-16-148410-0",
        "https://doi.org/10.1016/j.cell.2020.01.001",
        "EUR 12,345,678.90",
        "GDP 13812345678.50 元",
        "第13812345678号文件",
        "2.4-5.6 GHz, 7-10 days, 3:00-4:30",
        "Call 0800 123 456 or 1-800-555-0199",
        "客服 400-820-8820",
        "support@company.com, info@example.com, git@github.com:org/repo.git",
        "@mention user@localhost",
    ],
)
def test_what_only_looks_like_it_is_not(text: str) -> None:
    assert find_personal_data(text) == []


def test_a_number_ends_before_the_time_of_day() -> None:
    assert find_personal_data("Skarvesund +47 2255 0100 7.30 to 16.00") == [("phone", "+47 2255 0100")]


def test_each_is_named_once_and_by_one_kind() -> None:
    text = "卡号6222021234567890128，身份证11010519491231002X，再说一遍11010519491231002X，a.b@firma.no"
    assert find_personal_data(text) == [
        ("email", "a.b@firma.no"),
        ("id", "11010519491231002X"),
        ("card", "6222021234567890128"),
    ]
