"""Has another model write instructions, by GEPA: a cell is what it evaluates, the causes of wrong answers its feedback.

The same answers and the same writings give the same search, and both are kept: a killed one goes on where it was. GEPA
is asked to log nothing, and sends nothing anywhere; what is written is written by the model that the setting names.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from math import ceil
from typing import Any

import numpy as np

from assay.bench.keys import key_of
from assay.bench.meter import Meter
from assay.errors import InputError, MissingExtra
from assay.models import Engine, Message, open_model
from assay.prompting.feedback import feedback
from assay.prompting.halving import Halving
from assay.prompting.prompt_choice import Prompt
from assay.prompting.prompt_trials import PromptTrials
from assay.questions.answer import Answer
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.scoring.scorer import chosen_scorer

__all__ = ["check_gepa", "search_written"]

_COMPONENT = "instruction"
_LONGEST = 800  # tokens of an instruction with what the writer says around it
_ITERATIONS = 60  # at most: those in which all was right already take no time
_MINIBATCH = 4  # wrong and right answers that are shown to the writer at once
_MOST_HELD = 40  # training questions by which prompts are compared
_SHOWN = 1500  # characters of the passages that are shown to the writer
_TEMPLATE = """A small language model answers questions of a team over its documents. It is told:
```
<curr_param>
```
Passages, a sentence on how to decline, and the question follow by themselves.

These are answers that it gave, and what is to be said about them:

<side_info>

Write a better instruction in its place, in the language of the questions. Say how to read and how to answer, in at most
80 words. Name nothing out of the passages and no answer: the instruction is used for other questions. Give the new
instruction within ``` blocks, and nothing else in them."""


def check_gepa() -> None:
    """Nothing where prompts can be written.

    Raises:
        MissingExtra: GEPA is not installed.
    """
    if find_spec("gepa") is None:
        raise MissingExtra('the setting prompt_writer needs GEPA: pip install "assay[prompts]"')


def search_written(trials: PromptTrials, plain: Prompt, budget_s: float, show: Callable[[int, int], None]) -> Halving:
    """The best of the prompts that the writer writes, on training questions that it was not shown.

    Args:
        trials: asks, and counts seconds.
        plain: the usual prompt, with which it begins.
        budget_s: seconds of answering and writing; the last writing and its answers may overrun it.
        show: is told the seconds that are spent, and those of the budget.

    Raises:
        InputError: not everybody may read all, and an instruction could tell what is in the documents.
        EngineError: engine or writer failed; what was answered and written is kept.
    """
    import gepa

    _check_open(trials.pipelines.exam)
    training = trials.training
    n_held = min(_MOST_HELD, len(training) // 2)
    adapter = _Adapter(trials, plain, lambda: show(int(min(trials.seconds, budget_s)), ceil(budget_s)))
    found = gepa.optimize(
        seed_candidate={_COMPONENT: adapter.seed},
        trainset=training[n_held:],
        valset=training[:n_held],
        adapter=adapter,
        reflection_lm=_Writer(trials),
        reflection_prompt_template=_TEMPLATE,
        reflection_minibatch_size=_MINIBATCH,
        stop_callbacks=_Stop(trials, budget_s),
        logger=_Quiet(),
        seed=trials.pipelines.settings.seed,
    )
    scores = list(found.val_aggregate_scores)
    best = max(range(len(scores)), key=lambda place: (scores[place], -place))
    show(ceil(budget_s), ceil(budget_s))
    return Halving(adapter.prompt(found.candidates[best]), len(adapter.tried), n_held)


def _check_open(exam: Exam) -> None:
    is_asked_for_some = any(question.groups is not None for question in exam.questions.questions)
    if is_asked_for_some or any(document.groups for document in exam.corpus.documents):
        raise InputError(
            "prompt_writer: not everybody may read all documents, and a written prompt could tell what is in them: "
            "leave prompt_writer out, a bank holds nothing of your documents"
        )


@dataclass
class _Stop:
    """Says when the budget is spent, or enough was tried."""

    trials: PromptTrials
    budget_s: float
    n_asked: int = 0

    def __call__(self, state: Any) -> bool:
        self.n_asked += 1
        return self.trials.seconds >= self.budget_s or self.n_asked > _ITERATIONS


class _Quiet:
    """Logs nothing."""

    def log(self, message: str) -> None:
        pass


class _Writer:
    """Writes by the model of the setting; what it wrote is kept. It is loaded when it is first needed."""

    def __init__(self, trials: PromptTrials) -> None:
        s = trials.pipelines.settings
        self._trials = trials
        self._engine: Engine | None = None
        self._model = open_model(s.prompt_writer, s.engine)

    def __call__(self, prompt: str | list[dict[str, Any]]) -> str:
        asked = str(prompt)
        key = f"written/{key_of(writer=self._model.sha256, prompt=asked, longest=_LONGEST)}"
        made = self._trials.pipelines.bench.store.once(key, lambda meter: self._write(asked, meter))
        self._trials.seconds += made.cost.seconds
        self._trials.n_tokens += made.cost.tokens
        return str(made.value)

    def _write(self, prompt: str, meter: Meter) -> str:
        self._engine = self._engine or self._model.load()
        (done,) = self._engine.generate([(Message("user", prompt),)], _LONGEST)
        meter.tokens = done.n_prompt_tokens + done.n_new_tokens
        return done.text


@dataclass(frozen=True)
class _Trace:
    """One answer, and what is said about it."""

    question: Question
    answer: Answer
    told: str


class _Adapter:
    """See `gepa.core.adapter.GEPAAdapter`."""

    propose_new_texts = None

    def __init__(self, trials: PromptTrials, plain: Prompt, show: Callable[[], None]) -> None:
        self._trials, self._plain, self._show = trials, plain, show
        self._scorer = chosen_scorer(trials.pipelines.bench)
        self.seed = plain.instruction.replace("{form}", plain.form)
        self.tried: set[Prompt] = set()

    def prompt(self, candidate: Mapping[str, str]) -> Prompt:
        """The prompt with an instruction; the plain one with its own."""
        text = candidate[_COMPONENT].strip()
        return self._plain if text == self.seed else replace(self._plain, instruction=text)

    def evaluate(self, batch: list[Question], candidate: dict[str, str], capture_traces: bool = False) -> Any:
        from gepa import EvaluationBatch

        prompt = self.prompt(candidate)
        asked = self._trials.ask(prompt, batch)
        self.tried.add(prompt)
        self._show()
        traces = [self._trace(*pair) for pair in zip(batch, asked.answers, strict=True)] if capture_traces else None
        scores = np.nan_to_num(asked.marks).tolist()
        return EvaluationBatch([answer.text for answer in asked.answers], scores, traces)

    def make_reflective_dataset(
        self, candidate: dict[str, str], eval_batch: Any, components_to_update: Sequence[str]
    ) -> dict[str, list[dict[str, Any]]]:
        told = [self._record(trace) for trace in eval_batch.trajectories]
        return dict.fromkeys(components_to_update, told)

    def _trace(self, question: Question, answer: Answer) -> _Trace:
        exam = self._trials.pipelines.exam
        score = self._scorer.mark(answer.text, question)
        told = feedback(answer, question, score, exam.gold.get(question.id, ()), exam.lang)
        return _Trace(question, answer, told)

    def _record(self, trace: _Trace) -> dict[str, Any]:
        read = self._trials.cell.row.look_up(self._trials.pipelines, trace.answer.passages)
        passages = "\n\n".join(passage.text for passage in read)[:_SHOWN]
        asked = {"Question": trace.question.text} | ({"Passages": passages} if passages else {})
        return {"Inputs": asked, "Generated Outputs": trace.answer.text, "Feedback": trace.told}
