"""The package's probe set is whole and fair, and a user's file is read like any file of questions."""

from collections import Counter
from importlib import resources
from pathlib import Path

import pytest

from assay.errors import InputError
from assay.probes import general_probes, read_probes
from assay.scoring import language_of

# What a good answer looks like where the accepted one is only a part of it.
_WHOLE = {
    "en-format-1": "RIVER",
    "en-format-2": "White.",
    "en-format-3": "red, blue, green",
    "en-format-4": '{"city": "Berlin"}',
    "en-format-5": "The rain fell all night.",
    "zh-format-1": "白。",
    "zh-format-2": "苹果，香蕉，梨",
    "zh-format-3": '{"城市": "巴黎"}',
    "zh-format-4": "昨天夜里下了一场大雨。",
}
_PROBES = general_probes().probes


def test_the_set_comes_with_the_package() -> None:
    assert resources.files("assay.probes").joinpath("general.jsonl").is_file()
    assert Counter(probe.lang for probe in _PROBES) == {"en": 70, "zh": 70}
    assert set(Counter((probe.lang, probe.category) for probe in _PROBES).values()) == {7}
    assert len({probe.question.id for probe in _PROBES}) == len({probe.question.text for probe in _PROBES}) == 140


def test_a_good_answer_is_right_and_the_question_repeated_is_not() -> None:
    for probe in _PROBES:
        id, answer = probe.question.id, probe.question.answers[0]
        sentence = f"The answer is {answer}." if probe.lang == "en" else f"答案是{answer}。"
        assert probe.is_right(_WHOLE.get(id, sentence)), id
        assert language_of(probe.question.text) == probe.lang, id
        if probe.category not in ("logic", "format"):  # these name the answer among others, or ask to repeat it
            assert not probe.is_right(probe.question.text), id
        assert not probe.is_right("I don't know." if probe.lang == "en" else "我不知道。"), id


@pytest.mark.parametrize(
    ("id", "text"),
    [
        ("en-format-1", "The word in capital letters is river."),
        ("en-format-2", "Snow is white."),
        ("en-format-3", "1. Red\n2. Blue\n3. Green"),
        ("en-format-4", "The capital of Germany is Berlin."),
        ("en-format-5", "rain"),
        ("zh-format-1", "雪是白色的。"),
        ("zh-format-2", "苹果、香蕉"),
        ("zh-format-3", "巴黎"),
        ("zh-format-4", "下雨。"),
    ],
)
def test_the_form_counts_where_it_was_asked_for(id: str, text: str) -> None:
    (probe,) = (probe for probe in _PROBES if probe.question.id == id)
    assert not probe.is_right(text)


def test_a_file_of_the_users_is_read_like_questions(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text(
        "question,answers,document\nWho wrote Faust?,Goethe,books.md\n谁写了《红楼梦》？,曹雪芹,\n", "utf-8"
    )
    first, second = read_probes(file).probes
    assert (first.category, first.lang, second.lang) == ("books.md", "en", "zh")
    assert second.category == second.question.id
    assert first.is_right("It was Goethe.")


def test_problems_of_the_users_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        read_probes(tmp_path / "missing.jsonl")
    (tmp_path / "bad.csv").write_text("question,answers\nWho?,\n", "utf-8")
    with pytest.raises(InputError, match="row 2: there are no accepted answers"):
        read_probes(tmp_path / "bad.csv")
