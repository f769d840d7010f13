"""A finished label or entity run taken up again: its result, and the measured ways ready for new texts."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from assay.bench.progress import Progress, Silent
from assay.bench.store import Store
from assay.bench.workspace import Workspace
from assay.errors import InputError, NotFound
from assay.grid.cell import Cell
from assay.grid.pipeline import Answer, Answerer
from assay.labelling.exam import LabelExam, load_label_exam
from assay.labelling.example import Entity
from assay.labelling.marking import probability, read_items
from assay.labelling.plan import asks_model, parse_ways
from assay.labelling.workshop import LabelWorkshop
from assay.models import Model, open_model
from assay.questions.question import Question
from assay.retrieval.encoder import load_parts
from assay.settings import Settings
from assay.verdict.label_result import LabelResult, load_label_result

__all__ = ["FinishedLabels", "Tagged", "list_label_runs", "load_labels"]


@dataclass(frozen=True)
class Tagged:
    """What a way says of one text: its label, or its entities in order of place."""

    text: str
    label: str | None  # None in a run of entities, and where the reply names no label or several
    entities: tuple[Entity, ...]
    probability: float | None  # of the whole answer, as the way gives it; None: its engine tells none


class FinishedLabels:
    """A run of a workspace. `tag` uses the pipelines that were measured: the same prompts, examples and weights.

    Args:
        folder: of the run, with its result.
        workspace: which holds it.
        lang: of the report and of what is printed.
        model: an opened one; by default the one that the run's setting `base` names.
    """

    def __init__(self, folder: Path, workspace: Workspace, lang: str, model: Model | None = None) -> None:
        self.result: LabelResult = load_label_result(folder / "result.json")
        self.report = folder / "report.html"  # one HTML file
        self.folder, self.lang = folder, lang
        self._workspace, self._model = workspace, model
        self._pipelines: dict[Cell, Answerer] = {}

    def tag(self, texts: Sequence[str], cell: str | None = None, progress: Progress | None = None) -> list[Tagged]:
        """What a way says of each text, in order.

        Args:
            texts: read as they are, from the beginning; what exceeds the way's window is not read.
            cell: which way; by default the recommended one.
            progress: is told what goes on; silent by default.

        Raises:
            InputError: a text that is empty, or no valid Unicode.
            NotFound: a way that was not run, or that is not what was measured any more.
            EngineError: the engine or endpoint failed.
        """
        way, told = self._find_way(cell), progress or Silent()
        _check(texts)
        pipeline = self._pipeline(way, told)
        questions = [Question(str(number), text, ()) for number, text in enumerate(texts)]
        size = self._settings.answer_batch
        tagged: list[Tagged] = []
        for start in range(0, len(questions), size):
            batch = questions[start : start + size]
            tagged += map(self._read, batch, pipeline.answer(batch))
            told.step(str(way), len(tagged), len(questions))
        return tagged

    def _read(self, asked: Question, answer: Answer) -> Tagged:
        items = read_items(answer.text, asked.text, self._exam.task, self._exam.names)
        label = next((item for item in items if isinstance(item, str)), None)
        entities = tuple(sorted(item for item in items if isinstance(item, Entity)))
        return Tagged(asked.text, label, entities, probability(answer))

    def _find_way(self, name: str | None) -> Cell:
        names = [one.way for one in self.result.ways]
        if name is not None and name not in names:
            raise NotFound(f'"{name}" is no way of this run; these are: {", ".join(names)}')
        (way,) = parse_ways(name or self.result.verdict.cell)
        return way

    def _pipeline(self, way: Cell, progress: Progress) -> Answerer:
        if way not in self._pipelines:
            with closing(Store(self._settings.database or self._workspace.database_url)) as store:
                workshop = self._open_workshop(way, store, progress)
                if not workshop.was_measured(way):
                    raise NotFound(
                        f"{way} is not in {self._workspace.folder} as it was measured: its weights, its engine or what "
                        "was tuned have changed or are gone. Run assay label again with another --out"
                    )
                self._pipelines[way] = workshop.pipeline(way)
        return self._pipelines[way]

    def _open_workshop(self, way: Cell, store: Store, progress: Progress) -> LabelWorkshop:
        """What makes this way, with no more in memory than it needs."""
        exam, s = self._exam, self._settings
        model, parts = None, None
        if asks_model(way):
            model = self._model or open_model(s.base, s.engine, progress.say)
        else:
            parts = load_parts(s.encoder, exam.lang)
        return LabelWorkshop(exam, model, parts, s, self._workspace, store, progress)

    @cached_property
    def _settings(self) -> Settings:
        return Settings(**self.result.settings)

    @cached_property
    def _exam(self) -> LabelExam:
        file = self.folder / "exam.json"
        if not file.is_file():
            raise NotFound(f"{self.folder} does not hold the texts of its run: run the same assay label line again")
        return load_label_exam(file)


def load_labels(
    run_id: str | None = None, *, out: str | Path = ".assay", lang: str = "en", model: Model | None = None
) -> FinishedLabels:
    """A finished run by its id, or the first letters of it; the newest by default.

    Raises:
        NotFound: there is no such run.
    """
    workspace = Workspace(Path(out))
    found = [folder for folder in _finished(workspace) if folder.name.startswith(run_id or "")]
    if found:
        return FinishedLabels(found[0], workspace, lang, model)
    if run_id:
        raise NotFound(f'there is no run "{run_id}" in {out}: start one with assay run or assay label')
    raise NotFound(f"there is no finished run of labels or entities in {out}: start one with assay label TEXTS")


def list_label_runs(out: str | Path = ".assay") -> list[dict[str, Any]]:
    """Id, creation time, title, base model and chosen way of every finished run, the newest first."""
    results = [load_label_result(folder / "result.json") for folder in _finished(Workspace(Path(out)))]
    return [
        {"id": r.run_id, "created": r.created, "title": r.title, "base": r.base or r.encoder, "cell": r.verdict.cell}
        for r in results
    ]


def _finished(workspace: Workspace) -> list[Path]:
    files = list((workspace.folder / "labels").glob("*/result.json"))
    return [file.parent for file in sorted(files, key=lambda file: file.stat().st_mtime, reverse=True)]


def _check(texts: Sequence[str]) -> None:
    for number, text in enumerate(texts, start=1):
        if not text.strip():
            raise InputError(f"text {number} of {len(texts)} is empty")
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise InputError(f"text {number} of {len(texts)} is no valid Unicode: {error.reason}") from error
