"""Of several dated versions of a document the one in force; see `assay.retrieval.currency`."""

from assay.retrieval.currency import in_force
from assay.retrieval.step import Change, SearchStep, Site
from assay.words import catalogued

__all__ = ["VERSIONS"]


def _build(site: Site) -> Change:
    versions = site.bench.settings.versions
    return Change([versions], reorder=in_force if versions == "in force" else None)


VERSIONS = SearchStep(
    name="versions",
    title=catalogued("search.versions"),
    build=_build,
    place=10,
    is_named=False,
    line=lambda gain, lang: "",
)
