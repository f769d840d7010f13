import json
from pathlib import Path

import pytest

from assay.questions.question import Evidence, Question
from assay.scoring.answer_language import Language
from assay.scoring.claims import ClaimMarks, is_long, judge_claims
from assay.scoring.correctness import score_answer
from assay.scoring.long_means import summarise_long
from assay.scoring.long_scores import has_long_answer
from assay.statistics.sampling import over_documents


def rows_of(name: str) -> list[dict[str, str]]:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


PAIRS = rows_of("claim_pairs.jsonl")
KEPT = 0.85  # of right paraphrases, at least
TAKEN = 0.2  # of rewordings with one thing changed, written to be taken as right, at most

REFERENCE = (
    "Employees must ask their manager for approval 30 days in advance, and may stay abroad for at most 20 working "
    "days a year; interns are not allowed to work from another country."
)
QUESTION = "What holds for working from abroad?"


def judge(text: str, reference: str = REFERENCE, question: str = QUESTION, lang: Language = "en") -> ClaimMarks:
    return judge_claims(text, reference, question, "", lang)


def of_pair(row: dict[str, str], side: str) -> bool | None:
    lang: Language = "zh" if row["lang"] == "zh" else "en"
    return judge(row[side], row["accepted"], row["question"], lang).correct


def test_a_wrong_answer_is_never_taken_as_right_and_a_right_one_never_called_wrong() -> None:
    for row in PAIRS:
        assert of_pair(row, "wrong") is not True, row
        assert of_pair(row, "right") is not False, row
        assert of_pair(row, "accepted") is True, row


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_most_right_paraphrases_are_kept(lang: str) -> None:
    rows = [row for row in PAIRS if row["lang"] == lang]
    assert sum(of_pair(row, "right") is True for row in rows) >= KEPT * len(rows)


def test_rewordings_are_kept_and_none_is_called_wrong() -> None:
    marks = [of_pair(row, "right") for row in rows_of("claim_rewordings.jsonl") if "right" in row]
    assert False not in marks and marks.count(True) >= 0.8 * len(marks)


def test_few_rewordings_with_one_thing_changed_are_taken_as_right() -> None:
    rows = [row for row in rows_of("claim_rewordings.jsonl") if "wrong" in row]
    taken = [row["wrong"] for row in rows if of_pair(row, "wrong") is True]
    assert len(taken) <= TAKEN * len(rows), taken


@pytest.mark.parametrize(
    ("answer", "is_long_one"),
    [
        ("25 days", False),
        ("The notice period is three months to the end of a quarter.", False),
        (REFERENCE, True),
        ("试用期为三个月。", False),
        ("员工须至少提前30天向经理和税务组申请批准，每年在国外办公不得超过20个工作日。", True),
    ],
)
def test_only_long_accepted_answers_are_judged_by_claims(answer: str, is_long_one: bool) -> None:
    assert is_long(answer) is is_long_one
    assert has_long_answer(Question(id="q", text="?", answers=("25", answer))) is is_long_one


def test_a_claim_that_is_left_out_is_missing_and_the_others_are_covered() -> None:
    marks = judge("Employees must ask their manager for approval 30 days in advance.")
    standings = [mark.standing for mark in marks.claims]
    assert standings[0] == "covered" and "missing" in standings and "contradicted" not in standings
    assert 0.2 < marks.complete < 0.7
    assert marks.correct is None


@pytest.mark.parametrize(
    ("old", "new", "conflict"),
    [
        ("30 days", "60 days", "amount"),
        ("30 days", "30 months", "amount"),
        ("20 working days", "25 working days", "amount"),
        ("are not allowed to", "are allowed to", "denial"),
        ("must ask", "need not ask", "denial"),
    ],
)
def test_one_thing_changed_contradicts_the_claim_that_has_it(old: str, new: str, conflict: str) -> None:
    marks = judge(REFERENCE.replace(old, new))
    assert marks.correct is False and marks.is_contradicted
    assert [mark.conflict for mark in marks.claims if mark.conflict] == [conflict]
    assert marks.complete < 1


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("The keys are kept by Maria Lund, who hands them out to the members of the night shift every evening.",
         "The keys are kept by Peter Holm, who hands them out to the members of the night shift every evening."),
        ("The north gate is opened at 6 in the morning, and the south gate is opened at 9 in the morning.",
         "The north gate is opened at 9 in the morning, and the south gate is opened at 6 in the morning."),
        ("The harbour company Brandt was bought by the family Osterloh in the year after the great flood of 1962.",
         "The harbour company Brandt bought the family Osterloh in the year after the great flood of 1962."),
        ("Yes, visitors may use the gym on weekdays if a member of staff who is trained in first aid is present.",
         "No, visitors may use the gym on weekdays if a member of staff who is trained in first aid is present."),
    ],
    ids=["another name", "amounts exchanged", "roles exchanged", "yes and no"],
)  # fmt: skip
def test_what_is_said_of_another_is_wrong(reference: str, answer: str) -> None:
    question = "How is it?"
    assert judge(answer, reference, question).correct is False
    assert judge(reference, reference, question).correct is True


def test_denials_may_be_said_in_other_words() -> None:
    reference = "The guarantee covers the battery for two years, but it does not cover scratches on the case."
    assert judge(
        "The battery is covered for 24 months by the guarantee. Scratches on the case are excluded.", reference
    ).correct
    assert (
        judge("The guarantee covers the battery for two years, scratches on the case included.", reference).correct
        is not True
    )


def test_an_opposite_leaves_it_untold() -> None:
    reference = "After the merger the number of branches in the region increased from twelve to nineteen within a year."
    marks = judge(
        "After the merger the number of branches in the region decreased from twelve to nineteen within a year.",
        reference,
    )
    assert marks.correct is None and marks.complete < 0.5


def test_the_question_said_again_is_no_answer() -> None:
    question = "Why was the ferry to Lindholm cancelled on Monday morning?"
    reference = "A broken rudder had been found during the inspection, and no spare part was at hand in the harbour."
    marks = judge("The ferry to Lindholm was cancelled on Monday morning.", reference, question)
    assert marks.correct is False and not marks.is_contradicted


def test_something_else_is_wrong_where_the_reference_says_much_and_untold_where_it_says_little() -> None:
    said = "Please bring your own towels and a padlock for the locker."
    assert judge(said).correct is False
    assert (
        judge(said, "We do our best to keep everything as it always was for all of our guests here.", "?").correct
        is None
    )


def long_question(*answers: str, quote: str | None = None) -> Question:
    return Question(id="q", text=QUESTION, answers=answers, evidence=Evidence(quote=quote) if quote else None)


def test_a_score_tells_complete_and_supported_only_for_long_accepted_answers() -> None:
    long = score_answer(REFERENCE.lower(), long_question(REFERENCE))
    assert (long.correct, long.reason, long.complete, long.supported) == (True, "contains_answer", 1.0, 1.0)
    short = score_answer("25 days", Question(id="q", text="How many?", answers=("25 days",)))
    assert (short.correct, short.complete, short.supported) == (True, None, None)


def test_evidence_supports_what_the_accepted_answer_does_not_say() -> None:
    more = "Employees must ask their manager for approval 30 days in advance. Social insurance goes on without a gap."
    without = score_answer(more, long_question(REFERENCE)).supported
    with_quote = score_answer(more, long_question(REFERENCE, quote="Social insurance goes on without a gap.")).supported
    assert without is not None and without < 1 and with_quote == 1


def test_the_accepted_answer_that_fits_best_decides() -> None:
    other = (
        "Ask your manager and the tax office, and do not stay longer than half a year in any one country of the union."
    )
    score = score_answer(
        REFERENCE.replace("in advance", "beforehand"),
        long_question(other, REFERENCE),
    )
    assert score.correct is True and score.complete is not None and score.complete > 0.9


def test_a_short_accepted_answer_beside_the_long_one_decides_first() -> None:
    question = long_question("20 days", REFERENCE)
    assert (
        score_answer("20 days a year.", question).reason == "equal_number" or score_answer("20 days", question).correct
    )
    assert score_answer("25 days", question).correct is False


@pytest.mark.parametrize(
    ("text", "reason"),
    [("I don't know.", "refused_wrongly"), ("", "empty"), ("I cannot tell from the text, sorry.", None)],
)
def test_declining_and_saying_nothing_is_wrong(text: str, reason: str | None) -> None:
    score = score_answer(text, long_question(REFERENCE))
    assert score.correct is False and score.complete == pytest.approx(0, abs=0.05)
    assert reason is None or score.reason == reason


def test_figures_leave_out_what_is_not_judged_and_what_failed() -> None:
    long, short = long_question(REFERENCE), Question(id="s", text="How many?", answers=("25 days",))
    texts = [
        REFERENCE,
        REFERENCE.replace("30", "60"),
        "Employees must ask their manager for approval 30 days in advance.",
    ]
    scores = [*(score_answer(text, long) for text in texts), None, score_answer("25 days", short)]
    figures = summarise_long([long, long, long, long, short], scores, over_documents(list("abcde")), seed=0)
    assert figures is not None
    assert (figures.n, figures.n_unjudged) == (3, 1)
    assert figures.correct.value == 0.5 and figures.correct.n == 2
    assert figures.complete.n == 3 and figures.complete.value < 1
    assert summarise_long([short], [scores[-1]], over_documents(["e"]), seed=0) is None
