"""Ranker, or weight of words and meaning, fitted to the exam's questions; see `assay.retrieval.ranker_trial`."""

from dataclasses import replace
from functools import partial

from assay.retrieval.gain import Gain, Tried
from assay.retrieval.ranker_trial import fit_to_exam, fitting_key
from assay.retrieval.step import Change, SearchStep, Site
from assay.retrieval.trial_line import trial_line
from assay.words import catalogued

__all__ = ["FITTING"]


def _build(site: Site) -> Change:
    s = site.bench.settings
    attempt = partial(_attempt, site) if s.fit_retriever != "off" else None
    return Change(fitting_key(s.fit_retriever, s.seed), attempt)


def _attempt(site: Site, so_far: Tried) -> Tried:
    fitted = fit_to_exam(site.plain, site.exam, site.bench.settings.seed, site.bench.store, site.encoder_name)
    if fitted.retriever is site.plain:
        return replace(fitted, retriever=so_far.retriever)
    ranker, fusion = fitted.retriever.ranker, fitted.retriever.fusion
    return replace(fitted, retriever=replace(so_far.retriever, ranker=ranker, fusion=fusion))


def _line(gain: Gain | None, lang: str) -> str:
    return trial_line(f"fitting.{gain.name if gain.kept else 'nothing'}", gain, lang) if gain else ""


FITTING = SearchStep(
    name="fitting", title=catalogued("search.fitting"), build=_build, place=20, is_named=False, line=_line
)
