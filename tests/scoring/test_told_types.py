"""What a question file says of its answers: read by the meaning of its columns, checked with the row."""

from pathlib import Path

import pytest

from assay.errors import InputError
from assay.questions.writing import write_questions
from assay.scoring.scored_answers import score
from assay.scoring.scorer import scorer_of
from assay.settings import Settings

SCORER = scorer_of(Settings())


def _file(folder: Path, text: str) -> Path:
    path = folder / "questions.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_columns_in_english_and_chinese(tmp_path: Path) -> None:
    english = _file(tmp_path, "question,answers,type,tolerance,form\nHow far?,42 km,Number,5 %,at most 4 words\n")
    (question,) = SCORER.read(english).questions
    assert (question.type, question.tolerance, question.form) == ("quantity", "5%", "at most 4 words")
    chinese = _file(tmp_path, "问题,答案,答案类型,允许误差,答案格式\n多远？,42公里,数量,0.5,zh\n")
    (question,) = SCORER.read(chinese).questions
    assert (question.type, question.tolerance, question.form) == ("quantity", "0.5", "zh")
    write_questions([question], tmp_path / "again.csv")
    assert SCORER.read(tmp_path / "again.csv").questions == (question,)


def test_other_types_of_questions_are_read_past(tmp_path: Path) -> None:
    path = _file(tmp_path, "question,answers,type\nWho?,Anna,multi-hop\nWhere?,Oslo,single\n")
    assert [question.type for question in SCORER.read(path).questions] == ["", ""]


def test_what_does_not_fit_is_told_with_its_row(tmp_path: Path) -> None:
    rows = "Where?,Oslo,quantity,,\nWhen?,May 2020,date,,\nHow?,x,verse,,\nHow far?,far,,3,\n"
    rows += "Who?,Anna,,-1,\nWhich?,b,,,(x\nHow wide?,5 m,,100%,\nHow long?,25 long days,,,2 words\n"
    with pytest.raises(InputError) as caught:
        SCORER.read(_file(tmp_path, "question,answers,type,tolerance,form\n" + rows))
    told = str(caught.value).splitlines()[1:]
    assert [line.split(":")[0].strip() for line in told] == [
        "row 2",
        "row 4",
        "row 5",
        "row 6",
        "row 7",
        "row 8",
        "row 9",
    ]
    assert 'the type is quantity, but the accepted answer "Oslo" is none' in told[0]
    assert "type must be one of quantity, date, time, range, frequency, list" in told[1]
    assert "no accepted answer is a number" in told[2]
    assert 'tolerance must be a number or a percentage such as 0.5 or 2%, got "-1"' in told[3]
    assert "no regular expression" in told[4]
    assert 'tolerance must be less than 100%, got "100%"' in told[5]
    assert 'no accepted answer keeps the form "2 words"' in told[6]


@pytest.mark.parametrize(
    ("tolerance", "right", "wrong"),
    [
        ("5%", ("42 km", "44 km", "40 km", "43,000 m"), ("45 km", "39 km", "43 miles")),
        ("0.5", ("42.5 km", "41.5 km"), ("42.6 km", "42.5 hours")),
    ],
)
def test_tolerance(tmp_path: Path, tolerance: str, right: tuple[str, ...], wrong: tuple[str, ...]) -> None:
    path = _file(tmp_path, f"question,answers,tolerance\nHow far?,42 km,{tolerance}\n")
    for answers, is_right in ((right, True), (wrong, False)):
        for answer in answers:
            scored = score(path, [{"question": "How far?", "answer": answer}])
            assert scored.answers[0].correct is is_right, answer


def test_the_type_steers_the_comparison(tmp_path: Path) -> None:
    path = _file(tmp_path, "question,answers,type\nWhich?,1.10,code\nHow much?,1.10,quantity\n")
    said = [{"question": "Which?", "answer": "1.1"}, {"question": "How much?", "answer": "1.1"}]
    assert [one.correct for one in score(path, said).answers] == [False, True]


def test_form_kept_is_a_figure_of_its_own(tmp_path: Path) -> None:
    path = _file(tmp_path, "question,answers,form\nHow long?,25 days,2 words\nWho?,Anna,1 word\nWhere?,Oslo,\n")
    answers = [("How long?", "25 days"), ("Who?", "It is Anna."), ("Where?", "in Oslo")]
    scored = score(path, [{"question": question, "answer": answer} for question, answer in answers])
    assert scored.total.form_kept == 0.5 and scored.total.correct.value == 1.0
    assert [one.form_kept for one in scored.answers] == [True, False, None]
