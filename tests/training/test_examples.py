from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assay.corpus.document import Passage
from assay.models import Conversation, Message
from assay.questions.question import Question
from assay.training import TrainingExample, closed_book_examples, document_examples, open_book_examples

_PASSAGES = [Passage(f"p{i}", "a.md", None, "", f"text {i}") for i in range(6)]
_ANSWERABLE = [Question(f"q{i}", f"What is {i}?", (f"answer {i}", "other")) for i in range(400)]
_UNANSWERABLE = [Question(f"u{i}", f"Who is {i}?", (), answerable=False) for i in range(50)]


def _build(questions: list[Question], seed: int = 0) -> list[tuple[str, str]]:
    found = {q.id: _PASSAGES for q in questions}
    gold = {q.id: (_PASSAGES[3],) for q in questions if q.answerable}
    examples = open_book_examples(questions, found, gold, "en", 3, np.random.default_rng(seed))
    return [(example.conversation[0].content, example.answer) for example in examples]


def test_closed_book_teaches_the_first_answer_and_refusals() -> None:
    examples = closed_book_examples([_ANSWERABLE[0], _UNANSWERABLE[0]], "en")
    assert [example.answer for example in examples] == ["answer 0", "I don't know."]
    assert "text" not in examples[0].conversation[0].content


def test_the_answer_is_a_refusal_exactly_when_the_gold_passage_is_absent() -> None:
    for prompt, answer in _build(_ANSWERABLE):
        assert ("text 3" in prompt) == (answer != "I don't know.")


def test_examples_are_asked_as_told() -> None:
    def ask(question: Question, passages: Sequence[Passage]) -> Conversation:
        return (Message("user", f"{question.id}|{','.join(sorted(p.id for p in passages))}"),)

    asked = _ANSWERABLE[:40]
    memory = closed_book_examples(asked, "en", ask)
    assert [example.conversation[0].content for example in memory] == [f"{q.id}|" for q in asked]
    found, gold = {q.id: _PASSAGES for q in asked}, {q.id: (_PASSAGES[3],) for q in asked}
    rng = np.random.default_rng(0)
    reading = open_book_examples(asked, found, gold, "en", 3, rng, lambda it: len(it[0].content) < 12, ask)
    said = [example.conversation[0].content for example in reading]
    assert [one.split("|")[0] for one in said] == [q.id for q in asked]
    assert sum("p3" in one for one in said) == sum(example.answer != "I don't know." for example in reading)
    assert max(map(len, said)) < 12 and any(example.n_dropped for example in reading)  # what is asked is what must fit


def test_a_twentieth_is_to_be_refused_where_no_question_is_unanswerable() -> None:
    absent = sum(answer == "I don't know." for _, answer in _build(_ANSWERABLE))
    assert 5 <= absent <= 36  # 400 · 0.05 = 20, three and a half standard deviations of 4.4 either way


def test_gold_passages_stay_where_enough_questions_are_unanswerable() -> None:
    # 50 of 450 are more than a twentieth.
    assert sum(answer == "I don't know." for _, answer in _build([*_ANSWERABLE, *_UNANSWERABLE])) == 50
    # 10 of 410 are 2.4%: 2.6% more of the answerable ones, about 11 (3.3), lose their passage.
    assert 1 <= sum(answer == "I don't know." for _, answer in _build([*_ANSWERABLE, *_UNANSWERABLE[:10]])) - 10 <= 22


def test_questions_of_one_passage_read_the_same_in_the_same_order() -> None:
    def build(gold: dict[str, tuple[Passage, ...]]) -> list[TrainingExample]:
        found = {q.id: _PASSAGES for q in [*_ANSWERABLE, *_UNANSWERABLE]}
        return open_book_examples([*_ANSWERABLE, *_UNANSWERABLE], found, gold, "en", 3, np.random.default_rng(0))

    examples = build({q.id: (_PASSAGES[i % 3],) for i, q in enumerate(_ANSWERABLE)})
    read = {(e.source, e.conversation[0].content.split("Question:")[0]) for e in examples if e.source}
    assert sorted(source for source, _ in read) == ["p0", "p1", "p2"]  # one beginning a source
    refused = {e.conversation[0].content.split("Question:")[0] for e in examples if not e.source}
    assert len(refused) == 9  # each of its own: one, two or three of three distractors in 1, 2 and 6 orders


def test_askers_of_other_groups_read_apart() -> None:
    asked = [replace(q, groups=(group,)) for q, group in zip(_ANSWERABLE[:2], ("hr", "staff"), strict=True)]
    found = {asked[0].id: _PASSAGES, asked[1].id: _PASSAGES[3:]}
    gold = {q.id: (_PASSAGES[3],) for q in asked}
    for seed in range(20):
        examples = open_book_examples(asked, found, gold, "en", 3, np.random.default_rng(seed))
        assert not any(f"text {i}" in examples[1].conversation[0].content for i in range(3))


def test_what_does_not_fit_loses_its_last_distractors() -> None:
    found, gold = {"q0": _PASSAGES}, {"q0": (_PASSAGES[3],)}

    def build(most: int) -> TrainingExample:
        fits = lambda conversation: conversation[0].content.count("a.md") <= most  # noqa: E731
        rng = np.random.default_rng(4)  # three passages
        return open_book_examples(_ANSWERABLE[:1], found, gold, "en", 3, rng, fits)[0]

    whole, shorter, bare = build(3), build(2), build(0)
    assert [whole.n_dropped, shorter.n_dropped, bare.n_dropped] == [0, 1, 2]
    places = [whole.conversation[0].content.find(f"text {i}") for i in (0, 1)]
    last, first = (0, 1) if places[0] > places[1] else (1, 0)
    assert f"text {last}" not in shorter.conversation[0].content
    assert f"text {first}" in shorter.conversation[0].content
    assert "text 3" in bare.conversation[0].content


def test_documents_are_learnt_passage_by_passage() -> None:
    passages = [Passage("p", "a.md", None, "Leave", "Nine days."), _PASSAGES[0]]
    assert [(e.conversation, e.answer) for e in document_examples(passages)] == [
        ((), "Leave\nNine days."),
        ((), "text 0"),
    ]


def test_the_place_of_the_gold_passage_tells_nothing() -> None:
    built = [_build(_ANSWERABLE[:1], seed) for seed in range(600)]
    full = [prompt for ((prompt, _),) in built if prompt.count("a.md") == 3 and "text 3" in prompt]
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
