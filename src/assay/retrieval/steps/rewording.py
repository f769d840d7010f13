"""Questions searched for in other words too, by the base model; see `assay.retrieval.rewriting`."""

from collections.abc import Sequence

from assay.retrieval.rewriting import rewrite_questions
from assay.retrieval.step import Change, SearchStep, Site
from assay.words import catalogued

__all__ = ["REWORDING"]


def _build(site: Site) -> Change:
    n, lang = site.bench.settings.rewrites, site.exam.lang

    def reword(questions: Sequence[str]) -> list[list[str]]:
        """Each by itself: what the model says must not depend on what else is asked."""
        engine = site.load_base()
        return [rewrite_questions(engine, [question], n, lang)[0] for question in questions]

    return Change([n], reword=reword if n else None)


REWORDING = SearchStep(
    name="rewording",
    title=catalogued("search.rewording"),
    build=_build,
    place=40,
    is_named=False,
    line=lambda gain, lang: "",
)
