"""Drafts and paraphrases for files and settings as a person gives them. Writes nothing."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from assay.bench.bench import Bench, open_bench
from assay.bench.progress import Progress, usual_progress
from assay.corpus import detect_language
from assay.corpus.document import Corpus
from assay.corpus.language import corpus_language
from assay.corpus.versions import find_versions
from assay.drafting.drafting import Drafter, Drafts
from assay.drafting.judged import judged
from assay.drafting.manner import BY_MODEL, EXTRACTIVE, manner_of
from assay.drafting.paraphrasing import Paraphrases, paraphrase
from assay.errors import InputError
from assay.models import Model, open_model
from assay.questions import QuestionSet, assign_splits
from assay.questions.exam import read_corpus
from assay.retrieval import Retriever, build_index, encoder_warning, load_encoder
from assay.retrieval.currency import in_force
from assay.scoring import Language
from assay.scoring.scorer import chosen_scorer, scorer_of
from assay.settings import load_settings
from assay.words import message

__all__ = ["draft_from_files", "paraphrase_file"]


def draft_from_files(
    documents: str | Path,
    n: int,
    *,
    unanswerable: float = 0.2,
    beside: str | Path | None = None,
    manner: str = BY_MODEL.name,
    out: str | Path = ".assay",
    most_tried: int | None = None,
    model: Model | None = None,
    progress: Progress | None = None,
    **settings: Any,
) -> Drafts:
    """Drafts from a person's documents; see `Drafter`.

    Args:
        documents: a file or a folder tree.
        n: how many are wanted.
        unanswerable: the share of them that no document answers.
        beside: a question file; nothing that it asks is drafted again.
        manner: of drafting, one of `MANNERS`.
        out: the workspace, for what was read and encoded.
        most_tried: answerable drafts that are written at most, whatever becomes of them; by default 25 for each wanted.
        model: an opened model; by default the one that the setting `base` names.
        progress: is told what goes on.
        **settings: see `assay.settings.Settings`.

    Raises:
        InputError: documents, questions, settings or numbers that cannot be used.
        EngineError: the engine or endpoint failed.
    """
    if n < 1 or not 0 <= unanswerable < 1:
        raise InputError(
            f"at least 1 draft, of which a share of 0 to below 1 has no answer, got {n} and {unanswerable} "
            "(-n, --unanswerable)"
        )
    chosen = manner_of(manner)
    with open_bench(out, settings, progress, is_held=False) as bench:
        s, told = bench.settings, bench.progress
        known = chosen_scorer(bench).read(Path(beside), s.columns).questions if beside else ()
        corpus = read_corpus(Path(documents), [Path(beside)] if beside else [], bench)
        drafting = (model or open_model(s.base, s.engine, bench.say)) if chosen.needs_model else None
        lang = detect_language(passage.text for passage in corpus.passages)
        if drafting is not None:
            _warn_of_weak(drafting.name, lang, bench)
        versions = find_versions(corpus) if s.versions == "in force" else None
        retriever = _search(corpus, bench)
        engine = None if drafting is None else drafting.load()
        return Drafter(retriever, engine, lang, known, s.seed, told, versions, chosen, s.lang).draft(
            n, unanswerable, most_tried
        )


def _warn_of_weak(base: str, lang: Language, bench: Bench) -> None:
    """Says how many drafts of such a base were usable where these were too few, and what works without a model."""
    known, other = judged(BY_MODEL, base, lang), judged(EXTRACTIVE, base, lang)
    if known is None or known.is_enough:
        return
    if known.n:
        counts = {"tried": known.n_tried, "n": known.n, "usable": known.usable}
        bench.say("draft.weak", base=base, date=known.date, **counts)
    else:
        bench.say("draft.weak_none", base=base, n=known.n_tried, date=known.date)
    if other is not None:
        bench.say("draft.extractive", usable=other.usable, n=other.n)


def _search(corpus: Corpus, bench: Bench) -> Retriever:
    s, folder = bench.settings, bench.workspace.index_folder
    needed = corpus_language(passage.text for passage in corpus.passages)
    encoder = load_encoder(s.encoder, needed, s.encoder_precision)
    warning = encoder_warning(encoder, s.lang)
    if warning:
        bench.progress.say(warning)
    index = build_index(corpus, encoder, folder, bench.show("step.encoding"))
    return Retriever(index, encoder, corpus, orders=(in_force,) if s.versions == "in force" else ())


def paraphrase_file(
    questions: str | Path, n: int, *, model: Model | None = None, progress: Progress | None = None, **settings: Any
) -> tuple[QuestionSet, Paraphrases]:
    """The questions of a file with their splits, and paraphrases of those to train on; see `paraphrase`.

    Where the file gives no splits they are drawn as `assay run` draws them, so that no test question is paraphrased.

    Raises:
        InputError: questions or settings that cannot be used; no encoder to compare meanings with.
        EngineError: the engine or endpoint failed.
    """
    if n < 1:
        raise InputError(f"at least 1 paraphrase of each question is needed, got {n} (-n)")
    told, chosen = progress or usual_progress(), load_settings(settings, environ=os.environ)

    def say(key: str, **values: object) -> None:
        told.say(message(key, chosen.lang, **values))

    asked = _with_splits(
        scorer_of(chosen).read(Path(questions), chosen.columns), chosen.seed, chosen.test_share, chosen.validation_share
    )
    needed = corpus_language(question.text for question in asked.questions)
    encoder = load_encoder(chosen.encoder, needed, chosen.encoder_precision)
    if encoder is None:
        raise InputError("paraphrases are compared by meaning, and there is no encoder: name one with --encoder")
    engine = (model or open_model(chosen.base, chosen.engine, say)).load()
    return asked, paraphrase(asked.questions, engine, encoder, n, told, chosen.lang)


def _with_splits(asked: QuestionSet, seed: int, test_share: float, validation_share: float) -> QuestionSet:
    if any(question.split is None and question.origin == "written" for question in asked.questions):
        return assign_splits(asked, seed, test_share, validation_share)
    learnt = tuple(question if question.split else replace(question, split="train") for question in asked.questions)
    return replace(asked, questions=learnt)
