"""The encoder's reading of questions tuned to the exam's; see `assay.retrieval.encoder_trial`."""

from dataclasses import replace
from functools import partial

from assay.retrieval.encoder import load_encoder_parts
from assay.retrieval.encoder_trial import try_query_tuning
from assay.retrieval.gain import Gain, Tried
from assay.retrieval.step import Change, SearchStep, Site
from assay.retrieval.trial_line import trial_line
from assay.words import catalogued

__all__ = ["ENCODER_TUNING"]


def _build(site: Site) -> Change:
    is_asked = site.bench.settings.fit_retriever in ("encoder", "reranker")
    return Change(attempt=partial(_attempt, site) if is_asked else None)


def _attempt(site: Site, so_far: Tried) -> Tried:
    bench = site.bench
    if site.encoder is None:
        return so_far
    parts = load_encoder_parts(bench.settings.encoder, site.corpus_language)
    if parts is None:
        bench.say("query_tuning.impossible", encoder=site.encoder_name)
        return so_far
    show = bench.show("step.tuning_encoder")
    tuned = try_query_tuning(
        so_far,
        site.plain,
        site.encoder,
        parts,
        site.exam,
        bench.settings.seed,
        bench.store,
        bench.workspace.index_folder,
        show,
    )
    if tuned.retriever is so_far.retriever:
        return tuned
    encoder, ranker = tuned.retriever.encoder, tuned.retriever.ranker
    return replace(tuned, retriever=replace(so_far.retriever, encoder=encoder, ranker=ranker))


def _line(gain: Gain | None, lang: str) -> str:
    return trial_line("query_tuning.kept" if gain.kept else "query_tuning.left_out", gain, lang) if gain else ""


ENCODER_TUNING = SearchStep(
    name="encoder-tuning", title=catalogued("search.encoder-tuning"), build=_build, place=30, is_named=False, line=_line
)
