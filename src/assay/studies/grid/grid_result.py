"""Answers become a result: scored, summarised, compared, diagnosed, judged.

Asks no model anything itself: what is asked again, to find causes and steadiness, is in files of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from assay.bench.parts import Parts, blaming_parts
from assay.bench.preparation import Preparation
from assay.errors import InputError, PartError
from assay.grid.answering import Answered
from assay.grid.cell import Cell, parse_cell
from assay.grid.pipelines import Pipelines
from assay.probes import ProbeSet
from assay.prompting.prompt_choice import PromptChoice
from assay.questions.answer import Answer
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.retrieval.step import step_codes
from assay.scoring import CitedSentence, Score, cite
from assay.scoring.answer_form import share_kept
from assay.scoring.faults import Fault, find_fault
from assay.scoring.long_means import summarise_long
from assay.scoring.refusal import is_refusal
from assay.scoring.scorer import Scorer, chosen_scorer
from assay.settings import as_dict
from assay.statistics.estimate import Estimate
from assay.statistics.inference import estimate_mean
from assay.statistics.sampling import Sampling
from assay.studies.costing import measured_cost, price_of
from assay.studies.grid.declining import judge_declining
from assay.studies.grid.explaining import Evidence, explain
from assay.studies.grid.forgotten import weigh_forgetting
from assay.studies.grid.judged_search import judge_search
from assay.studies.grid.probing import Sitting
from assay.studies.grid.shown_grid import show_grid
from assay.studies.grid.steadiness import ask_again
from assay.studies.plan import Plan
from assay.verdict.ladder import climb
from assay.verdict.recommendation import recommend
from assay.verdict.result import (
    AnswerView,
    CellSummary,
    PassageView,
    QuestionView,
    RunResult,
)
from assay.verdict.standing import bounds_of
from assay.words import worded

__all__ = ["Answered", "assemble"]

_ECHO = Score(False, "echo", False, 0.0, False)  # whatever it holds was told to the model

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Marked:
    """One cell's exam, marked: per test question its score, None where there is no answer."""

    cell: Cell
    answered: Answered
    scores: list[Score | None]
    citations: dict[str, list[CitedSentence]]  # question id -> by sentence, where passages were read
    preparation: Preparation

    @property
    def correct(self) -> Floats:
        """1 right, 0 wrong, NaN not scored."""
        return np.array([np.nan if score is None else score.value for score in self.scores])


def assemble(
    run_id: str,
    exam: Exam,
    plan: Plan[Cell],
    pipelines: Pipelines,
    answers: Mapping[Cell, Answered],
    probes: Sequence[ProbeSet],
    sittings: Sequence[Sitting],
    provenance: dict[str, Any],
    told: Evidence,
) -> RunResult:
    """The result of a run whose cells have all been answered; the same answers give the same result."""
    settings, sampling = pipelines.settings, exam.sampling(pipelines.settings.generalise)
    scorer = chosen_scorer(pipelines.bench)
    marked = _mark_all(answers, exam, pipelines, scorer, plan)
    summaries = _with_savings([_summarise(one, exam, sampling, pipelines) for one in marked], marked)
    scores = {one.cell: one.correct for one in marked}
    costs = {summary.cell: summary.cost for summary in summaries}
    again = ask_again(scores, exam, pipelines, scorer)
    said = {one.cell: one.answered for one in marked}
    cited = {one.cell: one.citations for one in marked}
    differing = _differing(scores, pipelines)
    found = recommend(
        differing,
        costs,
        sampling,
        lambda cell: explain(cell, scores, said, cited, told, exam, pipelines, scorer),
        settings.margin,
        settings.volume,
        settings.useful_floor,
        settings.seed,
        repeated=again.marks,
    )
    verdict = found.verdict
    if verdict.kind == "none_works":
        verdict = replace(verdict, fault=_fault(marked, verdict.best))
    chosen = next(one for one in marked if str(one.cell) == verdict.cell)
    return RunResult(
        run_id=run_id,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        title=exam.title,
        base=pipelines.model.name,
        engine=pipelines.model.engine_name,
        counts=_counts(exam),
        detectable_difference=plan.detectable_difference,
        skipped_files=[{"path": file.path, "reason": file.reason} for file in exam.corpus.skipped],
        left_out=plan.left_out,
        warnings=plan.warnings,
        cells=summaries,
        comparisons=found.comparisons,
        retriever=judge_search(exam, pipelines, list(answers)),
        diagnosis=found.diagnosis,
        verdict=verdict,
        questions=[_question_view(i, question, exam, marked) for i, question in enumerate(exam.test)],
        passages=_passage_views(exam, marked),
        training=_trainings(pipelines, answers),
        settings=as_dict(settings),
        provenance=provenance,
        forgetting=weigh_forgetting(probes, sittings, scores, sampling, settings.forgetting_margin, settings.seed),
        **show_grid([*answers, *_left_out(plan, pipelines.bench.parts)], pipelines.bench.parts),
        steps=step_codes(pipelines.bench),
        declining=judge_declining(exam, pipelines, chosen.cell, chosen.correct, scorer),
        reasons={reason: worded(words) for reason, words in scorer.reasons.items()},
        canary=told.canary,
        findings=told.findings,
        steadiness=again.summarise(sampling, settings.seed),
        rungs=climb(differing, sampling, settings.seed),
        prompts=_prompts(pipelines, answers),
    )


def _differing(scores: Mapping[Cell, Floats], pipelines: Pipelines) -> dict[Cell, Floats]:
    """The scores without cells that turned out to ask as another of them does: nobody need choose between the two."""
    return {cell: values for cell, values in scores.items() if cell.column.same_as(pipelines, cell) not in scores}


def _fault(marked: Sequence[_Marked], cell: str) -> Fault | None:
    """What is wrong with a cell's answers; declining is no fault."""
    answers = [answer for answer, _ in next(one.answered for one in marked if str(one.cell) == cell).values()]
    meant = [answer for answer in answers if answer.is_echo or not answer.text.strip() or not is_refusal(answer.text)]
    return find_fault([answer.text for answer in meant], [answer.is_echo for answer in meant])


def _left_out(plan: Plan[Cell], parts: Parts) -> list[Cell]:
    return [parse_cell(name, parts) for name in plan.left_out]


def _mark_all(
    answers: Mapping[Cell, Answered], exam: Exam, pipelines: Pipelines, scorer: Scorer, plan: Plan[Cell]
) -> list[_Marked]:
    """The cells, marked; one on whose answers the scorer fails is left out, and why.

    Raises:
        InputError: none that can be served is left.
    """
    marked = []
    for cell, answered in answers.items():
        try:
            with blaming_parts(*cell.outside):
                marked.append(_mark(cell, answered, exam, pipelines, scorer))
        except PartError as error:
            plan.left_out[str(cell)] = str(error)
            pipelines.bench.say("plan.left_out", cell=cell, reason=error)
    if not any(one.cell.can_be_served for one in marked):
        raise InputError("\n".join(f"{cell}: {reason}" for cell, reason in plan.left_out.items()))
    if all(score is not None and score.correct is None for one in marked for score in one.scores):
        raise InputError(
            f"none of the answers to the {len(exam.test)} questions can be judged by words: put short accepted answers "
            "beside the long ones"
        )
    return marked


def _mark(cell: Cell, answered: Answered, exam: Exam, pipelines: Pipelines, scorer: Scorer) -> _Marked:
    given = {q: answered[q.id][0] for q in exam.test if q.id in answered}
    marks = {q.id: _ECHO if answer.is_echo else scorer.mark(answer.text, q) for q, answer in given.items()}
    unknown = {id for answer in given.values() for id in answer.passages} - set(exam.corpus.by_id)
    if unknown:
        raise PartError(f"its row gave a passage {min(unknown)}, which no document has: keep the id of what you change")
    cited = {q.id: _cite(cell, answer, q, pipelines) for q, answer in given.items()}
    scores = [marks.get(q.id) for q in exam.test]
    return _Marked(cell, answered, scores, cited, pipelines.preparation(cell))


def _cite(cell: Cell, answer: Answer, question: Question, pipelines: Pipelines) -> list[CitedSentence]:
    if not answer.passages:
        return []
    return cite(answer.text, cell.row.look_up(pipelines, answer.passages), question.text)


def _summarise(marked: _Marked, exam: Exam, sampling: Sampling, pipelines: Pipelines) -> CellSummary:
    answerable = np.array([question.answerable for question in exam.test])
    scored = [score for score, yes in zip(marked.scores, answerable, strict=True) if score is not None and yes]
    known = [score for score in marked.scores if score is not None]
    sentences = [one for citations in marked.citations.values() for one in citations]
    seed = pipelines.settings.seed
    return CellSummary(
        cell=str(marked.cell),
        correct=_mean(marked.correct, sampling, seed),
        correct_answerable=_part(marked.correct, sampling, answerable, seed),
        correct_unanswerable=_part(marked.correct, sampling, ~answerable, seed),
        exact_match=_share([score.exact_match for score in scored]),
        f1=_share([score.f1 for score in scored]),
        refusal_rate=_share([score.refused for score in known]),
        n_failed=sum(score is None for score in marked.scores),
        cost=measured_cost(
            marked.answered,
            marked.preparation,
            pipelines.bench.store.batches(pipelines.cell_key(marked.cell)),
            price_of(pipelines.model, pipelines.settings),
        ),
        n_sentences=len(sentences),
        skipped=_share([answer.skipped_search for answer, _ in marked.answered.values()])
        if marked.cell.row.made_of
        else None,
        supported=_share([one.passage is not None for one in sentences]) if sentences else None,
        n_cut=sum(answer.is_cut for answer, _ in marked.answered.values()),
        bounds=bounds_of(marked.correct),
        form_kept=share_kept(known),
        long=summarise_long(exam.test, marked.scores, sampling, seed),
    )


def _with_savings(summaries: Sequence[CellSummary], marked: Sequence[_Marked]) -> list[CellSummary]:
    """The summaries, cells made of others with the seconds an answer that they save against the last of those."""
    seconds = {summary.cell: summary.cost.answer_s for summary in summaries}
    always = {str(one.cell): str(one.cell.parts[-1]) for one in marked}
    return [
        replace(summary, saved_s=seconds[always[summary.cell]] - summary.cost.answer_s)
        if summary.skipped is not None and always[summary.cell] in seconds
        else summary
        for summary in summaries
    ]


def _mean(values: npt.NDArray[np.float64], sampling: Sampling, seed: int) -> Estimate:
    return estimate_mean(values, sampling, np.random.default_rng(seed))


def _part(
    values: npt.NDArray[np.float64], sampling: Sampling, wanted: npt.NDArray[np.bool_], seed: int
) -> Estimate | None:
    return _mean(values[wanted], sampling.take(wanted), seed) if wanted.any() else None


def _share(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else 0.0


def _counts(exam: Exam) -> dict[str, int]:
    return {
        "documents": len(exam.corpus.documents),
        "pages": sum(len(document.pages) for document in exam.corpus.documents),
        "passages": len(exam.corpus.passages),
        "skipped_files": len(exam.corpus.skipped),
        "train": len(exam.train),
        "validation": len(exam.validation),
        "test": len(exam.test),
        "clusters": exam.n_sources,
        "unanswerable": sum(not question.answerable for question in exam.test),
        "drafted": sum(question.origin != "written" for question in exam.test),
    }


def _question_view(place: int, question: Question, exam: Exam, marked: Sequence[_Marked]) -> QuestionView:
    evidence = question.evidence
    return QuestionView(
        id=question.id,
        text=question.text,
        answers=list(question.answers),
        answerable=question.answerable,
        document=evidence.document if evidence else None,
        page=evidence.page if evidence else None,
        quote=evidence.quote if evidence else None,
        cluster=exam.clusters[place],
        gold_passages=list(exam.gold.get(question.id, ())),
        cells=[_answer_view(one, place, question, exam) for one in marked],
    )


def _answer_view(marked: _Marked, place: int, question: Question, exam: Exam) -> AnswerView:
    score = marked.scores[place]
    if score is None:
        return AnswerView(str(marked.cell), "", None, "not_scored", False, 0.0, False, [], 0, 0, None, "no answer")
    answer, latency = marked.answered[question.id]
    return AnswerView(
        cell=str(marked.cell),
        text=answer.text,
        correct=score.correct,
        reason=score.reason,
        exact_match=score.exact_match,
        f1=score.f1,
        refused=score.refused,
        passages=list(answer.passages),
        n_prompt_tokens=answer.n_prompt_tokens,
        n_new_tokens=answer.n_new_tokens,
        latency_s=latency,
        error=None,
        citations=marked.citations[question.id],
        is_cut=answer.is_cut,
        form_kept=score.form_kept,
        complete=score.complete,
        stated=score.supported,
    )


def _passage_views(exam: Exam, marked: Sequence[_Marked]) -> dict[str, PassageView]:
    """Every passage that some cell read or that holds some evidence."""
    read = {id for one in marked for answer, _ in one.answered.values() for id in answer.passages}
    gold = {id for question in exam.test for id in exam.gold.get(question.id, ())}
    shown = [passage for passage in exam.corpus.passages if passage.id in read | gold]
    return {p.id: PassageView(p.id, p.document, p.page, p.heading, p.text) for p in shown}


def _prompts(pipelines: Pipelines, answers: Mapping[Cell, Answered]) -> list[PromptChoice]:
    """What was found for the cells whose prompt was searched for; several may share a search."""
    found = [pipelines.prompt_choice(part) for cell in answers for part in cell.parts]
    return list({(one.row, one.column): one for one in found if one is not None}.values())


def _trainings(pipelines: Pipelines, answers: Mapping[Cell, Answered]) -> list[dict[str, Any]]:
    tuned = [part.tuned_model for cell in answers for part in cell.parts if part.tuned_model]
    logs = [log for model in tuned for log in pipelines.adapters.logs(model)]
    return list({log["name"]: log for log in logs}.values())
