"""Read when unsure: from memory where the answer is certain enough, with passages where it is not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any

from assay.bench.preparation import Preparation
from assay.grid.asked_stepwise import Asking, begin_asking
from assay.grid.cell import Cell
from assay.grid.pipelines import Pipelines
from assay.grid.row import Row
from assay.models import Model
from assay.questions.answer import Answer, Answerer
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.rows.none import NONE
from assay.rows.retrieved import RETRIEVED, depends_on
from assay.scorers.answers import ANSWERS
from assay.scoring.refusal import is_refusal
from assay.scoring.scorer import Scorer, chosen_scorer
from assay.words import Text, catalogued, told

__all__ = [
    "ADAPTIVE", "ALWAYS_READ", "LEAST_TRIALS", "AdaptivePipeline", "Trial", "confidence", "fit_threshold",
    "is_confident", "try_both",
]  # fmt: skip

ALWAYS_READ = inf
LEAST_TRIALS = 20  # with fewer validation questions nobody can say which answers from memory to trust
_RULE = 2  # of `fit_threshold`; count up when it chooses otherwise


@dataclass(frozen=True)
class Trial:
    """One validation question: how sure the answer from memory was, and which of the two answers was right."""

    confidence: float
    right_from_memory: bool
    right_with_passages: bool


def confidence(text: str, logprob: float | None, n_tokens: int) -> float:
    """The mean log-probability of an answer's tokens, at most 0; minus infinity for a refusal, or where none is known.

    The mean and not the sum, so that a long answer is not uncertain for its length.
    """
    if logprob is None or not n_tokens or not text.strip() or is_refusal(text):
        return -inf
    return logprob / n_tokens


def is_confident(text: str, logprob: float | None, n_tokens: int, threshold: float) -> bool:
    """Whether the answer from memory is kept: its confidence reaches the threshold. A refusal never does."""
    sure = confidence(text, logprob, n_tokens)
    return sure > -inf and sure >= threshold


def fit_threshold(trials: Sequence[Trial], least: int = LEAST_TRIALS) -> float:
    """The confidence from which on answers from memory are kept: the one by which most is won; among equals the lowest.

    What is won is counted; what is lost is estimated: each wrong answer from memory costs the share of such questions
    that passages get right, whatever the confidence. Counting it, too, would let a model that knows nothing skip a
    search wherever, by luck, none of a few passages had helped. ALWAYS_READ with fewer than `least` trials.
    """
    if len(trials) < least:
        return ALWAYS_READ
    unknown = [trial.right_with_passages for trial in trials if not trial.right_from_memory]
    price = (sum(unknown) + 0.5) / (len(unknown) + 1)
    best, most = ALWAYS_READ, 0.0
    for threshold in sorted({trial.confidence for trial in trials if trial.confidence > -inf}, reverse=True):
        kept = [trial for trial in trials if trial.confidence >= threshold]
        won = sum(trial.right_from_memory and not trial.right_with_passages for trial in kept)
        lost = price * sum(not trial.right_from_memory for trial in kept)
        if won - lost >= most:
            best, most = threshold, won - lost
    return best


class AdaptivePipeline:
    """Answers from memory where it is sure enough, and reads where it is not; see `Answerer`.

    Args:
        from_memory: the closed-book cell of a behaviour.
        with_passages: the open-book cell of the same behaviour.
        threshold: the confidence from which on an answer from memory is kept.
    """

    def __init__(self, from_memory: Answerer, with_passages: Answerer, threshold: float) -> None:
        self._from_memory, self._with_passages = from_memory, with_passages
        self._threshold = threshold

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """One answer a question, in order; what was asked twice has the tokens of both answers.

        Raises:
            EngineError: the engine failed; nothing of this batch is to be used.
        """
        if self._threshold == ALWAYS_READ:
            return self._with_passages.answer(questions)
        first = self._from_memory.answer(questions)
        unsure = [q for q, answer in zip(questions, first, strict=True) if not self._is_kept(answer)]
        second = {answer.question_id: answer for answer in self._with_passages.answer(unsure)} if unsure else {}
        return [_after(answer, second.get(answer.question_id)) for answer in first]

    def ask(self, question: Question, is_last: bool = True) -> Asking:
        """One question step by step, as `answer` asks it."""
        if self._threshold == ALWAYS_READ:
            return (yield from begin_asking(self._with_passages, question, is_last))
        first = yield from begin_asking(self._from_memory, question, is_last=False)
        if self._is_kept(first):
            return _after(first, None)
        return _after(first, (yield from begin_asking(self._with_passages, question, is_last)))

    def warm_up(self) -> None:
        """Both engines, where there are two."""
        self._from_memory.warm_up()
        self._with_passages.warm_up()

    def _is_kept(self, answer: Answer) -> bool:
        return is_confident(answer.text, answer.logprob, answer.n_new_tokens, self._threshold)


def _after(first: Answer, second: Answer | None) -> Answer:
    """The answer that counts: the first if it was kept, else the second, with the tokens that both took."""
    if second is None:
        return replace(first, skipped_search=True)
    return replace(
        second,
        n_prompt_tokens=first.n_prompt_tokens + second.n_prompt_tokens,
        n_new_tokens=first.n_new_tokens + second.n_new_tokens,
    )


def try_both(
    questions: Sequence[Question],
    from_memory: Answerer,
    with_passages: Answerer,
    size: int,
    scorer: Scorer = ANSWERS,
) -> list[Trial]:
    """Each validation question asked closed and open book, in batches of `size`, and which of the answers is right."""
    trials = []
    for start in range(0, len(questions), size):
        batch = questions[start : start + size]
        for question, first, second in zip(batch, from_memory.answer(batch), with_passages.answer(batch), strict=True):
            sure = confidence(first.text, first.logprob, first.n_new_tokens)
            right = (scorer.mark(answer.text, question).correct is True for answer in (first, second))
            trials.append(Trial(sure, *right))
    return trials


def _why_not(exam: Exam, model: Model) -> Text | None:
    return None if model.tells_likelihood else told("left_out.no_likelihood")


def _warning(exam: Exam) -> Text | None:
    n = len(exam.validation)
    return told("warning.adaptive", n=n, needed=LEAST_TRIALS) if n < LEAST_TRIALS else None


def _answers(pipelines: Pipelines, cell: Cell) -> Answerer:
    from_memory, with_passages = (pipelines.pipeline(part) for part in cell.parts)
    return AdaptivePipeline(from_memory, with_passages, _threshold(pipelines, cell, from_memory, with_passages))


def _threshold(pipelines: Pipelines, cell: Cell, from_memory: Answerer, with_passages: Answerer) -> float:
    """From which confidence on the answer from memory is kept.

    Fitted on the validation questions, once; too few of them are not asked at all.
    """
    validation = pipelines.exam.validation
    asked = validation if len(validation) >= LEAST_TRIALS else ()

    def fit(_: object) -> float | None:
        size, scorer = pipelines.settings.answer_batch, chosen_scorer(pipelines.bench)
        threshold = fit_threshold(try_both(asked, from_memory, with_passages, size, scorer))
        return None if threshold == ALWAYS_READ else threshold

    kept = pipelines.bench.store.once(_key(pipelines, cell), fit).value
    return ALWAYS_READ if kept is None else float(kept)


def _depends_on(pipelines: Pipelines) -> dict[str, Any]:
    """On the passages; on the rule of the threshold, and on who marks the answers that it is fitted to."""
    marked = chosen_scorer(pipelines.bench).key
    return depends_on(pipelines) | {"threshold": _RULE} | ({"scorer": marked} if marked else {})


def _preparation(pipelines: Pipelines, cell: Cell) -> Preparation:
    fitted = pipelines.bench.store.made(_key(pipelines, cell))
    return fitted.cost if fitted else Preparation()


def _key(pipelines: Pipelines, cell: Cell) -> str:
    return f"adaptive/{pipelines.cell_key(cell)}"


ADAPTIVE = Row(
    name="adaptive",
    title=catalogued("row.adaptive"),
    note=catalogued("row.adaptive.note"),
    cells=catalogued("row.adaptive.cells"),
    context=RETRIEVED.context,
    place=10,
    depends_on=_depends_on,
    preparation=_preparation,
    why_not=_why_not,
    warning=_warning,
    made_of=(NONE, RETRIEVED),
    answers=_answers,
    colour="behaviour",
)
