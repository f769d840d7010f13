"""A found passage read with those around it; see `assay.corpus.neighbours`."""

from assay.corpus.document import Corpus, Passage
from assay.corpus.neighbours import expand
from assay.retrieval.step import Change, SearchStep, Site
from assay.words import catalogued

__all__ = ["NEIGHBOURS"]


def _build(site: Site) -> Change:
    n = site.bench.settings.neighbours

    def widen(passage: Passage, corpus: Corpus) -> Passage:
        return expand(passage, corpus, n)

    return Change([n], widen=widen if n else None)


NEIGHBOURS = SearchStep(
    name="neighbours",
    title=catalogued("search.neighbours"),
    build=_build,
    place=70,
    is_named=False,
    line=lambda gain, lang: "",
)
