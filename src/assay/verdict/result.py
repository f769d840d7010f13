"""The result of a run as plain values: what result.json holds and the report shows. Computes nothing."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter

from assay.scoring.citation import CitedSentence
from assay.statistics.estimate import Estimate

__all__ = [
    "AnswerView",
    "BreakEven",
    "CellSummary",
    "Comparison",
    "Cost",
    "Diagnosis",
    "Finding",
    "Forgetting",
    "Gap",
    "LostAnswer",
    "NextAction",
    "PassageView",
    "ProbeOutcome",
    "ProbePart",
    "QuestionView",
    "RetrieverFitting",
    "RetrieverSummary",
    "RunResult",
    "Verdict",
    "WaterfallStep",
    "dump_result",
    "load_result",
    "parse_result",
]

Cause = Literal["right", "retrieval", "behaviour", "capability", "knowledge", "unknown"]
GapName = Literal["knowledge", "retrieval", "behaviour", "capability", "routing"]
Finding = Literal["lost", "may_have_lost", "not_shown", "kept", "nothing_to_lose", "recites"]


@dataclass(frozen=True)
class Cost:
    """What a cell took: preparation once, and each answer."""

    prepare_s: float
    prepare_tokens: int
    prepare_peak_mb: float
    answer_s: float  # mean seconds an answer, batched
    latency_p50_s: float | None  # one question at a time
    latency_p95_s: float | None
    n_latency: int
    prompt_tokens: float  # mean an answer
    new_tokens: float
    money_per_1000: float | None = None  # only when the person gave prices


@dataclass(frozen=True)
class CellSummary:
    """One cell's exam. `correct` is over all scored questions; the parts are over the answerable and unanswerable."""

    cell: str
    correct: Estimate
    correct_answerable: Estimate | None
    correct_unanswerable: Estimate | None
    exact_match: float  # over the answerable questions
    f1: float  # over the answerable questions
    refusal_rate: float
    n_failed: int  # no answer or no score: counted, left out of every mean
    cost: Cost
    n_sentences: int = 0  # of answers that read passages and did not decline
    skipped: float | None = None  # of an adaptive cell: the share of questions answered without a search
    saved_s: float | None = None  # and the seconds an answer saved against always reading; negative: it took longer
    supported: float | None = None  # the share of these sentences that a passage read supports; None without any


@dataclass(frozen=True)
class Comparison:
    """Cell a against cell b on the same questions; a positive difference means that a is better."""

    a: str
    b: str
    difference: Estimate
    p: float | None
    p_holm: float | None


@dataclass(frozen=True)
class Gap:
    """A difference of two cells (or of 1 and a cell) that names a cause; positive: points to be won there."""

    name: GapName
    upper: str  # cell name, "all right" or "best cell per question"
    lower: str  # cell name
    estimate: Estimate


@dataclass(frozen=True)
class WaterfallStep:
    """One step from the base model's score to 1; the steps' values sum to 1."""

    name: Literal["base", "reading", "retrieval", "behaviour", "capability"]
    value: float
    estimate: Estimate


@dataclass(frozen=True)
class Diagnosis:
    """Why answers fail, over the questions whose evidence was found. No gaps where cells to compare were not run."""

    gaps: list[Gap]
    waterfall: list[WaterfallStep]
    n_questions: int
    n_without_evidence: int
    cause: dict[str, Cause]  # question id -> why the recommended cell failed on it


@dataclass(frozen=True)
class NextAction:
    """What to try next and the gain that the diagnosis predicts from it at most."""

    action: Literal["improve_retrieval", "tune", "bigger_model", "route", "more_questions", "add_documents", "none"]
    gap: GapName | None
    gain: Estimate | None


@dataclass(frozen=True)
class BreakEven:
    """From `answers` answers on, the cell that is dearer to prepare has paid for itself by answering faster."""

    dearer_to_prepare: str
    dearer_to_answer: str
    answers: int


@dataclass(frozen=True)
class Verdict:
    """What to do.

    `decided`: `cell` is the cheapest cell shown to be not worse than the best by more than `margin`, and every
    cheaper cell is shown to be worse. `cannot_tell`: some cheaper cell (`undecided`) may be as good; `cell` is the
    best guess and about `more_questions` further questions would tell. `none_works`: even the best servable cell
    answers too little right.
    """

    kind: Literal["decided", "cannot_tell", "none_works"]
    cell: str
    best: str  # highest mean among the servable cells
    margin: float
    undecided: list[str]
    more_questions: int | None
    next_action: NextAction
    break_even: list[BreakEven]


@dataclass(frozen=True)
class PassageView:
    """A passage as the report shows it."""

    id: str
    document: str
    page: int | None
    heading: str
    text: str


@dataclass(frozen=True)
class AnswerView:
    """One cell's answer to one question and why it counted right or wrong."""

    cell: str
    text: str
    correct: bool | None  # None: failed, not scored
    reason: str  # a key of the message table, e.g. "contains_answer"
    exact_match: bool
    f1: float
    refused: bool
    passages: list[str]  # ids, in the order the model read them
    n_prompt_tokens: int
    n_new_tokens: int
    latency_s: float | None
    error: str | None
    citations: list[CitedSentence] = field(default_factory=list)  # by sentence; empty where it read no passages


@dataclass(frozen=True)
class QuestionView:
    """One test question with every cell's answer."""

    id: str
    text: str
    answers: list[str]
    answerable: bool
    document: str | None
    page: int | None
    quote: str | None
    cluster: str
    gold_passages: list[str]
    cells: list[AnswerView]


@dataclass(frozen=True)
class RetrieverFitting:
    """What fitting the retriever to the questions for training and validation brought, in nDCG@10.

    `before` and `after` are means over those questions, each judged by a fit that it took no part in; `gain` is their
    difference. Where nothing was kept, `after` is what the ranker would have reached.
    """

    kept: Literal["ranker", "fusion", "nothing"]
    before: float
    after: float
    gain: Estimate  # with an 80% interval, whose lower end must be above 0 for anything to be kept
    n_questions: int


@dataclass(frozen=True)
class QueryTuningTrial:
    """What tuning the encoder's reading of questions brought, in nDCG@10 over those for training and validation.

    `before` is what the search fitted without it reaches. Each question is judged by weights that it took no part in.
    """

    kept: bool
    before: float
    after: float
    gain: Estimate  # with an 80% interval, whose lower end must be above 0 for it to be kept
    n_questions: int


@dataclass(frozen=True)
class RerankerTrial:
    """What ranking the found passages again brought, in nDCG@10 over some questions for training and validation.

    `before` and `after` are means over those questions; `gain` is their difference.
    """

    name: str  # as people call it
    kept: bool
    before: float
    after: float
    gain: Estimate  # with an 80% interval, whose lower end must be above 0 for it to be kept
    n_questions: int


@dataclass(frozen=True)
class RetrieverSummary:
    """How well retrieval finds the evidence on the test questions that have some."""

    recall: dict[str, float]  # "1", "3", "5", "10" -> share of questions with a gold passage among the first k
    mrr: float  # mean reciprocal rank over the first 10
    n_questions: int
    encoder: str
    ndcg: float | None = None  # mean over the first 10
    fitting: RetrieverFitting | None = None  # None: not tried
    query_tuning: QueryTuningTrial | None = None  # None: not tried
    reranking: RerankerTrial | None = None  # None: not tried
    reranker_tuning: RerankerTrial | None = None  # None: not tried; `before` with what was kept until then


@dataclass(frozen=True)
class ProbePart:
    """The probes of one language or category: shares right before and after tuning.

    `loss` is before minus after: positive where something was lost.
    """

    name: str
    before: float
    after: float
    loss: Estimate


@dataclass(frozen=True)
class ProbeOutcome:
    """One probe set, answered by the base model and by a tuned one; see `assay.verdict.forgetting` for the findings."""

    kind: Literal["general", "own", "reading"]
    finding: Finding
    judged: ProbePart  # what the finding rests on: the languages in which the base model has something to lose
    languages: list[ProbePart]
    categories: list[ProbePart]  # of the judged languages
    n_lost: int  # right before, wrong after; of all languages
    n_gained: int
    remembered: tuple[float, float] | None = None  # of reading: shares that say what was learnt, before and after


@dataclass(frozen=True)
class LostAnswer:
    """A probe that the base model answered right and the tuned one wrong."""

    kind: Literal["general", "own", "reading"]
    question: str
    accepted: str
    before: str
    after: str


@dataclass(frozen=True)
class Forgetting:
    """What one adapter's training cost beside what it gained."""

    adapter: str
    cells: list[str]  # that answer with it
    gain: Comparison | None  # of the first such cell that can be served, against the same context untuned
    probes: list[ProbeOutcome]
    lost: list[LostAnswer]


@dataclass(frozen=True)
class RunResult:
    """Everything a run found out. The report is a rendering of this and of nothing else."""

    run_id: str
    created: str  # ISO 8601, UTC
    title: str  # name of the documents folder
    base: str
    engine: str
    counts: dict[
        str, int
    ]  # documents, pages, passages, skipped_files, train, validation, test, clusters, unanswerable, drafted
    detectable_difference: float
    skipped_files: list[dict[str, str]]  # path, reason
    left_out_cells: dict[str, str]  # cell -> reason
    warnings: list[str]
    cells: list[CellSummary]
    comparisons: list[Comparison]
    retriever: RetrieverSummary | None
    diagnosis: Diagnosis
    verdict: Verdict
    questions: list[QuestionView]
    passages: dict[str, PassageView]
    training: list[
        dict[str, Any]
    ]  # per adapter: name, seconds, n_examples, epochs, curve [[step, train_loss, validation_loss]]
    settings: dict[str, Any]
    provenance: dict[str, Any] = field(default_factory=dict)  # hashes, versions, seeds, machine, seconds per phase
    forgetting: list[Forgetting] = field(default_factory=list)  # per adapter; empty where nothing was tuned or probed


_ADAPTER = TypeAdapter(RunResult)


def load_result(path: Path) -> RunResult:
    """The result in a result.json."""
    return parse_result(path.read_bytes())


def parse_result(data: bytes) -> RunResult:
    """The result that `dump_result` wrote."""
    return _ADAPTER.validate_json(data)


def dump_result(result: RunResult) -> bytes:
    """The text of result.json."""
    return _ADAPTER.dump_json(result, indent=1)
