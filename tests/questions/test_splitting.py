from collections import Counter
from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from assay.corpus import Corpus
from assay.errors import InputError
from assay.questions import Evidence, Question, QuestionSet, assign_splits, cluster_of
from assay.questions.exam import Exam
from assay.questions.normalising import words_of
from assay.questions.splitting import group_near_duplicates


def _set(*texts: str, n_unanswerable: int = 0) -> QuestionSet:
    questions = [
        Question(f"q{number}", text, () if number < n_unanswerable else ("a",), number >= n_unanswerable)
        for number, text in enumerate(texts)
    ]
    return QuestionSet(tuple(questions), "questions.csv", "0")


def _many(n: int, n_unanswerable: int = 0) -> QuestionSet:
    return _set(
        *(f"What holds for item{number} of list{number * 7}?" for number in range(n)), n_unanswerable=n_unanswerable
    )


def test_shares_and_strata() -> None:
    questions = assign_splits(_many(200, n_unanswerable=40), seed=1).questions
    counts = Counter((question.split, question.answerable) for question in questions)
    # 50, 15 and 35 per cent of 160 answerable and of 40 unanswerable questions
    assert counts == {
        ("test", True): 80, ("validation", True): 24, ("train", True): 56,
        ("test", False): 20, ("validation", False): 6, ("train", False): 14,
    }  # fmt: skip


def test_the_seed_decides_and_nothing_else() -> None:
    questions = _many(60)
    assert assign_splits(questions, seed=3) == assign_splits(questions, seed=3)
    assert assign_splits(questions, seed=3) != assign_splits(questions, seed=4)


def test_near_duplicates_stay_together() -> None:
    twins = [f"How many days of leave are there in place{number}?" for number in range(30)]
    turned = [f"In place{number}, how many days of leave are there?" for number in range(30)]  # the same words
    questions = assign_splits(_set(*twins, *turned), seed=0).questions
    assert all(questions[number].split == questions[number + 30].split for number in range(30))


def test_groups_agree_with_comparing_every_pair() -> None:
    texts = [
        "How much is the meal allowance for a long day in Norway this year?",
        "How much is the meal allowance for a long day in Norway this year, please?",
        "How much is the meal allowance for a long day in Japan this year?",
        "Who pays?",
        "pays who",
        "员工每年有多少天带薪年假可以休？",
        "员工每年有多少天带薪年假可以休呢？",
        "员工每年有多少天病假？",
    ]
    near = set()
    for first, second in combinations(range(len(texts)), 2):
        a, b = words_of(texts[first]), words_of(texts[second])
        shared, either = set(pairwise(a)) & set(pairwise(b)), set(pairwise(a)) | set(pairwise(b))
        if set(a) == set(b) or len(shared) / len(either) >= 0.8:
            near.add((first, second))
    assert near == {(0, 1), (3, 4), (5, 6)}
    assert group_near_duplicates(_set(*texts).questions) == [[0, 1], [2], [3, 4], [5, 6], [7]]


def test_given_splits_are_kept_and_half_given_ones_refused() -> None:
    given = tuple(
        Question(f"q{number}", f"Question {number}?", ("a",), split="test" if number < 10 else "train")
        for number in range(20)
    )
    questions = QuestionSet(given, "questions.csv", "0")
    assert assign_splits(questions, seed=5) is questions
    half = QuestionSet((*given, Question("q20", "One more?", ("a",))), "questions.csv", "0")
    with pytest.raises(InputError, match=r"20 of 21 questions have a split \(the first without is q20\)"):
        assign_splits(half, seed=5)


def test_few_test_questions_no_test_question_and_shares_that_leave_nothing() -> None:
    assert len(assign_splits(_many(12), seed=0).of_split("test")) == 6
    learnt = QuestionSet(tuple(replace(q, split="train") for q in _many(18).questions), "questions.csv", "0")
    with pytest.raises(InputError, match="none of its 18 questions is for the test: none has the split test"):
        assign_splits(learnt, seed=0)
    with pytest.raises(InputError, match="must be below 1"):
        assign_splits(_many(50), seed=0, test_share=0.8, validation_share=0.2)


def test_clusters() -> None:
    assert cluster_of(Question("q1", "Who?", ("a",))) == "q1"
    assert cluster_of(Question("q1", "Who?", ("a",), evidence=Evidence(page=2))) == "q1"
    spellings = ("HR/Leave.pdf", "hr\\leave.pdf", "./hr/leave.pdf ")
    clusters = {cluster_of(Question("q", "Who?", ("a",), evidence=Evidence(spelling))) for spelling in spellings}
    assert clusters == {"hr/leave.pdf"}


def test_what_no_person_wrote_is_never_drawn_into_the_test() -> None:
    written = _many(40).questions
    drafted = [replace(q, id=f"d{q.id}", text=f"Tell me: {q.text}", origin="drafted") for q in _many(80).questions[40:]]
    near = replace(written[0], id="p0", text=written[0].text + " Please?", origin="paraphrased")
    questions = QuestionSet((*written, *drafted, near), "questions.csv", "0")
    for seed in range(5):
        split = assign_splits(questions, seed).questions
        assert {q.split for q in split if q.origin != "written"} == {"train"}
        assert split[0].split == "train"  # its near-duplicate is trained on
        assert sum(q.split == "test" for q in split) in (19, 20)


def test_only_the_file_can_put_a_draft_into_the_test() -> None:
    drafted = tuple(replace(q, origin="drafted") for q in _many(12).questions)
    with pytest.raises(InputError, match="unless their column split says test"):
        assign_splits(QuestionSet(drafted, "questions.csv", "0"), seed=0)
    marked = tuple(replace(q, split="test") for q in drafted[:10]) + drafted[10:]
    assert len(assign_splits(QuestionSet(marked, "questions.csv", "0"), seed=0).of_split("test")) == 10


def test_drafts_stand_beside_questions_with_and_without_splits() -> None:
    draft = Question("d1", "Who has the key of the third shed?", ("Ann",), split=None, origin="drafted")
    own = tuple(replace(q, split="test") for q in _many(12).questions)
    split = assign_splits(QuestionSet((*own, draft), "questions.csv", "0"), seed=0).questions
    assert [q.split for q in split] == ["test"] * 12 + ["train"]


def test_an_unanswerable_question_that_names_no_document_is_about_no_source() -> None:
    answered = [
        Question(f"q{n}", f"Who {n}?", ("a",), evidence=Evidence(f"{n % 2}.md"), split="test") for n in range(4)
    ]
    without = [Question(f"u{n}", f"Why {n}?", (), False, split="test") for n in range(3)]
    asked = QuestionSet((*answered, *without), "questions.csv", "0")
    assert Exam("t", "en", asked, {}, Corpus((), (), (), "")).n_sources == 2
