"""The canary: known questions, asked as the cells ask. A base far below what it is known for is no weak base.

It goes the whole way of an answer: the cell's own behaviour and engine, and passages handed over.
"""

from collections.abc import Sequence
from functools import partial

from assay.bench.keys import key_of
from assay.corpus.document import Passage
from assay.grid.answering import answer_beside
from assay.grid.cell import Cell
from assay.grid.pipeline import Pipeline
from assay.grid.pipelines import Pipelines
from assay.models.expected import expected_score, keep_healthy
from assay.models.prompt import PROMPT_VERSION
from assay.probes.easy_reading import EasyQuestion
from assay.probes.known_questions import canary_questions
from assay.questions.answer import Answerer
from assay.questions.question import Question
from assay.rows.oracle import OracleContext
from assay.verdict.result import CanaryMark
from assay.words import message

__all__ = ["asked_name", "hold_canary"]

_LEFT = 0.75  # of what a base is known for: below it is broken
_LEFT_TUNED = 0.5  # of what the base gets right: an adapter that keeps less reads no more
_LEAST = 0.4  # of the questions: of a base that is known for less nothing can be seen to go
_LONGEST = 24  # tokens


def hold_canary(cells: Sequence[Cell], pipelines: Pipelines) -> list[CanaryMark]:
    """A mark for the base, asked plainly, and one for each adapter that reads passages.

    The base's comes first. Other ways of asking the base are not tried: they share its engine and its template.
    """
    readers = [cell for cell in cells if cell.row.reads and not cell.row.made_of]
    plain = next((cell for cell in readers if cell.column.is_plain), None)
    if plain is None:
        return []
    base = _mark_base(plain, pipelines)
    pipelines.bench.say("plan.canary", right=base.n_right, n=base.n, cell=plain)
    tuned = {
        pipelines.adapters.key(cell.tuned_model): cell for cell in reversed(readers) if cell.tuned_model is not None
    }
    return [base, *(_mark_tuned(cell, key, base, pipelines) for key, cell in tuned.items())]


def asked_name(cell: Cell, lang: str) -> str:
    """What names the known questions of a language, and the way in which a cell asks them."""
    asked = key_of(asked=_rows(canary_questions(lang)), prompts=PROMPT_VERSION, code=cell.column.code)
    return f"{lang}/{cell.column.name}/{asked[:8]}"


def _mark_base(cell: Cell, pipelines: Pipelines) -> CanaryMark:
    asked = canary_questions(pipelines.exam.lang)
    name = asked_name(cell, pipelines.exam.lang)
    expected = expected_score(pipelines.model, name)
    n_right = _n_right(cell, "", asked, pipelines)
    keep_healthy(pipelines.model, name, n_right, len(asked))
    can_tell = expected is not None and expected >= _LEAST * len(asked)
    is_low = expected is not None and can_tell and n_right < _LEFT * expected
    return CanaryMark(str(cell), "", len(asked), n_right, expected, is_low)


def _mark_tuned(cell: Cell, key: str, base: CanaryMark, pipelines: Pipelines) -> CanaryMark:
    n_right = _n_right(cell, key, canary_questions(pipelines.exam.lang), pipelines)
    is_low = base.n_right >= _LEAST * base.n and n_right < _LEFT_TUNED * base.n_right
    return CanaryMark(str(cell), key, base.n, n_right, base.n_right, is_low)


def _rows(asked: Sequence[EasyQuestion]) -> list[list[object]]:
    return [[one.text, one.passage.text, one.answers] for one in asked]


def _n_right(cell: Cell, adapter: str, asked: Sequence[EasyQuestion], pipelines: Pipelines) -> int:
    s = pipelines.settings
    questions = {f"canary-{i}": one for i, one in enumerate(asked)}
    key = key_of(
        canary=_rows(asked),
        model=[pipelines.model.sha256, pipelines.model.engine_name],
        adapter=adapter,
        prompts=PROMPT_VERSION,
        column=[cell.column.name, cell.column.code],
        answering=[s.answer_batch, s.seed],
    )
    known = [Question(id, one.text, one.answers) for id, one in questions.items()]
    make = partial(_pipeline, cell, {id: (one.passage,) for id, one in questions.items()}, pipelines)
    said = answer_beside(message("step.canary", s.lang, cell=cell), key, known, make, pipelines.bench)
    return sum(one.is_answered_by(said[id][0].text) for id, one in questions.items())


def _pipeline(cell: Cell, read: dict[str, tuple[Passage, ...]], pipelines: Pipelines) -> Answerer:
    column = cell.column
    behaviour = column.behaviour(pipelines, cell)
    return Pipeline(OracleContext(read), behaviour, pipelines.engine(cell), column.n_new_tokens(_LONGEST), column.read)
