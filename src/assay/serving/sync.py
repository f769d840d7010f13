"""Keeping a folder current: read what changed, bring the index up to date, and only then say that this is the state."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from assay.bench.progress import Progress, usual_progress
from assay.bench.workspace import Workspace
from assay.corpus.document import Account, Corpus
from assay.corpus.language import corpus_language
from assay.corpus.library import Changes, Library, State, Use, compare_states
from assay.masking import mask
from assay.questions.exam import Exam
from assay.retrieval import Encoder, build_index, load_encoder
from assay.settings import Settings, load_settings
from assay.words import message

__all__ = ["Synced", "newest_corpus", "newest_sync", "sync", "undo"]

Show = Callable[..., None]  # a step: how much is done, of how much
LoadEncoder = Callable[[str, str, str], Encoder | None]  # name, language and precision, as of `load_encoder`


@dataclass(frozen=True)
class Synced:
    """What a sync did."""

    changes: Changes
    state: State
    n_passages: int
    seconds: float
    accounts: Mapping[str, Account] = field(default_factory=dict)  # of new documents that lost words, by path


def sync(
    documents: Path,
    workspace: Workspace,
    progress: Progress | None = None,
    load: LoadEncoder = load_encoder,
    lang: str | None = None,
) -> Synced:
    """Read what changed in a documents folder and make it searchable. Can be killed at any moment and called again.

    The passages and the encoder are those of the newest run over this folder, so that its cells can be asked about
    what is new; without a run they follow the settings and the language of the documents. `lang` is that of the
    progress, by default the one of the settings in force.

    Raises:
        InputError: the folder is missing, or nothing in it can be read; the state before stays.
    """
    started = time.perf_counter()
    told = progress or usual_progress()
    library = Library(workspace.library_file, documents)
    with library.lock():
        before = library.current()
        show = partial(_show, told, lang)
        state = library.scan(progress=show("step.reading"))
        corpus = _make_searchable(library, state, workspace, show, load)
        library.commit(state)
    changes = compare_states(before, state)
    new = {*changes.added, *changes.changed}
    accounts = {
        one.id: one.account
        for one in corpus.documents
        if one.id in new and one.account and (one.account.n_lost or one.account.is_second)
    }
    return Synced(changes, state, len(corpus.passages), time.perf_counter() - started, accounts)


def undo(documents: Path, workspace: Workspace, progress: Progress | None = None, lang: str | None = None) -> Synced:
    """Go back to the state before, once for each call. The folder is not touched, so the next sync takes it in again.

    `lang` is that of the progress, as of `sync`.

    Raises:
        NotFound: there is no earlier state.
    """
    started = time.perf_counter()
    library = Library(workspace.library_file, documents)
    with library.lock():
        before = library.current()
        state = library.undo()
        show = partial(_show, progress or usual_progress(), lang)
        corpus = _make_searchable(library, state, workspace, show, load_encoder)
    return Synced(compare_states(before, state), state, len(corpus.passages), time.perf_counter() - started)


def newest_corpus(exam: Exam, settings: Settings, workspace: Workspace) -> tuple[Corpus, str | None]:
    """What a run's folder holds as of its last sync, cut as in the run; and when that was.

    The run's own corpus and None when nothing has changed since, or the folder was never taken in.
    """
    library = Library(workspace.library_file, Path(exam.documents))
    state = library.current() if exam.documents else None
    if state is None:
        return exam.corpus, None
    corpus = library.corpus(state, settings.max_passage_tokens)
    return (exam.corpus, None) if corpus.sha256 == exam.corpus.sha256 else (corpus, state.created)


def newest_sync(documents: str, workspace: Workspace) -> str:
    """When the state of a documents folder that is in force was taken in; "" where it never was."""
    state = Library(workspace.library_file, Path(documents)).current() if documents else None
    return state.created if state else ""


def _make_searchable(
    library: Library, state: State, workspace: Workspace, show: Callable[[str], Show], load: LoadEncoder
) -> Corpus:
    s = load_settings({}, environ=os.environ)
    use = library.last_use() or Use(s.max_passage_tokens, s.encoder, s.encoder_precision, "")
    corpus = library.corpus(state, use.max_passage_tokens)
    lang = use.lang or corpus_language(passage.text for passage in corpus.passages)
    name = s.encoder if mask(s.encoder) == use.encoder else use.encoder  # a secret of its address is not kept
    encoder = load(name, lang, use.precision)
    folder = workspace.index_folder
    build_index(corpus, encoder, folder, show("step.encoding"))
    return corpus


def _show(progress: Progress, lang: str | None, key: str) -> Show:
    """What shows a step, in a language or in the one in force."""
    return partial(progress.step, message(key, lang or load_settings({}, environ=os.environ).lang))
