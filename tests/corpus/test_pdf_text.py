from assay.corpus.cleaning import strip_repeated_lines
from assay.corpus.pdf_text import render_pdf_pages

_FULL = "This line of the page is as long as the page is wide, and so it goes on to the"  # 78 columns


def _render(*lines: str) -> str:
    return render_pdf_pages(["\n".join([*lines, "", *[_FULL] * 6])])[0].split(f"\n\n{_FULL} {_FULL}")[0]


def test_full_lines_are_joined_and_short_lines_end_the_paragraph() -> None:
    assert _render(_FULL, "next line.", _FULL, "end.") == f"{_FULL} next line.\n\n{_FULL} end."


def test_numbered_lines_are_headings_by_depth() -> None:
    assert (
        _render("3 Getting there", "3.1 Trains", _FULL, "end.") == f"# 3 Getting there\n\n## 3.1 Trains\n\n{_FULL} end."
    )
    assert _render("第二章 总则", _FULL, "end.").startswith("## 第二章 总则\n")
    assert _render("一、总体要求", _FULL, "end.").startswith("### 一、总体要求\n")


def test_lists_dates_and_amounts_are_no_headings() -> None:
    assert (
        _render("1. Open the case", "2. Press the key", "3. Wait")
        == "- 1. Open the case\n\n- 2. Press the key\n\n- 3. Wait"
    )
    assert not _render("6 月末余额 同比增速", _FULL, "end.").startswith("#")
    assert not _render("Net income $ 680 $ 2,464", _FULL, "end.").startswith("#")


def test_a_short_line_above_a_paragraph_is_a_heading() -> None:
    assert _render("In-Network Providers", _FULL, "end.").startswith("###### In-Network Providers\n")
    filled = _FULL[:-1] + "."
    assert "\n\n###### Next Steps\n\n" in _render(filled, "Next Steps", _FULL, "end.")


def test_short_lines_in_a_row_stay_lines() -> None:
    assert _render("Meal Norway Abroad", "Lunch NOK 235 NOK 290") == "Meal Norway Abroad  \nLunch NOK 235 NOK 290"


def test_bullets_become_items_and_chinese_lines_join_without_a_space() -> None:
    assert _render("• Lock the case", "• Keep the key") == "- Lock the case\n\n- Keep the key"
    assert _render("员" * 39, "工年假。") == "员" * 39 + "工年假。"


def test_edge_lines_on_most_pages_go_except_the_first_time() -> None:
    pages = [f"Acme | Version 2\nText {'abcde'[number]}\nBody\nMore\nPage {number + 1} of 5" for number in range(5)]
    cleaned = strip_repeated_lines(pages)
    assert cleaned[0].startswith("Acme | Version 2\nText a") and not cleaned[1].startswith("Acme")
    assert not any("Page" in page for page in cleaned)


def test_rows_with_equal_words_and_other_amounts_are_no_footer() -> None:
    pages = [
        f"Form\nText {days}\nCountry Days\nNorway {days}\n{page}" for page, days in enumerate([20, 25, 15, 30], start=1)
    ]
    cleaned = strip_repeated_lines(pages)
    assert [page.split("\n")[-2:] for page in cleaned] == [["Country Days", f"Norway {n}"] for n in (20, 25, 15, 30)]


def test_lines_that_differ_or_stand_inside_a_page_stay() -> None:
    rows = "\n".join(f"Filler {'x' * number}" for number in range(4))
    pages = [f"{rows}\nLimit 100\n{rows}" for _ in range(4)]
    assert all("Limit 100" in page for page in strip_repeated_lines(pages))
    assert strip_repeated_lines(["Only", "Two"]) == ["Only", "Two"]
    assert strip_repeated_lines(["same", "same"]) == ["same", "same"]  # a page is never emptied
