"""A finished label or entity run taken up again: its result, and the measured ways ready for new texts."""

import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from assay.bench.bench import Bench
from assay.bench.checked_calls import checked
from assay.bench.parts import Parts, blaming_parts, load_parts
from assay.bench.progress import Progress, usual_progress
from assay.bench.store import Store
from assay.bench.workspace import Workspace
from assay.errors import InputError, NotFound
from assay.labelled.labelled_text import Entity, LabelledText
from assay.models import Model, open_model
from assay.privacy import hub_closed
from assay.questions.answer import Answer, Answerer
from assay.questions.question import Question
from assay.retrieval.encoder import load_encoder_parts
from assay.settings import Settings, load_settings, restore_settings
from assay.studies.labels.kind import KIND
from assay.studies.labels.label_exam import LabelExam, load_label_exam
from assay.studies.labels.label_maker import LabelMaker
from assay.studies.labels.label_marks import probability, read_reply
from assay.studies.labels.way import Way
from assay.studies.study import Finished, choose_folder, finished_studies
from assay.tasks import Task
from assay.verdict.label_result import LabelResult
from assay.verdict.stored import load_result

__all__ = ["FinishedLabels", "Tagged", "load_labels"]

_NAME_FILE = "name the file that it came from (--parts FILE)"


@dataclass(frozen=True)
class Tagged:
    """What a way says of one text: its label, its labels, or its entities in order of place."""

    text: str
    label: str | None  # None in a run of entities or of several labels, and where the reply names no label or several
    entities: tuple[Entity, ...]
    probability: float | None  # of the whole answer, as the way gives it; None: its engine tells none
    labels: tuple[str, ...] = ()  # in a run where a text can have several

    @property
    def labelled(self) -> LabelledText:
        """The text as one that is labelled."""
        return LabelledText("", self.text, self.label or "", self.entities, labels=self.labels)


class FinishedLabels:
    """A run of a workspace. `tag` uses the pipelines that were measured: the same prompts, examples and weights.

    Args:
        finished: the run.
        workspace: which holds it.
        parts: files of parts, of which its task and its ways may be.
        model: an opened one; by default the one that the run's setting `base` names.
    """

    def __init__(
        self, finished: Finished[LabelResult], workspace: Workspace, parts: Sequence[str], model: Model | None = None
    ) -> None:
        self.result, self.folder, self.lang = finished.result, finished.folder, finished.lang
        self.report, self.outcome = finished.report, finished.outcome
        self._workspace, self._files, self._model = workspace, parts, model
        self._pipelines: dict[Way, Answerer] = {}

    @checked()
    @hub_closed()
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
            PartError: a task or a way from outside failed.
        """
        way, told = self._find_way(cell), progress or usual_progress()
        _check(texts)
        with blaming_parts():
            return self._tag(way, texts, told)

    def _tag(self, way: Way, texts: Sequence[str], told: Progress) -> list[Tagged]:
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
        items = read_reply(answer.text, asked.text, self.task, self._exam.names)
        labels = tuple(sorted(item for item in items if isinstance(item, str)))
        entities = tuple(sorted(item for item in items if isinstance(item, Entity)))
        sure = probability(answer)
        if self.task.any_names:
            return Tagged(asked.text, None, entities, sure, labels)
        return Tagged(asked.text, labels[0] if labels else None, entities, sure)

    def _find_way(self, name: str | None) -> Way:
        names = [one.way for one in self.result.ways]
        if name is not None and name not in names:
            raise NotFound(f'"{name}" is no way of this run; these are: {", ".join(names)}')
        way = self._parts.of(Way).get(name or self.result.verdict.cell)
        if way is None:
            raise NotFound(f'the way "{name or self.result.verdict.cell}" is not known here: {_NAME_FILE}')
        return way

    @cached_property
    def _parts(self) -> Parts:
        return load_parts(self._files)

    @cached_property
    def task(self) -> Task:
        """What is asked of a text.

        Raises:
            NotFound: it is not known here.
            InputError: the file that it came from cannot be read any more.
        """
        found = self._parts.of(Task).get(self.result.task)
        if found is None:
            raise NotFound(f'the task "{self.result.task}" is not known here: {_NAME_FILE}')
        return found

    def _pipeline(self, way: Way, progress: Progress) -> Answerer:
        if way not in self._pipelines:
            with closing(Store(self._settings.database or self._workspace.database_url)) as store:
                maker = self._open_maker(way, Bench(self._settings, self._workspace, store, progress, self._parts))
                if not maker.was_measured(way):
                    raise NotFound(
                        f"{way} is not in {self._workspace.folder} as it was measured: its weights, its engine or what "
                        "was tuned have changed or are gone. Run assay label again with another --out"
                    )
                self._pipelines[way] = maker.pipeline(way)
        return self._pipelines[way]

    def _open_maker(self, way: Way, bench: Bench) -> LabelMaker:
        """What makes this way, with no more in memory than it needs."""
        exam, s = self._exam, self._settings
        model = (self._model or open_model(s.base, s.engine, bench.say)) if way.asks_model else None
        parts = load_encoder_parts(s.encoder, exam.lang) if way.tunes_encoder else None
        return LabelMaker(exam, model, parts, bench)

    @cached_property
    def _settings(self) -> Settings:
        return restore_settings(self.result.settings, partial(load_settings, {}, environ=os.environ))

    @cached_property
    def _exam(self) -> LabelExam:
        file = self.folder / "exam.json"
        if not file.is_file():
            raise NotFound(f"{self.folder} does not hold the texts of its run: run the same assay label line again")
        return load_label_exam(file, self.task)


def load_labels(
    run_id: str | None = None,
    *,
    out: str | Path = ".assay",
    lang: str = "en",
    model: Model | None = None,
    parts: Sequence[str] = (),
) -> FinishedLabels:
    """A finished run by its id, or the first letters of it; the newest by default.

    Args:
        run_id: of the run.
        out: its workspace.
        lang: of what is printed.
        model: an opened one; by default the one that the run's setting `base` names.
        parts: files of parts, in place of those that the run was made with.

    Raises:
        NotFound: there is no such run, or it is damaged or of an earlier format.
        InputError: the letters fit several runs, or it is of a later format.
    """
    workspace = Workspace(Path(out))
    folders = finished_studies(KIND, workspace)
    if not any(folder.name.startswith(run_id or "") for folder in folders):
        which = f'run "{run_id}"' if run_id else "finished run"
        raise NotFound(f"there is no {which} of labels or entities in {out}: start one with assay label TEXTS")
    folder = choose_folder(folders, run_id, workspace)
    result = load_result(LabelResult, folder / "result.json")
    return FinishedLabels(Finished(result, KIND, folder, lang), workspace, parts or result.settings["parts"], model)


def _check(texts: Sequence[str]) -> None:
    for number, text in enumerate(texts, start=1):
        if not text.strip():
            raise InputError(f"text {number} of {len(texts)} is empty")
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise InputError(f"text {number} of {len(texts)} is no valid Unicode: {error.reason}") from error
