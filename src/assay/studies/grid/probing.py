"""Asks the base model and each adapter the same probes. What was answered is kept and not asked again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assay.bench.keys import key_of
from assay.bench.progress import Progress
from assay.bench.store import Store
from assay.columns import Behaviour, ZeroShot
from assay.columns.plain import Plain
from assay.grid.answering import answer_cell, plan_batches
from assay.grid.cell import Cell
from assay.grid.pipeline import Answerer, Pipeline
from assay.grid.pipelines import Workshop
from assay.models.prompt import PROMPT_VERSION
from assay.probes import ProbeKind, ProbeSet, contradictions, general_probes, read_probes
from assay.questions.exam import Exam
from assay.rows import OracleContext
from assay.settings import Settings

__all__ = ["Sitting", "ask_probes", "collect_probes", "own_probes", "probes_key"]

_LONGEST_ANSWER = 32  # tokens; of general probes, whatever the exam's answers may take
_BASE = Cell("none", "zero-shot")


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


def ask_probes(
    sets: Sequence[ProbeSet], cells: Sequence[Cell], workshop: Workshop, store: Store, progress: Progress
) -> list[Sitting]:
    """One sitting for the base model and one for each adapter of these cells, which are trained; none without any.

    The adapter that was loaded last comes first, so that it need not be loaded again.
    """
    adapters: dict[str, list[Cell]] = {}
    for cell in cells:
        for part in cell.parts if cell.is_tuned else ():
            adapters.setdefault(workshop.adapters.key(part), []).append(part)
    if not adapters or not sets:
        return []
    tuned = []
    for key, users in reversed(adapters.items()):
        name = workshop.adapters.logs(users[0])[-1]["name"]
        texts = {one.kind: _ask(one, users[0], key, f"Probing {name}", workshop, store, progress) for one in sets}
        tuned.append(Sitting(name, tuple(dict.fromkeys(users)), texts))
    before = {one.kind: _ask(one, _BASE, "", "Probing base", workshop, store, progress) for one in sets}
    return [Sitting("", (), before), *reversed(tuned)]


def _ask(
    one: ProbeSet, cell: Cell, adapter: str, step: str, workshop: Workshop, store: Store, progress: Progress
) -> dict[str, str]:
    s = workshop.settings
    n_tokens = _LONGEST_ANSWER if one.kind == "general" else s.max_new_tokens
    key = key_of(
        probe=one.kind,
        asked=[[p.question.id, p.question.text, p.passage.text if p.passage else None] for p in one.probes],
        model=[workshop.model.sha256, workshop.model.engine_name],
        adapter=adapter,
        prompts=PROMPT_VERSION,
        answering=[n_tokens, s.answer_batch, s.seed],
    )
    batches = plan_batches([probe.question for probe in one.probes], 0, s.answer_batch, s.seed)
    answered = answer_cell(
        f"{step}: {one.kind}", key, batches, lambda: _pipeline(one, cell, n_tokens, workshop), store, progress
    )
    return {id: answer.text for id, (answer, _) in answered.items()}


def _pipeline(one: ProbeSet, cell: Cell, n_tokens: int, workshop: Workshop) -> Answerer:
    """Asked as a chat user would; with a passage, as the exam asks."""
    read = {p.question.id: (p.passage,) for p in one.probes if p.passage is not None}
    behaviour: Behaviour = ZeroShot(workshop.exam.lang) if one.kind == "reading" else Plain()
    return Pipeline(OracleContext(read), behaviour, workshop.engine(cell), n_tokens)
