from assay.words import message
from assay.words.page_words import drill_word, has_word, label_word, word


def test_fills_in_values() -> None:
    assert word("questions.page", "en", page=3) == "p. 3"
    assert word("questions.page", "zh", page=3) == "第 3 页"


def test_a_page_says_its_own_variant_first() -> None:
    assert message("cause.retrieval", "en") == "right with the right page: retrieval failed"
    assert word("cause.retrieval", "en") == "Retrieval"
    assert word("cell.none/tuned", "en") == "fine-tuning"
    assert label_word("col.p50", "en") == "A text"
    assert label_word("gap.retrieval", "zh") == word("gap.retrieval", "zh") == "检索"
    assert drill_word("nav.result", "en") == "Result"


def test_knows_what_it_has_words_for() -> None:
    assert has_word("cell.all right") and has_word("encoder.en") and not has_word("cell.none/unheard-of")
