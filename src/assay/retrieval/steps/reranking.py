"""The best passages ranked again by a slower and closer look; see `assay.retrieval.rerank`."""

from functools import partial

from assay.models.likelihood import load_scorer
from assay.retrieval.gain import Gain, Tried
from assay.retrieval.rerank import Reranker, load_reranker
from assay.retrieval.reranker_trial import RERANKING_VERSION, try_reranker
from assay.retrieval.step import Change, SearchStep, Site
from assay.retrieval.trial_line import trial_line
from assay.words import catalogued

__all__ = ["RERANKING"]


def _build(site: Site) -> Change:
    s = site.bench.settings
    reranker = load_reranker(s.reranker, partial(load_scorer, site.model), site.exam.lang)
    if reranker is None:
        return Change()
    return Change([reranker.name, s.rerank_depth, RERANKING_VERSION], partial(_attempt, site, reranker))


def _attempt(site: Site, reranker: Reranker, so_far: Tried) -> Tried:
    bench = site.bench
    show = bench.show("step.judging_reranker")
    named = [*site.key, site.model.sha256]  # the model words questions anew
    return try_reranker(so_far.retriever, reranker, site.exam, bench.settings, bench.store, named, show)


def _line(gain: Gain | None, lang: str) -> str:
    return trial_line("reranking.kept" if gain.kept else "reranking.left_out", gain, lang) if gain else ""


RERANKING = SearchStep(
    name="reranking", title=catalogued("search.reranking"), build=_build, place=50, is_named=False, line=_line
)
