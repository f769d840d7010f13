from pathlib import Path

import pytest

from assay.corpus import Corpus, Document, Page, Passage, build_corpus, split_document
from assay.corpus.neighbours import expand, neighbours

COMPANY = Path(__file__).parents[2] / "examples" / "skerrivald" / "documents"


def _corpus(*pages: str, max_tokens: int = 40) -> Corpus:
    document = Document("a.md", "Guide", "", tuple(Page(number, text) for number, text in enumerate(pages, start=1)))
    return Corpus((document,), tuple(split_document(document, max_tokens)), (), "")


def _letters(text: str) -> list[str]:
    return [character for character in text if character.isalnum()]


def _holds(source: str, text: str) -> bool:
    rest = iter(source)
    return all(any(character == letter for character in rest) for letter in _letters(text))


def _check_spans(corpus: Corpus) -> None:
    assert corpus.passages
    for passage in corpus.passages:
        source = corpus.page_texts[passage.document, passage.page][passage.start : passage.end]
        own = passage.text.partition("\n")[2]
        assert _holds(source, passage.text) or (own and _holds(source, own)), passage


@pytest.mark.skipif(not COMPANY.is_dir(), reason="the example's documents are not rendered")
@pytest.mark.parametrize("max_tokens", [32, 160])
def test_the_span_of_every_passage_of_the_example_holds_its_words(max_tokens: int) -> None:
    _check_spans(build_corpus(COMPANY, max_tokens))


@pytest.mark.parametrize("max_tokens", [32, 64, 160])
def test_spans_in_every_format(folder: Path, max_tokens: int) -> None:
    _check_spans(build_corpus(folder, max_tokens))


def test_a_span_is_tight_where_the_markdown_is_plain() -> None:
    sentences = [f"Sentence number {number} says that ferries leave at {number} o'clock." for number in range(8)]
    corpus = _corpus("# Ferries\n\n" + " ".join(sentences))
    assert len(corpus.passages) > 1
    for passage in corpus.passages:
        page = corpus.page_texts["a.md", 1]
        assert page[passage.start : passage.end].strip() == passage.text


def test_spans_reach_over_marks_links_comments_and_tables() -> None:
    rows = "\n".join(f"| **Port {name}** | [{number} boats](http://b.example/{number}) |" for number, name in
                     enumerate("ABCDEFGHIJ"))  # fmt: skip
    links = " ".join(f"See [page {n}](http://a.example/{n}) <!-- note {n} --> &amp; `code {n}`." for n in range(12))
    corpus = _corpus(f"<!-- top\n\n# no heading -->\n# Ports\n\n| Port | Boats |\n| --- | --- |\n{rows}\n\n{links}\n")
    _check_spans(corpus)
    first = corpus.passages[0]
    assert corpus.page_texts["a.md", 1][first.start :].startswith("| Port | Boats |")


def test_neighbours_stay_in_the_section_or_on_the_page() -> None:
    words = " ".join(f"Word{number} follows word." for number in range(20))
    corpus = _corpus(f"# One\n\n{words}\n\n# Two\n\nShort text here.", "# Three\n\nAnother page.")
    ones = [passage for passage in corpus.passages if passage.heading.endswith("One")]
    two = next(passage for passage in corpus.passages if passage.heading.endswith("Two"))
    assert len(ones) >= 3
    assert neighbours(ones[1], corpus) == ones[:3]
    assert neighbours(ones[0], corpus) == ones[:2]
    assert neighbours(ones[-1], corpus, 1) == ones[-2:]
    assert neighbours(ones[-1], corpus, 1, "page") == [*ones[-2:], two]
    assert neighbours(two, corpus, 5) == [two]
    assert expand(two, corpus, 5) == two
    assert neighbours(two, corpus, 100, "page") == [*ones, two]


def test_joined_text_is_the_section_as_it_was() -> None:
    words = " ".join(f"Word{number} follows word." for number in range(20))
    corpus = _corpus(f"# One\n\n{words}")
    whole = expand(corpus.passages[1], corpus, 100)
    assert whole.text == words and whole.id == corpus.passages[1].id
    assert corpus.page_texts["a.md", 1][whole.start : whole.end].strip() == words


def test_chinese_sentences_are_joined_without_a_space() -> None:
    text = "".join(f"第{number}条规定员工每年有十五天年假，另有探亲假。" for number in "一二三四五六七八")
    corpus = _corpus(text)
    assert len(corpus.passages) > 2
    assert expand(corpus.passages[0], corpus, 100).text == text


def test_the_header_of_a_joined_table_stands_once() -> None:
    rows = [f"| Norway {number} | {number} days of leave a year |" for number in range(12)]
    corpus = _corpus("\n".join(["| Country | Days |", "| --- | --- |", *rows]))
    assert all(passage.text.startswith("Country | Days\n") for passage in corpus.passages)
    text = expand(corpus.passages[1], corpus, 100).text
    assert text.split("\n") == ["Country | Days", *(row.strip("| ") for row in rows)]


def test_list_items_stay_on_lines_of_their_own() -> None:
    items = [f"- Item {number} is to be packed into the box with the others." for number in range(8)]
    corpus = _corpus("\n".join(items))
    assert len(corpus.passages) > 1
    assert expand(corpus.passages[0], corpus, 100).text == "\n".join(items)


def test_another_heading_of_the_page_is_named() -> None:
    corpus = _corpus("# One\n\nFirst.\n\n# Two\n\nSecond.")
    assert expand(corpus.passages[0], corpus, 1, "page").text == "First.\n\nTwo\n\nSecond."


def test_a_passage_of_another_corpus() -> None:
    with pytest.raises(KeyError):
        neighbours(Passage("x", "b.md", None, "", "text"), _corpus("Text."))
