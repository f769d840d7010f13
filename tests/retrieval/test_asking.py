import pytest

from assay.retrieval.asking import words_to_find


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What is the notice period for interns?", "notice period interns"),
        ("Who runs IT in the US?", "runs IT US"),
        ("Who is who?", "Who is who?"),  # nothing else to find
        ("What is it?", "What is it?"),
        ("QX-4711", "QX 4711"),
        ("It's 3.5 kg, isn't it?", "3 5 kg isn"),
        ("", ""),
    ],
)
def test_words_of_grammar_are_not_searched(question: str, words: str) -> None:
    assert words_to_find(question) == words


def test_chinese_words_of_grammar_are_not_searched() -> None:
    assert words_to_find("年休假有多少天？").split() == ["休假", "年休假", "天"]
    assert words_to_find("差旅费的报销标准是什么").split() == ["差旅", "旅费", "差旅费", "报销", "标准"]
