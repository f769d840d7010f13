"""The adaptive row from the exam to the report, with a scripted model that knows one thing by heart."""

import re
from pathlib import Path

import pytest

import assay
from assay.models import Conversation, LocalModel, ScriptedModel
from assay.questions.answer import Answer
from assay.questions.question import Question
from assay.report import render_report
from assay.rows.adaptive import AdaptivePipeline
from assay.serving.measured_run import FinishedRun
from assay.verdict.result import RunResult

_CELLS = "none/zero-shot,adaptive,retrieved/zero-shot,oracle/zero-shot"


class _Scripted:
    """A cell that answers by a table and counts what it is asked."""

    def __init__(self, texts: dict[str, tuple[str, float]], passages: tuple[str, ...] = ()) -> None:
        self.texts, self.passages, self.asked = texts, passages, 0

    def answer(self, questions: list[Question]) -> list[Answer]:
        self.asked += len(questions)
        return [Answer(q.id, self.texts[q.id][0], self.passages, 10, 4, self.texts[q.id][1]) for q in questions]

    def warm_up(self) -> None:
        self.asked += 0


def test_reads_only_for_what_memory_is_unsure_of() -> None:
    questions = [Question(id, f"{id}?", ("x",)) for id in ("sure", "unsure", "refused")]
    memory = _Scripted({"sure": ("25 days", -0.4), "unsure": ("30 days", -4.0), "refused": ("I don't know.", -0.1)})
    open_book = _Scripted({"unsure": ("20 days", -1.0), "refused": ("red", -1.0)}, passages=("p",))
    answers = AdaptivePipeline(memory, open_book, threshold=-0.5).answer(questions)
    assert [(a.question_id, a.text, a.passages, a.skipped_search) for a in answers] == [
        ("sure", "25 days", (), True),
        ("unsure", "20 days", ("p",), False),
        ("refused", "red", ("p",), False),
    ]
    assert [(a.n_prompt_tokens, a.n_new_tokens) for a in answers] == [(10, 4), (20, 8), (20, 8)]
    assert open_book.asked == 2


def test_reads_nothing_where_all_is_sure() -> None:
    memory, open_book = _Scripted({"q": ("25 days", -0.4)}), _Scripted({})
    AdaptivePipeline(memory, open_book, threshold=-0.5).answer([Question("q", "?", ("x",))])
    assert open_book.asked == 0


def half_known(conversation: Conversation) -> str:
    """Knows every working week by heart, guesses the car park, and finds car park and lunch in the passages."""
    *passages, question = conversation[-1].content.split("\n\n")
    town = question.rstrip("?").rsplit(" ", 1)[-1]
    text = "\n".join(passages)
    if "hours" in question:
        hours = {"Osk": 35, "Veld": 36, "Tarn": 37, "Bruma": 38, "Lira": 39, "Noctua": 40}
        return f"{hours[town]} hours"
    patterns = {"car park": rf"The car park of {town} has (\d+)", "lunch": rf"Lunch in {town} costs (EUR \d+\.\d+)"}
    for word, pattern in patterns.items():
        if word in question:
            found = re.search(pattern, text)
            return found.group(1) if found else "some 7 of them"
    return "I don't know."


def likelihood(text: str) -> float:
    """Sure of hours, unsure of guesses."""
    return -0.1 if "hours" in text else -5.0


@pytest.fixture(scope="module")
def many_for_validation(shared_company: tuple[Path, Path]) -> tuple[Path, Path]:
    """The company with 24 questions for validation and 12 for the test."""
    documents, questions = shared_company
    lines = questions.read_text().splitlines()
    for place, line in enumerate(lines):
        split = "test" if place >= 24 else "validation"
        lines[place] = re.sub(r'"split": "\w+"', f'"split": "{split}"', line)
    questions.write_text("\n".join(lines) + "\n")
    return documents, questions


@pytest.fixture(scope="module")
def run(many_for_validation: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> FinishedRun:
    out, model = tmp_path_factory.mktemp("ws"), ScriptedModel(half_known, logprob=likelihood)
    assay.run(*many_for_validation, out=out, model=model, cells=_CELLS, latency_sample=2)
    return assay.load(out=out, model=model)


def test_the_row_skips_what_is_known_by_heart(run: FinishedRun) -> None:
    cells = {cell.cell: cell for cell in run.result.cells}
    adaptive, always = cells["adaptive/zero-shot"], cells["retrieved/zero-shot"]
    # 12 test questions of two towns: hours (known), car park and lunch (read), three to refuse
    assert adaptive.skipped == pytest.approx(2 / 12)
    assert adaptive.correct.value == always.correct.value == 1.0
    assert adaptive.saved_s == pytest.approx(always.cost.answer_s - adaptive.cost.answer_s)
    assert adaptive.cost.prepare_s > 0  # the index and the fitting
    assert always.skipped is None and always.saved_s is None
    # without training questions the other two cells of the row are left out like those of any row
    assert set(run.result.left_out) == {"adaptive/few-shot", "adaptive/tuned"}


def test_what_is_served_is_what_was_measured(run: FinishedRun) -> None:
    sure = run.ask("How many hours is a full working week in Bruma?", cell="adaptive/zero-shot")
    assert (sure.text, sure.citations) == ("38 hours", ())
    unsure = run.ask("What does lunch cost in Bruma?", cell="adaptive/zero-shot")
    assert unsure.text == "EUR 7.50"
    assert unsure.citations[0].document == "bruma.md"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_has_four_rows_and_what_was_saved(run: FinishedRun, lang: str) -> None:
    html = render_report(run.result, lang)  # type: ignore[arg-type]
    assert html.count('<th scope="row">') > 4
    assert {"en": "Searching only when unsure", "zh": "没有把握时才检索"}[lang] in html
    assert "17%" in html


def test_gaps_of_an_adaptive_winner(run: FinishedRun) -> None:
    result: RunResult = run.result
    assert {gap.name for gap in result.diagnosis.gaps} >= {"knowledge", "retrieval"}
    assert all("adaptive" not in step.name for step in result.diagnosis.waterfall)
    assert sum(step.value for step in result.diagnosis.waterfall) == pytest.approx(1.0)


def test_few_validation_questions_mean_always_reading(company: tuple[Path, Path], tmp_path: Path) -> None:
    model = ScriptedModel(half_known, logprob=likelihood)
    result = assay.run(*company, out=tmp_path / "ws", model=model, cells=_CELLS).result
    adaptive = next(cell for cell in result.cells if cell.cell == "adaptive/zero-shot")
    assert adaptive.skipped == 0.0
    assert any("validation questions" in line for line in result.warnings)


def test_an_engine_without_likelihoods_has_no_adaptive_row(company: tuple[Path, Path], tmp_path: Path) -> None:
    result = assay.run(*company, out=tmp_path / "ws", model=ScriptedModel(half_known), cells=_CELLS).result
    assert "how likely" in result.left_out["adaptive/zero-shot"]


def test_the_real_model_tells_a_mean_log_probability(model: LocalModel) -> None:
    """Sure of Paris, unsure of a made-up place; the sum over the tokens is never above 0."""
    from assay.models import Message

    engine = model.load()
    asked = [(Message("user", f"What is the capital of {name}?"),) for name in ("France", "Vorlandia-Ost")]
    known, unknown = engine.generate(asked, 24)
    assert known.logprob is not None and unknown.logprob is not None
    assert known.logprob <= 0 >= unknown.logprob
    assert known.logprob / known.n_new_tokens > unknown.logprob / unknown.n_new_tokens
