"""Answers become a result: scored, summarised, compared, diagnosed, judged. Asks no model anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from assay.bench.store import Store
from assay.grid.cell import Cell
from assay.grid.pipeline import Answer
from assay.grid.pipelines import Workshop
from assay.probes import ProbeSet
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.retrieval import summarise_retrieval
from assay.scoring import CitedSentence, Score, cite, score_answer
from assay.settings import as_dict
from assay.statistics.clustered import clustered_mean
from assay.statistics.estimate import Estimate
from assay.studies.costing import measured_cost
from assay.studies.grid.forgotten import weigh_forgetting
from assay.studies.grid.plan import Plan
from assay.studies.grid.probing import Sitting
from assay.verdict.diagnosis import diagnose
from assay.verdict.recommendation import compare_cells, recommend
from assay.verdict.result import AnswerView, CellSummary, PassageView, QuestionView, RetrieverSummary, RunResult

__all__ = ["Answered", "assemble"]

_DEPTH = 10  # how far down the retriever is judged

Answered = Mapping[str, tuple[Answer, float | None]]  # question id -> answer, latency


@dataclass(frozen=True)
class _Marked:
    """One cell's exam, marked: per test question its score, None where there is no answer."""

    cell: Cell
    answered: Answered
    scores: list[Score | None]
    citations: dict[str, list[CitedSentence]]  # question id -> by sentence, where passages were read

    @property
    def correct(self) -> npt.NDArray[np.float64]:
        """1 right, 0 wrong, NaN not scored."""
        return np.array([np.nan if score is None else float(score.correct) for score in self.scores])


def assemble(
    run_id: str,
    exam: Exam,
    plan: Plan,
    workshop: Workshop,
    store: Store,
    answers: Mapping[Cell, Answered],
    probes: Sequence[ProbeSet],
    sittings: Sequence[Sitting],
    provenance: dict[str, Any],
) -> RunResult:
    """The result of a run whose cells have all been answered; the same answers give the same result."""
    settings = workshop.settings
    marked = [_mark(cell, answered, exam, workshop) for cell, answered in answers.items()]
    summaries = _with_savings([_summarise(one, exam, workshop, store) for one in marked])
    scores = {str(one.cell): one.correct for one in marked}
    servable = {name: score for name, score in scores.items() if not name.startswith("oracle/")}
    costs = {summary.cell: summary.cost for summary in summaries}
    ids = [question.id for question in exam.test]
    verdict = recommend(
        scores,
        costs,
        ids,
        exam.clusters,
        _has_evidence(exam),
        settings.margin,
        settings.volume,
        settings.useful_floor,
        settings.seed,
    )
    comparisons = compare_cells(servable, exam.clusters, settings.seed, best=verdict.best)
    diagnosis = diagnose(scores, ids, exam.clusters, _has_evidence(exam), verdict.cell, settings.seed)
    return RunResult(
        run_id=run_id,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        title=exam.title,
        base=workshop.model.name,
        engine=workshop.model.engine_name,
        counts=_counts(exam),
        detectable_difference=plan.detectable_difference,
        skipped_files=[{"path": file.path, "reason": file.reason} for file in exam.corpus.skipped],
        left_out_cells=plan.left_out,
        warnings=plan.warnings,
        cells=summaries,
        comparisons=comparisons,
        retriever=_judge_retriever(exam, workshop, answers),
        diagnosis=diagnosis,
        verdict=verdict,
        questions=[_question_view(i, question, exam, marked) for i, question in enumerate(exam.test)],
        passages=_passage_views(exam, marked),
        training=_trainings(workshop, answers),
        settings=as_dict(settings),
        provenance=provenance,
        forgetting=weigh_forgetting(probes, sittings, scores, exam.clusters, settings.forgetting_margin, settings.seed),
    )


def _mark(cell: Cell, answered: Answered, exam: Exam, workshop: Workshop) -> _Marked:
    scores = [score_answer(answered[q.id][0].text, q) if q.id in answered else None for q in exam.test]
    given = {q: answered[q.id][0] for q in exam.test if q.id in answered}
    return _Marked(cell, answered, scores, {q.id: _cite(cell, answer, q, workshop) for q, answer in given.items()})


def _cite(cell: Cell, answer: Answer, question: Question, workshop: Workshop) -> list[CitedSentence]:
    if not answer.passages:
        return []
    by_id = workshop.exam.corpus.by_id
    is_handed_over = cell.context == "oracle"
    read = [by_id[id] for id in answer.passages] if is_handed_over else workshop.search.as_read(answer.passages)
    return cite(answer.text, read, question.text)


def _has_evidence(exam: Exam) -> npt.NDArray[np.bool_]:
    return np.array([question.answerable and question.id in exam.gold for question in exam.test])


def _summarise(marked: _Marked, exam: Exam, workshop: Workshop, store: Store) -> CellSummary:
    answerable = np.array([question.answerable for question in exam.test])
    scored = [score for score, yes in zip(marked.scores, answerable, strict=True) if score is not None and yes]
    known = [score for score in marked.scores if score is not None]
    sentences = [one for citations in marked.citations.values() for one in citations]
    seed = workshop.settings.seed
    return CellSummary(
        cell=str(marked.cell),
        correct=_mean(marked.correct, exam.clusters, seed),
        correct_answerable=_part(marked.correct, exam.clusters, answerable, seed),
        correct_unanswerable=_part(marked.correct, exam.clusters, ~answerable, seed),
        exact_match=_share([score.exact_match for score in scored]),
        f1=_share([score.f1 for score in scored]),
        refusal_rate=_share([score.refused for score in known]),
        n_failed=sum(score is None for score in marked.scores),
        cost=measured_cost(
            marked.answered,
            workshop.preparation(marked.cell),
            store.batches(workshop.cell_key(marked.cell)),
            workshop.settings.price_per_hour,
        ),
        n_sentences=len(sentences),
        skipped=_share([answer.skipped_search for answer, _ in marked.answered.values()])
        if marked.cell.context == "adaptive"
        else None,
        supported=_share([one.passage is not None for one in sentences]) if sentences else None,
    )


def _with_savings(summaries: Sequence[CellSummary]) -> list[CellSummary]:
    """The summaries, adaptive cells with the seconds an answer that they save against always reading."""
    seconds = {summary.cell: summary.cost.answer_s for summary in summaries}
    always = {summary.cell: summary.cell.replace("adaptive/", "retrieved/") for summary in summaries}
    return [
        replace(summary, saved_s=seconds[always[summary.cell]] - summary.cost.answer_s)
        if summary.skipped is not None and always[summary.cell] in seconds
        else summary
        for summary in summaries
    ]


def _mean(values: npt.NDArray[np.float64], clusters: Sequence[str], seed: int) -> Estimate:
    return clustered_mean(values, clusters, np.random.default_rng(seed))


def _part(
    values: npt.NDArray[np.float64], clusters: Sequence[str], wanted: npt.NDArray[np.bool_], seed: int
) -> Estimate | None:
    if not wanted.any():
        return None
    return _mean(values[wanted], [cluster for cluster, yes in zip(clusters, wanted, strict=True) if yes], seed)


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
        "clusters": len(set(exam.clusters)),
        "unanswerable": sum(not question.answerable for question in exam.test),
        "drafted": sum(question.origin != "written" for question in exam.test),
    }


def _judge_retriever(exam: Exam, workshop: Workshop, answers: Mapping[Cell, Answered]) -> RetrieverSummary | None:
    asked = [question for question in exam.test if question.answerable and question.id in exam.gold]
    if not asked or not any(part.context == "retrieved" for cell in answers for part in cell.parts):
        return None
    found = workshop.search.retrieve(asked, _DEPTH)
    ranked = [[passage.id for passage in found[question.id]] for question in asked]
    means = summarise_retrieval(ranked, [exam.gold[question.id] for question in asked])
    recall = {name.removeprefix("recall@"): value for name, value in means.items() if name.startswith("recall@")}
    return RetrieverSummary(
        recall,
        means[f"mrr@{_DEPTH}"],
        len(asked),
        workshop.search.encoder_name,
        means[f"ndcg@{_DEPTH}"],
        workshop.search.fitted.summary,
        workshop.search.tuned.summary,
        workshop.search.reranked.summary,
        workshop.search.reranker_tuned.summary,
    )


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
    )


def _passage_views(exam: Exam, marked: Sequence[_Marked]) -> dict[str, PassageView]:
    """Every passage that some cell read or that holds some evidence."""
    read = {id for one in marked for answer, _ in one.answered.values() for id in answer.passages}
    gold = {id for question in exam.test for id in exam.gold.get(question.id, ())}
    shown = [passage for passage in exam.corpus.passages if passage.id in read | gold]
    return {p.id: PassageView(p.id, p.document, p.page, p.heading, p.text) for p in shown}


def _trainings(workshop: Workshop, answers: Mapping[Cell, Answered]) -> list[dict[str, Any]]:
    tuned = [part for cell in answers if cell.is_tuned for part in cell.parts]
    logs = [log for cell in tuned for log in workshop.adapters.logs(cell)]
    return list({log["name"]: log for log in logs}.values())
