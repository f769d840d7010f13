"""What Python users call: everything that the command line does, with the same words. Knows no terminal."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assay.bench.checked_calls import checked
from assay.bench.progress import Progress

if TYPE_CHECKING:
    from assay.bench.parts import Part
    from assay.checking import Finding
    from assay.corpus.preview import Reading
    from assay.drafting.drafting import Drafts
    from assay.exporting import Exported
    from assay.models import Model
    from assay.questions import Source
    from assay.scoring.scored_answers import ScoredAnswers
    from assay.serving.measured_run import FinishedRun, Reply
    from assay.serving.sync import Synced
    from assay.serving.tagging import FinishedLabels
    from assay.studies.comparison import Compared
    from assay.studies.marked_runs import Drawn, Taken
    from assay.studies.study import Finished
    from assay.verdict.base_result import BaseResult
    from assay.verdict.drill_result import DrillResult
    from assay.verdict.result import RunResult

__all__ = [
    "ask", "check", "choose_base", "compare", "convert", "draft", "draw_marks", "drill", "export", "label", "load",
    "load_labels", "parts", "read", "run", "score", "show", "sync", "take_marks",
]  # fmt: skip


@checked(but="documents")
def run(
    documents: str | Path,
    questions: "Source",
    *,
    out: str | Path = ".assay",
    cells: str | None = None,
    answers: "Mapping[str, Source] | None" = None,
    model: "Model | None" = None,
    progress: Progress | None = None,
    **settings: Any,
) -> "FinishedRun":
    """Put the exam to the cells of the grid; the run holds the verdict, the report, and the cells ready to be asked.

    Arguments and errors as of `assay.studies.grid.grid_study.run`.
    """
    from assay.bench.workspace import Workspace
    from assay.serving.measured_run import FinishedRun
    from assay.studies.grid.grid_study import run as run_study

    finished = run_study(
        documents, questions, out=out, cells=cells, answers=answers, model=model, progress=progress, **settings
    )
    return FinishedRun(finished, Workspace(Path(out)), model)


@checked(but="documents")
def choose_base(
    documents: str | Path,
    questions: "Source",
    bases: Sequence[str],
    *,
    out: str | Path = ".assay",
    progress: Progress | None = None,
    **settings: Any,
) -> "Finished[BaseResult]":
    """Ask the validation questions of several base models and say which to go on with.

    Arguments and errors as of `assay.studies.bases.base_study.choose_base`.
    """
    from assay.studies.bases.base_study import choose_base as choose

    return choose(documents, questions, bases, out=out, progress=progress, **settings)


@checked()
def label(
    texts: str | Path,
    *,
    task: str | None = None,
    out: str | Path = ".assay",
    cells: str | None = None,
    model: "Model | None" = None,
    progress: Progress | None = None,
    **settings: Any,
) -> "FinishedLabels":
    """Put labelled texts to every way of labelling; the run holds the verdict, and the ways ready to `tag`.

    Arguments and errors as of `assay.studies.labels.label_study.label`.
    """
    from assay.bench.workspace import Workspace
    from assay.serving.tagging import FinishedLabels
    from assay.studies.labels.label_study import label as label_study

    finished = label_study(texts, task=task, out=out, cells=cells, model=model, progress=progress, **settings)
    return FinishedLabels(finished, Workspace(Path(out)), finished.result.settings["parts"], model)


@checked()
def drill(
    questions: "Source",
    old: str | Path,
    new: str | Path,
    *,
    out: str | Path = ".assay",
    cells: str | None = None,
    model: "Model | None" = None,
    progress: Progress | None = None,
    **settings: Any,
) -> "Finished[DrillResult]":
    """Change the documents under every cell; see `assay.studies.drill.drill_study.drill_update`."""
    from assay.studies.drill.drill_study import drill_update

    return drill_update(questions, old, new, out=out, cells=cells, model=model, progress=progress, **settings)


@checked()
def load(
    run_id: str | None = None,
    *,
    out: str | Path = ".assay",
    model: "Model | None" = None,
    parts: Sequence[str] = (),
) -> "FinishedRun":
    """A finished run by its id, or the first letters of it; the newest by default. Raises NotFound without one.

    `parts`: where its parts from outside are now; by default where they were.
    """
    from assay.serving.measured_run import load as load_run

    return load_run(run_id, out=out, model=model, parts=parts)


@checked()
def load_labels(
    run_id: str | None = None,
    *,
    out: str | Path = ".assay",
    lang: str = "en",
    model: "Model | None" = None,
    parts: Sequence[str] = (),
) -> "FinishedLabels":
    """A finished run of labels or entities, as `load`."""
    from assay.serving.tagging import load_labels as load_run

    return load_run(run_id, out=out, lang=lang, model=model, parts=parts)


@checked()
def ask(
    question: str,
    *,
    run_id: str | None = None,
    cell: str | None = None,
    groups: str | Collection[str] | None = None,
    only: str | None = None,
    out: str | Path = ".assay",
) -> "Reply":
    """One answer of a finished run. For many, `load` the run once and `ask` it: loading takes seconds.

    Arguments and errors as of `FinishedRun.ask`.
    """
    with load(run_id, out=out) as finished:
        return finished.ask(question, cell=cell, groups=groups, only=only)


@checked()
def show(*, out: str | Path = ".assay", lang: str = "en") -> Any:
    """A frame of what is finished in a workspace, the newest of a kind first; `load` and `load_labels` take one up.

    Raises:
        MissingExtra: neither pandas nor polars is installed.
    """
    from assay.bench.workspace import Workspace
    from assay.serving.frames import as_frame
    from assay.studies.known_kinds import list_studies

    return as_frame(list_studies(Workspace(Path(out)), lang)[0])


@checked()
def sync(
    documents: str | Path, *, out: str | Path = ".assay", undo: bool = False, progress: Progress | None = None
) -> "Synced":
    """Take in what changed in a documents folder; with `undo`, go back to the state before the last sync.

    Raises:
        InputError: the folder is missing, or nothing in it can be read; the state before stays.
        NotFound: there is no earlier state.
    """
    from assay.bench.workspace import Workspace
    from assay.serving.sync import sync as take_in
    from assay.serving.sync import undo as go_back

    workspace = Workspace(Path(out))
    workspace.create()
    return (go_back if undo else take_in)(Path(documents), workspace, progress)


@checked()
def export(
    to: str, *, run_id: str | None = None, out: str | Path = ".assay", progress: Progress | None = None, **options: Any
) -> "Exported":
    """A tuned model for other programs: adapter, merged, openvino, gguf or ollama.

    `options` (bits, cell, folder, differing, llama_cpp) and errors as of `assay.exporting.export_run`.
    """
    from assay.exporting import export_run

    with load(run_id, out=out) as finished:
        return export_run(finished, to, progress=progress, **options)


@checked()
def compare(
    first: "str | FinishedRun | Finished[RunResult] | None" = None,
    second: "str | FinishedRun | Finished[RunResult] | None" = None,
    *,
    out: str | Path = ".assay",
    **where: Any,
) -> "Compared":
    """Put the second run beside the first, question by question: an id, or its first letters, or a run; by default the
    two newest.

    `where` (lang, to) and errors as of `assay.studies.comparison.compare`.
    """
    from assay.serving.measured_run import FinishedRun
    from assay.studies.comparison import compare as put_beside

    sides = [one.finished if isinstance(one, FinishedRun) else one for one in (first, second)]
    return put_beside(sides[0], sides[1], out=out, **where)


@checked()
def draw_marks(
    run: "str | FinishedRun | None" = None, n: int = 60, *, out: str | Path = ".assay", **options: Any
) -> "Drawn":
    """Answers of a run, by default the newest, drawn at random for people to mark, and the sheets that were written.

    `options` (to, cells, seed, lang) and errors as of `assay.studies.marked_runs.draw_marks`.
    """
    from assay.studies.marked_runs import draw_marks as draw_answers

    return draw_answers(run if run is None or isinstance(run, str) else run.finished, n, out=out, **options)


@checked()
def take_marks(*files: str | Path, out: str | Path = ".assay", lang: str | None = None) -> "Taken":
    """Sheets that people have marked, taken into their run: `.finished.result.people` is what they say.

    Arguments and errors as of `assay.studies.marked_runs.take_marks`.
    """
    from assay.studies.marked_runs import take_marks as take_files

    return take_files(*files, out=out, lang=lang)


@checked()
def draft(
    documents: str | Path,
    n: int = 20,
    *,
    unanswerable: float = 0.2,
    beside: str | Path | None = None,
    manner: str = "model",
    out: str | Path = ".assay",
    model: "Model | None" = None,
    progress: Progress | None = None,
    **settings: Any,
) -> "Drafts":
    """Questions with answers and evidence from documents; see `assay.drafting.from_files.draft_from_files`."""
    from assay.drafting.from_files import draft_from_files

    return draft_from_files(
        documents,
        n,
        unanswerable=unanswerable,
        beside=beside,
        manner=manner,
        out=out,
        model=model,
        progress=progress,
        **settings,
    )


@checked(but="documents")
def check(questions: "Source", documents: str | Path | None = None, **settings: Any) -> "list[Finding]":
    """What is wrong with a question set: doubles across splits, contradictions, missing evidence and so on.

    Raises:
        InputError: questions, documents or settings that cannot be used.
    """
    from assay.drafting.checked_file import check_file

    return check_file(questions, documents, **settings).findings


@checked()
def convert(
    source: "Source", file: str | Path, to: str = "questions", split: str | None = None, **settings: Any
) -> int:
    """Write questions as training data, or training data as questions; returns how many were written.

    Arguments and errors as of `assay.drafting.converted_file.convert_file`.
    """
    from assay.drafting.converted_file import convert_file

    return convert_file(source, file, to, split, **settings).n_written


@checked()
def score(questions: "Source", answers: "Source", *, split: str | None = None, **settings: Any) -> "ScoredAnswers":
    """Mark answers that any system gave. No model is loaded and no document read.

    Arguments and errors as of `assay.scoring.scored_answers.score`.
    """
    from assay.scoring.scored_answers import score as mark

    return mark(questions, answers, split=split, **settings)


@checked()
def read(documents: str | Path, *, progress: Progress | None = None, **settings: Any) -> "Reading":
    """What a run would read of a file or a folder tree, and what it would leave out.

    Raises:
        InputError: nothing of it can be read, or settings or an access file that cannot be used.
    """
    from assay.corpus.preview import read as preview

    return preview(documents, progress=progress, **settings)


@checked()
def parts(files: Sequence[str] = (), **settings: Any) -> "dict[str, list[Part]]":
    """The parts that are known, by kind: row, column, step, scorer, task and way; with those of `files`.

    Raises:
        InputError: a file with parts that cannot be used.
    """
    from assay.studies.known_parts import known_parts

    return known_parts(files, **settings)[0]
