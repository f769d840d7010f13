import pytest

from assay.corpus import count_tokens, decode_text, detect_language
from assay.corpus.encoding import decode_declared
from assay.corpus.sheets import split_row, tidy_sheets

_CHINESE = "第一条 员工每年享有十五天带薪年假，工作满五年者增加三天。"
_TRADITIONAL = "第一條 員工每年享有十五天帶薪年假，工作滿五年者增加三天。休假應經單位同意。"
_JAPANESE = "年次有給休暇とは、労働者の心身のリフレッシュを図ることを目的とした休暇です。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
def test_chinese_is_decoded_whatever_its_encoding(encoding: str) -> None:
    assert decode_text(_CHINESE.encode(encoding)) == _CHINESE


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_western_text_is_decoded(encoding: str) -> None:
    text = "Käse für Zoë: 25 € – “naïve” façade"
    assert decode_text(text.encode(encoding)) == text


def test_the_legacy_encodings_of_east_asia_are_told_apart() -> None:
    assert decode_text(_TRADITIONAL.encode("big5")) == _TRADITIONAL
    assert decode_text(_JAPANESE.encode("shift_jis")) == _JAPANESE
    assert decode_text("名前,年齢\r\n佐藤太郎,30\r\n".encode("cp932")).startswith("名前,年齢\n佐藤太郎")


def test_english_in_two_bytes_a_character_without_a_mark() -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        assert decode_text("Annual leave\r\nis 25 days.".encode(encoding)) == "Annual leave\nis 25 days."


def test_plain_words_are_not_taken_for_chinese_in_two_bytes() -> None:
    text = "Bush hid the facts"  # as UTF-16 it would be nine rare Chinese characters
    assert decode_text(text.encode()) == text
    assert decode_text("Über den Fluß hin zäh".encode("cp1252")) == "Über den Fluß hin zäh"


def test_a_declared_encoding_stands_for_its_superset() -> None:
    assert decode_declared("朱镕基".encode("gb18030"), "GB2312") == "朱镕基"
    assert decode_declared(b"25 \x80", "iso-8859-1") == "25 €"
    with pytest.raises(LookupError):
        decode_declared(b"x", "no-such")


def test_newlines_are_unified_and_bytes_that_are_no_text_are_refused() -> None:
    assert decode_text(b"a\r\nb\rc\n") == "a\nb\nc\n"
    with pytest.raises(UnicodeError):
        decode_text(b"\x00\x01\x02")


def test_language() -> None:
    assert detect_language(["Annual leave is 25 days.", "See 年假."]) == "en"
    assert detect_language(["员工每年有 15 天年假（annual leave）。"]) == "zh"
    assert detect_language([]) == "en"


def test_tokens_by_hand() -> None:
    # 1 + 1 for two short words, 2 for a word of nine letters, 2 for four digits, 1 for the full stop
    assert count_tokens("The new allowance 2025.") == 7
    assert count_tokens("年假15天。") == 5  # four characters and marks, and one for two digits
    assert count_tokens(" \n") == 0


def test_sheets_get_their_titles_and_are_parted_at_blank_rows() -> None:
    raw = (
        "## Shipping\n\n| Shipping 2025 |  |  |\n| --- | --- | --- |\n|  |  |  |\n| Zone | EUR |  |\n| A | 19 |  |\n"
        "|  |  |  |\n| Term | Value |  |\n| From | 2025-01-02 00:00:00 |  |\n"
    )
    assert tidy_sheets(raw) == (
        "## Shipping\n\n### Shipping 2025\n\n| Zone | EUR |\n| --- | --- |\n| A | 19 |\n\n"
        "| Term | Value |\n| --- | --- |\n| From | 2025-01-02 |"
    )


def test_cells_may_hold_bars() -> None:
    assert split_row("| a \\| b | c |") == ["a | b", "c"]
