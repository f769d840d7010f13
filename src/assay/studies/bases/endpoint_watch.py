"""Whether the same model answers behind an endpoint's name at the end as did at first."""

from assay.bench.keys import key_of
from assay.grid.pipelines import Pipelines
from assay.models import EndpointModel
from assay.probes.easy_reading import easy_questions
from assay.studies.first_check import check_reading
from assay.words import message

__all__ = ["compare_endpoint", "look_at_endpoint"]

_TURNED = 3  # of eight easy questions


def look_at_endpoint(pipelines: Pipelines) -> dict[str, object] | None:
    """How the endpoint answers easy questions, and what it calls its model, the first time; None for other models."""
    if not isinstance(pipelines.model, EndpointModel):
        return None
    key = key_of(endpoint=pipelines.model.sha256, lang=pipelines.exam.lang)
    kept: dict[str, object] = pipelines.bench.store.once(f"endpoint/{key}", lambda meter: _look(pipelines)).value
    return kept


def compare_endpoint(base: str, pipelines: Pipelines) -> str | None:
    """A sentence where it answers otherwise by now; its questions are asked again for that."""
    before = look_at_endpoint(pipelines)
    if before is None:
        return None
    after, lang = _look(pipelines), pipelines.settings.lang
    if before["names"] != after["names"] and before["names"] and after["names"]:
        names = {"before": _listed(before["names"]), "after": _listed(after["names"])}
        return message("bases.renamed", lang, base=base, **names)
    n = len(easy_questions(pipelines.exam.lang))
    if abs(int(str(before["n_right"])) - int(str(after["n_right"]))) < _TURNED:
        return None
    return message("bases.turned", lang, base=base, n=n, before=before["n_right"], after=after["n_right"])


def _look(pipelines: Pipelines) -> dict[str, object]:
    engine = pipelines.base_engine()
    n_right = check_reading(engine, pipelines.exam.lang).n_right
    return {"n_right": n_right, "names": sorted(getattr(engine, "answered_by", ()))}


def _listed(names: object) -> str:
    return ", ".join(map(str, names)) if isinstance(names, list) else str(names)
