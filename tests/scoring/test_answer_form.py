"""The form of an answer: what keeps it, and what is no form."""

import json

import pytest

from assay.questions.question import Question
from assay.scoring import Score
from assay.scoring.answer_form import keeps_form, parse_form, share_kept
from assay.scoring.scorer import scorer_of
from assay.settings import Settings

SCHEMA = '{"type": "object", "required": ["city"], "properties": {"city": {"type": "string"}}}'


@pytest.mark.parametrize(
    ("form", "kept", "broken"),
    [
        ("en", "The office is in Oslo.", "办公室在奥斯陆。"),
        ("中文", "办公室在奥斯陆。", "The office is in Oslo."),
        ("4 words", "two and a half", "two and a half years"),
        ("at most 10 characters", "1234567890", "12345678901"),
        ("1 sentence", "It is in Oslo.", "It is in Oslo. It is big."),
        ("不超过5字", "在奥斯陆。", "就在奥斯陆。"),
        (SCHEMA, '{"city": "Oslo"}', '{"town": "Oslo"}'),
        (SCHEMA, '```json\n{"city": "Oslo"}\n```', "city: Oslo"),
        (r"[A-Z]{2}-\d+", "ZN-18", "It is ZN-18."),
        ("/Oslo/", "Oslo", "Bergen"),
        ("(red|green)(, (red|green))*", "red, green", "red green"),
        (r"\d{1,3}(\.\d+)?( m| km)?", "4.2 km", "4.2 miles"),
        (r"/\d+ days?/", "25 days", "twenty-five days"),
        (r"\d+", "<think>Twenty? No.</think>25", "25 days"),
    ],
)
def test_forms(form: str, kept: str, broken: str) -> None:
    assert keeps_form(kept, form) and not keeps_form(broken, form) and not keeps_form("", form)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("(x", "no regular expression"),
        ('{"type": 3}', "no JSON schema"),
        ('{"type": ', "no JSON schema"),
        *((form, "none that there is: .* give a language") for form in ("fr", "German", "minus 3 words", "20 wrds")),
        ("0 words", "without any text"),
        ('{"properties": {"a": {"pattern": "(a"}}}', "no JSON schema"),
    ],
)
def test_what_is_no_form_is_told(form: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_form(form)


def test_an_expression_that_would_try_for_ever_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assay.scoring.answer_form._WITHIN_S", 0.2)
    many = "a" * 60
    for form in (r"/((a|aa)+)+b/", '{"properties": {"x": {"pattern": "^((a|aa)+)+b$"}}}'):
        assert not keeps_form(json.dumps({"x": many}) if form.startswith("{") else many, form)
    assert keeps_form("1, 22, 3", r"(\d+, )*\d+")


def test_every_scorer_tells_whether_the_form_is_kept() -> None:
    scorer = scorer_of(Settings())
    question = Question("q", "How long?", ("25 days",), form="2 words")
    scores = [scorer.mark(text, question) for text in ("25 days", "It is 25 days.", "I don't know.")]
    assert [score.form_kept for score in scores] == [True, False, None]  # who declines keeps no form and breaks none
    assert share_kept(scores) == 0.5
    assert share_kept([Score(True, "contains_answer", True, 1.0, False)]) is None
