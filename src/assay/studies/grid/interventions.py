"""Asks some of a cell's questions again with one thing changed. What was asked is kept and not asked again.

Asked are wrong answers, and as many right ones: a change may break as much as it mends. Nothing is chosen by what comes
of it.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from assay.bench.keys import key_of
from assay.bench.parts import blaming_parts
from assay.corpus.document import Passage
from assay.errors import PartError
from assay.grid.answering import Answered, answer_beside
from assay.grid.cell import Cell
from assay.grid.column import Behaviour
from assay.grid.pipeline import Pipeline
from assay.grid.pipelines import Pipelines
from assay.models.engine import Conversation, Message
from assay.questions.answer import Answerer
from assay.questions.question import Question
from assay.rows.oracle import OracleContext
from assay.scoring.scorer import Scorer
from assay.verdict.causes import Change
from assay.words import message

__all__ = ["ask_changed", "choose_asked"]

Floats = npt.NDArray[np.float64]
_REWORDED = {
    "en": "I would like to know this: {text} What do the documents say?",
    "zh": "请告诉我：{text}文档里是怎么写的？",
}


class _Bare:
    """Passages and the question, without an instruction and without examples; see `Behaviour`."""

    def conversation(self, question: Question, passages: Sequence[Passage]) -> Conversation:
        """One user turn."""
        return (Message("user", "\n\n".join([*(passage.text for passage in passages), question.text])),)


@dataclass(frozen=True)
class _Reworded:
    """A behaviour that is asked the same in other words; see `Behaviour`."""

    behaviour: Behaviour
    lang: str

    def conversation(self, question: Question, passages: Sequence[Passage]) -> Conversation:
        """As the behaviour asks."""
        return self.behaviour.conversation(
            replace(question, text=_REWORDED[self.lang].format(text=question.text)), passages
        )


@dataclass(frozen=True)
class _Intervention:
    """One thing that is changed: what is read, and how is asked, from what the cell reads and how it asks."""

    name: str
    read: Callable[[Pipelines, Mapping[str, tuple[Passage, ...]]], Mapping[str, tuple[Passage, ...]]]
    ask: Callable[[Pipelines, Behaviour], Behaviour]


_ALONE = _Intervention("alone", lambda pipelines, read: pipelines.exam.gold_passages, lambda pipelines, ask: ask)
_OTHERWISE = (
    _Intervention("reworded", lambda pipelines, read: read, lambda pipelines, ask: _Reworded(ask, pipelines.exam.lang)),
    _Intervention("bare", lambda pipelines, read: read, lambda pipelines, ask: _Bare()),
)


def choose_asked(
    questions: Sequence[Question], score: Floats, known: Sequence[bool], most: int, seed: int
) -> list[Question]:
    """At most `most` that are wrong, and as many that are right, of those with evidence: drawn by the seed."""
    rng = np.random.default_rng(seed)
    chosen: list[int] = []
    n_wrong = 0
    for mark in (0.0, 1.0):
        places = [i for i, yes in enumerate(known) if yes and score[i] == mark]
        wanted = min(len(places), most if mark == 0.0 else n_wrong)
        n_wrong = wanted if mark == 0.0 else n_wrong
        chosen += [int(i) for i in rng.permutation(places)[:wanted]] if wanted else []
    return [questions[i] for i in sorted(chosen)]


def ask_changed(
    cell: Cell, answered: Answered, asked: Sequence[Question], has_alone: bool, pipelines: Pipelines, scorer: Scorer
) -> list[Change]:
    """What the questions are answered with one thing changed.

    Args:
        cell: whose questions.
        answered: what it read for them.
        asked: the questions.
        has_alone: whether what it answers with the evidence alone is known already.
        pipelines: which make it real.
        scorer: which marks the answers.

    Raises:
        EngineError: the engine failed; what was answered is kept.
    """
    if not asked:
        return []
    wanted = [*([] if has_alone else [_ALONE]), *(_OTHERWISE if cell.row.reads else ())]
    changes = []
    for one in wanted:
        with suppress(PartError), blaming_parts(*cell.outside):  # a part from outside that takes no other words
            changes.append(_ask(one, cell, answered, asked, pipelines, scorer))
    return changes


def _ask(
    one: _Intervention,
    cell: Cell,
    answered: Answered,
    asked: Sequence[Question],
    pipelines: Pipelines,
    scorer: Scorer,
) -> Change:
    lang = pipelines.settings.lang
    key = key_of(cell=pipelines.cell_key(cell), changed=one.name, asked=[[q.id, q.text] for q in asked])
    make = partial(_pipeline, one, cell, answered, pipelines)
    step = message("step.changed", lang, cell=cell, changed=message(f"changed.{one.name}", lang))
    said = answer_beside(step, key, asked, make, pipelines.bench)
    marks = {q.id: scorer.mark(said[q.id][0].text, q).value for q in asked}
    return Change(one.name, np.array([marks.get(q.id, np.nan) for q in pipelines.exam.test]))


def _pipeline(one: _Intervention, cell: Cell, answered: Answered, pipelines: Pipelines) -> Answerer:
    part = cell.parts[-1]
    read = {
        id: tuple(cell.row.look_up(pipelines, answer.passages)) if answer.passages else ()
        for id, (answer, _) in answered.items()
    }
    column = part.column
    behaviour = one.ask(pipelines, column.behaviour(pipelines, part))
    n_new = column.n_new_tokens(pipelines.settings.max_new_tokens)
    context = OracleContext(one.read(pipelines, read))
    return Pipeline(context, behaviour, pipelines.engine(part), n_new, column.read)
