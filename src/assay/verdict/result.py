"""The result of a run as plain values: what result.json holds and the report shows. Computes nothing."""

from dataclasses import dataclass, field
from typing import Any, Literal

from assay.prompting.prompt_choice import PromptChoice
from assay.scoring.citation import CitedSentence
from assay.scoring.faults import Fault
from assay.scoring.long_scores import LongAnswers
from assay.statistics.estimate import Estimate
from assay.verdict.judge_said import JudgeSaid
from assay.verdict.peoples_marks import PeoplesMarks

__all__ = [
    "AnswerView",
    "BreakEven",
    "CanaryMark",
    "Cause",
    "CellSummary",
    "CellWords",
    "ColumnView",
    "Comparison",
    "Cost",
    "Declining",
    "Diagnosis",
    "Disagreement",
    "Finding",
    "Forgetting",
    "Gap",
    "GapName",
    "LostAnswer",
    "NamedCause",
    "NextAction",
    "OtherSummary",
    "PassageView",
    "ProbeOutcome",
    "ProbePart",
    "QuestionFinding",
    "QuestionView",
    "RetrieverSummary",
    "RowView",
    "RunResult",
    "Rung",
    "Standing",
    "Steadiness",
    "ToldCost",
    "TriedStep",
    "Verdict",
    "WaterfallStep",
    "Words",
]

Cause = Literal[
    "right",
    "gold_doubtful",  # the accepted answer is not what its evidence says
    "not_in_documents",  # its evidence was told, and no document holds it
    "not_found",  # its evidence was not in the prompt
    "other_version",  # another version of its document was, or was preferred
    "other_document",  # its evidence was in the prompt, and the answer is out of another document
    "not_used",  # its evidence was in the prompt, and the answer is out of none
    "form",  # the answer is known, and said in a form that does not count
    "not_known",  # by a cell that reads nothing
    "behaviour",  # wrong with the evidence alone, right so in another column
    "capability",  # wrong with the evidence alone, whatever is changed
    "not_declined",  # the documents do not say, and it was answered
    "unknown",
    "retrieval",  # these two: of results from before causes were found by what stood in the prompt
    "knowledge",
]
CauseName = Literal[
    "broken_prompt",
    "no_passages",
    "broken_adapter",
    "idle_adapter",
    "leak",
    "gold_doubtful",
    "not_in_documents",
    "not_found",
    "other_version",
    "other_document",
    "not_used",
    "form",
    "not_known",
    "behaviour",
    "capability",
    "not_declined",
]
GapName = Literal["knowledge", "retrieval", "behaviour", "capability", "routing"]
Finding = Literal["lost", "may_have_lost", "not_shown", "kept", "nothing_to_lose", "recites"]
Standing = Literal["better", "worse", "as_good", "cannot_tell"]


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
    prepare_money: float | None = None  # likewise; None beside a price of answers: the time of both costs the same

    @property
    def usual_s(self) -> float:
        """Seconds an answer: alone, where that was measured, else batched."""
        return self.latency_p50_s or self.answer_s


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
    n_cut: int = 0  # answers that stopped at the limit of new tokens
    bounds: tuple[float, float] | None = None  # `correct` if all failed were wrong, or right; None: 2% failed, or fewer
    form_kept: float | None = None  # of the answers that a form was asked of and that did not decline; None without any
    long: LongAnswers | None = None  # of the questions with long accepted answers; None without any


@dataclass(frozen=True)
class Comparison:
    """Cell a against cell b on the same questions; a positive difference means that a is better."""

    a: str
    b: str
    difference: Estimate
    p: float | None
    p_holm: float | None
    standing: Standing | None = None  # of a against b; None in results from before it was kept


@dataclass(frozen=True)
class ToldCost:
    """What another system took, as the file of its answers tells; None where it does not."""

    latency_p50_s: float | None
    latency_p95_s: float | None
    n_latency: int
    n_tokens: float | None  # mean an answer, read and written
    money_per_1000: float | None


@dataclass(frozen=True)
class OtherSummary:
    """The exam of a system from elsewhere, known by its answers alone; the figures are those of `CellSummary`."""

    cell: str  # its name, which stands in the place of a cell in questions, comparisons and words
    correct: Estimate
    correct_answerable: Estimate | None
    correct_unanswerable: Estimate | None
    exact_match: float
    f1: float
    refusal_rate: float
    n_failed: int  # no answer: counted, left out of every mean
    told: ToldCost
    standing: Standing  # of the verdict's cell against it
    is_ahead: bool  # even the best cell that can be served is shown to be worse, and it is useful itself
    supported: float | None = None  # None where its file does not tell what it read
    form_kept: float | None = None
    long: LongAnswers | None = None


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

    name: Literal["base", "reading", "retrieval", "finding", "picking", "behaviour", "capability"]
    value: float
    estimate: Estimate


@dataclass(frozen=True)
class NamedCause:
    """What is behind wrong answers, or makes the figures themselves untrue.

    `n` of `of`: wrong answers of the recommended cell; of a leak, doubtful answers and missing evidence test questions;
    of a canary its answers. `share`: of all test questions, where it is about answers.
    """

    name: CauseName
    n: int
    of: int
    share: Estimate | None = None
    values: dict[str, Any] = field(default_factory=dict)  # further ones for its sentence


@dataclass(frozen=True)
class CanaryMark:
    """How many of the known questions were answered right, asked as a cell asks.

    `expected`: how many the same base answered when it was healthy, or, of an adapter, its base in this run; None
    where that is not known. `is_low`: so many fewer that something is broken.
    """

    cell: str
    adapter: str  # "": the base itself
    n: int
    n_right: int
    expected: int | None
    is_low: bool


@dataclass(frozen=True)
class QuestionFinding:
    """What the check of the question set found on one question; `other` is a second one that it is about, or ""."""

    kind: Literal["leak", "contradiction", "not_in_evidence", "not_in_documents"]
    question: str
    other: str = ""
    is_reworded: bool = False  # of a leak: the same question in other words


@dataclass(frozen=True)
class Diagnosis:
    """Why answers fail, over the questions whose evidence was found. No gaps where cells to compare were not run."""

    gaps: list[Gap]
    waterfall: list[WaterfallStep]
    n_questions: int
    n_without_evidence: int
    cause: dict[str, Cause]  # question id -> why the recommended cell failed on it
    own_gaps: list[GapName] = field(default_factory=list)  # in which the recommended cell still loses, largest first
    named: list[NamedCause] | None = None  # the first is to be dealt with first; None: of a result from before
    tried: dict[str, dict[str, bool]] = field(default_factory=dict)  # question id -> what was changed -> now right
    effects: dict[str, Estimate] = field(default_factory=dict)  # what was changed -> share of questions that it mends
    n_asked: int = 0  # answers that were asked for to find causes


@dataclass(frozen=True)
class NextAction:
    """What to try next and the gain that the diagnosis predicts from it at most."""

    action: Literal[
        "improve_retrieval", "tune", "bigger_model", "route", "more_questions", "add_documents", "none",
        "mend_prompt", "mend_search", "train_again", "train_more", "mend_splits", "mend_answers", "restore_documents",
        "mark_versions", "fewer_passages", "ask_otherwise", "mend_form", "teach_declining",
    ]  # fmt: skip
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

    `decided`: `cell` is the cheapest cell of which no other is ahead by `margin`, and every cheaper cell is shown to be
    worse, or less steady; see `assay.verdict.cell_choice`. `cannot_tell`: it is not told from the `undecided` cells;
    `cell` is the best guess, and about `more_questions` further questions would decide, None where that cannot be
    foretold. `none_works`: even the best servable cell answers too little right; `fault` names what its answers have in
    common where that is why.
    """

    kind: Literal["decided", "cannot_tell", "none_works"]
    cell: str
    best: str  # highest mean among the servable cells
    margin: float
    undecided: list[str]
    more_questions: int | None
    next_action: NextAction
    break_even: list[BreakEven]
    fault: Fault | None = None
    unanswered: list[str] = field(default_factory=list)  # cells that left over 2% of the questions without a mark
    elsewhere: float | None = (
        None  # the share that the best gets of questions that it was not picked on; None: one cell
    )
    steadier: list[Comparison] = field(
        default_factory=list
    )  # by the share of questions whose mark never turns: a dearer cell, then `cell` or one that was passed over for it

    @property
    def missing(self) -> list[str]:
        """The cells whose missing answers have to come before more questions can decide; none of a decided verdict."""
        return [cell for cell in self.unanswered if cell in (self.cell, *self.undecided)] if self.undecided else []

    @property
    def perhaps_steady(self) -> list[str]:
        """The cells that it is not told from because they were passed over and not shown to be less steady."""
        return [cell for cell in self.undecided if cell in self.passed_over]

    @property
    def passed_over(self) -> list[str]:
        """The cheaper cells that are as often right and may be less steady, each once."""
        return list(dict.fromkeys(one.b for one in self.steadier if one.b != self.cell))


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
    correct: bool | None  # None: failed, not scored; or words cannot tell (reason "unjudged")
    reason: str  # of the catalogue, e.g. "contains_answer", or of `RunResult.reasons`
    exact_match: bool
    f1: float
    refused: bool
    passages: list[str]  # ids, in the order the model read them
    n_prompt_tokens: int
    n_new_tokens: int
    latency_s: float | None
    error: str | None
    citations: list[CitedSentence] = field(default_factory=list)  # by sentence; empty where it read no passages
    is_cut: bool = False  # the answer stopped at the limit of new tokens
    form_kept: bool | None = None  # whether it has the form that was asked for; None: none was
    complete: float | None = None  # of a long accepted answer; see `assay.scoring.long_scores`
    stated: float | None = None  # share of what the answer states that reference or evidence support


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
class TriedStep:
    """A step of the search and what it brought: by language in a sentence, and in nDCG@10 where it was on trial.

    The means are over questions for training and validation, none of which had a part in what it was judged by.
    """

    step: str
    lines: dict[str, str]  # language -> sentence
    kept: bool = True
    before: float | None = None  # None: not on trial
    after: float | None = None
    gain: Estimate | None = None  # with an 80% interval, whose lower end must be above 0 for it to be kept
    n_questions: int = 0


@dataclass(frozen=True)
class RetrieverSummary:
    """How well retrieval finds the evidence on the test questions that have some."""

    recall: dict[str, float]  # "1", "3", "5", "10" -> share of questions with a gold passage among the first k
    mrr: float  # mean reciprocal rank over the first 10
    n_questions: int
    encoder: str
    ndcg: float | None = None  # mean over the first 10
    tried: list[TriedStep] = field(default_factory=list)  # in order; steps that say nothing are left out


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


Words = dict[str, str]  # language -> sentence


@dataclass(frozen=True)
class RowView:
    """A row as the report shows it, whether its part is still there or not."""

    name: str
    title: Words
    note: Words
    is_served: bool  # False: a ceiling
    colour: str  # of its points, by its name in the theme
    code: str = ""  # of a part from outside: a hash of its source


@dataclass(frozen=True)
class ColumnView:
    """A column as the report shows it."""

    name: str
    title: Words
    note: Words
    shape: str  # of its points
    code: str = ""


@dataclass(frozen=True)
class CellWords:
    """What a cell is called, what it is called in a picture, and the advice to use it."""

    name: Words
    short: Words
    use: Words


@dataclass(frozen=True)
class Rung:
    """A rung of the ladder: what a cell brought over the best cell below it; the lowest has none."""

    cell: str
    over: str | None
    gain: Estimate | None

    @property
    def standing(self) -> Literal["pays", "loses", "cannot_tell"]:
        """Whether its gain is told from zero, and on which side."""
        low, high = (self.gain.low, self.gain.high) if self.gain is not None else (None, None)
        if low is not None and low > 0:
            return "pays"
        return "loses" if high is not None and high < 0 else "cannot_tell"


@dataclass(frozen=True)
class Disagreement:
    """The share of validation questions that just one of two cells gets right."""

    share: float
    n: int  # questions


@dataclass(frozen=True)
class Declining:
    """When a cell that searches declines unasked: what is not near the documents. See `assay.retrieval.nearness`.

    The shares say how the line did on questions that it was not fitted to.
    """

    cell: str  # whose answers to the test the figures below are about
    weights: tuple[float, float]  # of cosine and share of terms
    least: float
    is_used: bool
    n_own: int  # questions about the documents that the line was fitted to
    n_general: int  # and general ones
    lost: float  # share of its own questions declined
    refused: float  # share of the general ones declined
    declined: float  # share of the test questions
    right: Estimate  # of all test questions, without the line
    right_with: Estimate
    difference: Estimate  # with − without
    curve: list[tuple[float, float]]  # share of the test questions answered, the nearest; share right among them


@dataclass(frozen=True)
class Steadiness:
    """How a cell's marks turn when test questions are asked again in other batches, and in other words."""

    cell: str
    n_questions: int
    n_again: int  # times that each was asked again
    n_wordings: int  # of all questions together, that were answered
    steady_again: Estimate | None  # share of questions whose mark never turned; None: not asked again
    steady_worded: Estimate | None  # likewise over wordings
    always_right: Estimate  # share right each time (pass^k)
    spread_again: float | None  # mean variance of a question's marks over batches, 0 to 1/4
    spread_worded: float | None  # over wordings
    steady: Estimate | None = None  # over batches and wordings together; None in results from before it was kept


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
    left_out: dict[str, str]  # cell -> reason
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
    reasons: dict[str, dict[str, str]] = field(default_factory=dict)  # those of a scorer: language -> words
    steps: dict[str, str] = field(default_factory=dict)  # code of each step that `search_steps` named, by its name
    rows: list[RowView] = field(default_factory=list)  # those of every grid and those asked for, in their order
    columns: list[ColumnView] = field(default_factory=list)
    words: dict[str, CellWords] = field(default_factory=dict)  # cell -> what it is called
    disagreement: Disagreement | None = None  # on which `detectable_difference` rests; None: the usual one is assumed
    declining: Declining | None = None  # None: the recommended cell does not search, or the questions are too few
    steadiness: list[Steadiness] = field(default_factory=list)  # empty unless asked for
    others: list[OtherSummary] = field(default_factory=list)  # systems from elsewhere; their answers: in `questions`
    people: PeoplesMarks | None = None  # once people have marked some of the answers
    judge: JudgeSaid | None = None  # of answers that the scorer cannot judge; None: nobody was asked
    canary: list[CanaryMark] = field(default_factory=list)  # the base first, then adapters
    findings: list[QuestionFinding] = field(default_factory=list)  # of the check of the question set
    rungs: list[Rung] = field(default_factory=list)  # from below; empty with a single cell that can be served
    prompts: list[PromptChoice] = field(default_factory=list)  # one for each search; empty unless a cell asked for it

    @property
    def model(self) -> str:
        """The base model."""
        return self.base

    @property
    def advised(self) -> str:
        """The cell of the verdict."""
        return self.verdict.cell

    @property
    def examined(self) -> list[str]:
        """What sat the exam, by name: the cells, then systems from elsewhere."""
        return [*(one.cell for one in self.cells), *(one.cell for one in self.others)]

    @property
    def long_answers(self) -> dict[str, LongAnswers]:
        """Of each cell, and each system from elsewhere, that was asked questions with long accepted answers."""
        sat: list[CellSummary | OtherSummary] = [*self.cells, *self.others]
        return {one.cell: one.long for one in sat if one.long}

    @property
    def has_long(self) -> bool:
        """Whether some question has a long accepted answer."""
        return bool(self.long_answers)

    @property
    def ahead(self) -> OtherSummary | None:
        """The system from elsewhere that is shown to be better than every cell; of several the one most often right."""
        ahead = [other for other in self.others if other.is_ahead]
        return max(ahead, key=lambda other: other.correct.value, default=None)

    def is_served(self, cell: str) -> bool:
        """Whether a cell of this run can be put into service."""
        return next((row.is_served for row in self.rows if row.name == cell.partition("/")[0]), False)
