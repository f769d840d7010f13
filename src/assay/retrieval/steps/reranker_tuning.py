"""The cross-encoder tuned to what the search finds for the exam's questions; see `assay.retrieval.reranker_trial`."""

from functools import partial

from assay.retrieval.gain import Gain, Tried
from assay.retrieval.reranker_trial import try_reranker_tuning
from assay.retrieval.step import Change, SearchStep, Site
from assay.retrieval.trial_line import trial_line
from assay.words import catalogued

__all__ = ["RERANKER_TUNING"]


def _build(site: Site) -> Change:
    is_asked = site.bench.settings.fit_retriever == "reranker"
    return Change(attempt=partial(_attempt, site) if is_asked else None)


def _attempt(site: Site, so_far: Tried) -> Tried:
    bench = site.bench
    show = bench.show("step.tuning_reranker")
    named = [*site.key, site.model.sha256]
    folder = bench.workspace.index_folder
    return try_reranker_tuning(so_far.retriever, site.exam, bench.settings, bench.store, named, folder, show)


def _line(gain: Gain | None, lang: str) -> str:
    return trial_line("reranker_tuning.kept" if gain.kept else "reranker_tuning.left_out", gain, lang) if gain else ""


RERANKER_TUNING = SearchStep(
    name="reranker-tuning",
    title=catalogued("search.reranker-tuning"),
    build=_build,
    place=60,
    is_named=False,
    line=_line,
)
