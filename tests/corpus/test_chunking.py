import random
import re

import pytest

from assay.corpus import Document, Page, Passage, count_tokens, split_document


def _document(*pages: str, title: str = "Leave") -> Document:
    return Document("leave.pdf", title, "0", tuple(Page(number, text) for number, text in enumerate(pages, start=1)))


def _split(*pages: str, max_tokens: int = 40) -> list[Passage]:
    return split_document(_document(*pages), max_tokens)


def test_headings_make_the_path_and_are_carried_over_pages() -> None:
    passages = _split("# Leave\n\nOne.\n\n## Annual\n\nTwo.", "Three.\n\n## Sick\n\nFour.\n\n# Pay\n\nFive.")
    assert [(p.page, p.heading, p.text) for p in passages] == [
        (1, "Leave", "One."),
        (1, "Leave > Annual", "Two."),
        (2, "Leave > Annual", "Three."),
        (2, "Leave > Sick", "Four."),
        (2, "Leave > Pay", "Five."),  # the document's title leads every path
    ]


def test_paragraphs_and_items_are_packed_into_even_pieces() -> None:
    # Four paragraphs of 15 tokens (14 words and a full stop) under a limit of 40: two and two, not three and one.
    paragraph = " ".join(["word"] * 14) + "."
    passages = _split("\n\n".join([paragraph] * 4))
    assert [p.text for p in passages] == [f"{paragraph}\n\n{paragraph}"] * 2
    assert [p.text for p in _split("Take:\n\n- a bag\n- a cap")] == ["Take:\n- a bag\n- a cap"]


def test_every_piece_of_a_table_begins_with_its_header() -> None:
    rows = "\n".join(f"| Place {number} | {number} days |" for number in range(20))
    passages = _split(f"Before.\n\n| Country | Leave |\n| --- | --- |\n{rows}\n\nAfter.")
    tables = [p.text for p in passages if "days" in p.text]
    assert len(tables) > 2
    assert all(re.match(r"(Before\.\n)?Country \| Leave\nPlace", text) for text in tables)
    assert re.findall(r"Place (\d+)", "".join(tables)) == [str(number) for number in range(20)]


def test_rows_of_a_pdf_table_stay_lines_and_repeat_the_first() -> None:
    rows = ["Grade Oslo Abroad", *(f"Grade {number} NOK {number}50 NOK {number}80" for number in range(12))]
    passages = _split("  \n".join(rows))
    assert len(passages) > 1 and all(p.text.startswith("Grade Oslo Abroad\n") for p in passages)


def test_long_text_is_cut_between_sentences_then_words_then_characters() -> None:
    sentences = _split("The first sentence has seven words. " * 9)
    assert all(p.text.endswith(".") and p.text.startswith("The") for p in sentences)
    words = _split("word " * 100)
    assert [len(p.text.split()) for p in words] == [40, 40, 20]
    assert "".join(p.text for p in _split("x" * 1000)) == "x" * 1000
    chinese = _split("员工每年有十五天年假。" * 9)
    assert (
        all(p.text.endswith("。") for p in chinese) and "".join(p.text for p in chinese) == "员工每年有十五天年假。" * 9
    )


def test_pieces_without_words_are_left_out() -> None:
    assert _split("***\n\n—\n\n| | |\n| --- | --- |\n") == []


def test_marks_are_taken_off_but_code_and_plain_signs_stay() -> None:
    text = "**Bold** and *soft* [link](http://a.b/c_(d)) `code` 5 * 3 * 2 snake_case a\\_b &amp; <br>x <!-- gone -->"
    assert [p.text for p in _split(text)] == ["Bold and soft link code 5 * 3 * 2 snake_case a_b & x"]
    assert [p.text for p in _split("```\n# not a heading\n```")] == ["# not a heading"]


def test_ids_tell_repeated_text_apart_and_do_not_depend_on_neighbours() -> None:
    passages = _split("## A\n\nSame.\n\n## A\n\nSame.\n\n## B\n\nSame.")
    assert len({p.id for p in passages}) == 3
    alone = _split("## B\n\nSame.")
    assert alone[0].id == passages[2].id


@pytest.mark.parametrize("seed", range(20))
def test_no_passage_is_too_long_and_no_word_is_lost(seed: int) -> None:
    rng = random.Random(seed)
    words = [f"w{number}{rng.choice(['', '.', ',', ' 中文。', ' 12,500', 'long' * 30])}" for number in range(400)]
    markdown = ""
    for word in words:
        markdown += word + rng.choice([" ", " ", " ", "\n", "\n\n", "  \n", "\n\n- ", " | "])
    passages = _split(markdown, max_tokens=rng.randint(32, 200))
    assert all(count_tokens(p.text) <= 200 for p in passages)
    found = re.findall(r"\bw\d+", " ".join(p.text for p in passages))
    assert set(found) == {re.match(r"w\d+", word).group() for word in words}  # type: ignore[union-attr]
