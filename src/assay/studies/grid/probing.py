"""Asks the base model and each adapter the same probes. What was answered is kept and not asked again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assay.bench.keys import key_of
from assay.columns.zero_shot import ZeroShot
from assay.grid.answering import answer_beside
from assay.grid.cell import Cell
from assay.grid.column import Behaviour
from assay.grid.pipeline import Pipeline
from assay.grid.pipelines import Pipelines
from assay.models.prompt import PROMPT_VERSION
from assay.probes import ProbeKind, ProbeSet, contradictions, general_probes, read_probes
from assay.probes.plain import Plain
from assay.questions.answer import Answerer
from assay.questions.exam import Exam
from assay.rows.oracle import OracleContext
from assay.settings import Settings
from assay.training.adapters import TunedModel
from assay.words import message

__all__ = ["Sitting", "ask_probes", "collect_probes", "own_probes", "probes_key"]

_LONGEST_ANSWER = 32  # tokens; of general probes, whatever the exam's answers may take


@dataclass(frozen=True)
class Sitting:
    """What one model answered: the base model, whose `adapter` is "", or a tuned one, with the cells it answers."""

    adapter: str
    cells: tuple[Cell, ...]
    texts: Mapping[ProbeKind, Mapping[str, str]]  # question id -> answer


def own_probes(settings: Settings) -> list[ProbeSet]:
    """Those of the user's file, if there is one.

    Raises:
        InputError: problems in the file, all together.
    """
    return [read_probes(Path(settings.probes))] if settings.probes and settings.probe == "auto" else []


def collect_probes(exam: Exam, settings: Settings, own: Sequence[ProbeSet]) -> list[ProbeSet]:
    """The package's probes, the user's own, and passages that contradict what is trained on; no empty set."""
    if settings.probe == "off":
        return []
    reading = contradictions(exam.train, exam.gold_passages, settings.seed)
    return [one for one in [general_probes(), *own, reading] if one.probes]


def probes_key(sets: Sequence[ProbeSet]) -> str:
    """Changes with anything that is asked or accepted."""
    rows = [
        [one.kind, p.question.id, p.question.text, p.question.answers, p.question.answerable, p.category, p.form]
        for one in sets
        for p in one.probes
    ]
    return key_of(probes=rows, read=[p.passage.text for one in sets for p in one.probes if p.passage is not None])


def ask_probes(sets: Sequence[ProbeSet], cells: Sequence[Cell], pipelines: Pipelines) -> list[Sitting]:
    """One sitting for the base model and one for each adapter of these cells, which are trained; none without any.

    The adapter that was loaded last comes first, so that it need not be loaded again.
    """
    adapters: dict[str, list[Cell]] = {}
    models: dict[str, TunedModel] = {}
    for part in (part for cell in cells for part in cell.parts):
        if part.tuned_model is not None:
            key = pipelines.adapters.key(part.tuned_model)
            adapters.setdefault(key, []).append(part)
            models[key] = part.tuned_model
    if not adapters or not sets:
        return []
    tuned = []
    for key, users in reversed(adapters.items()):
        name = pipelines.adapters.logs(models[key])[-1]["name"]
        texts = {one.kind: _ask(one, users[0], key, name, pipelines) for one in sets}
        tuned.append(Sitting(name, tuple(dict.fromkeys(users)), texts))
    before = {one.kind: _ask(one, None, "", "base", pipelines) for one in sets}
    return [Sitting("", (), before), *reversed(tuned)]


def _ask(one: ProbeSet, cell: Cell | None, adapter: str, name: str, pipelines: Pipelines) -> dict[str, str]:
    s = pipelines.settings
    n_tokens = _LONGEST_ANSWER if one.kind == "general" else s.max_new_tokens
    key = key_of(
        probe=one.kind,
        asked=[[p.question.id, p.question.text, p.passage.text if p.passage else None] for p in one.probes],
        model=[pipelines.model.sha256, pipelines.model.engine_name],
        adapter=adapter,
        prompts=PROMPT_VERSION,
        answering=[n_tokens, s.answer_batch, s.seed],
    )
    make = partial(_pipeline, one, cell, n_tokens, pipelines)
    step = message("step.probing", s.lang, name=name, kind=one.kind)
    answered = answer_beside(step, key, [probe.question for probe in one.probes], make, pipelines.bench)
    return {id: answer.text for id, (answer, _) in answered.items()}


def _pipeline(one: ProbeSet, cell: Cell | None, n_tokens: int, pipelines: Pipelines) -> Answerer:
    """Asked as a chat user would; with a passage, as the exam asks."""
    read = {p.question.id: (p.passage,) for p in one.probes if p.passage is not None}
    behaviour: Behaviour = ZeroShot(pipelines.exam.lang) if one.kind == "reading" else Plain()
    engine = pipelines.engine(cell) if cell else pipelines.base_engine()
    return Pipeline(OracleContext(read), behaviour, engine, n_tokens)
