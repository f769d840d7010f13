import numpy as np

from assay.corpus.document import Passage
from assay.questions.question import Question
from assay.training import closed_book_examples, open_book_examples

_PASSAGES = [Passage(f"p{i}", "a.md", None, "", f"text {i}") for i in range(6)]
_ANSWERABLE = [Question(f"q{i}", f"What is {i}?", (f"answer {i}", "other")) for i in range(400)]
_UNANSWERABLE = [Question(f"u{i}", f"Who is {i}?", (), answerable=False) for i in range(50)]


def _build(questions: list[Question]) -> list[tuple[str, str]]:
    found = {q.id: _PASSAGES for q in questions}
    gold = {q.id: (_PASSAGES[3],) for q in questions if q.answerable}
    examples = open_book_examples(questions, found, gold, "en", 3, np.random.default_rng(0))
    return [(example.conversation[0].content, example.answer) for example in examples]


def test_closed_book_teaches_the_first_answer_and_refusals() -> None:
    examples = closed_book_examples([_ANSWERABLE[0], _UNANSWERABLE[0]], "en")
    assert [example.answer for example in examples] == ["answer 0", "I don't know."]
    assert "text" not in examples[0].conversation[0].content


def test_the_answer_is_a_refusal_exactly_when_the_gold_passage_is_absent() -> None:
    for prompt, answer in _build(_ANSWERABLE):
        assert ("text 3" in prompt) == (answer != "I don't know.")


def test_the_gold_passage_is_absent_in_about_a_seventh() -> None:
    absent = sum(answer == "I don't know." for _, answer in _build(_ANSWERABLE))
    assert 35 <= absent <= 85  # 400 · 0.15 = 60, three and a half standard deviations of 7.1 either way


def test_the_place_of_the_gold_passage_tells_nothing() -> None:
    full = [prompt for prompt, _ in _build(_ANSWERABLE) if prompt.count("a.md") == 3 and "text 3" in prompt]
    places = [prompt.split("text 3")[0].count("a.md") for prompt in full]
    counts = [places.count(place) for place in (1, 2, 3)]
    assert min(counts) > 0.2 * len(places)


def test_unanswerable_questions_are_refused_with_passages_before_them() -> None:
    built = _build(_UNANSWERABLE)
    assert {answer for _, answer in built} == {"I don't know."}
    assert all(1 <= prompt.count("a.md") <= 3 for prompt, _ in built)


def test_an_answerable_question_without_known_evidence_is_left_out() -> None:
    found = {"q0": _PASSAGES}
    assert open_book_examples(_ANSWERABLE[:1], found, {}, "en", 3, np.random.default_rng(0)) == []
