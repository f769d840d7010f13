"""Whether the same model answers behind an endpoint's name at the end as did at first."""

from dataclasses import asdict, dataclass

from assay.bench.keys import key_of
from assay.grid.pipelines import Pipelines
from assay.models import EndpointModel
from assay.probes.easy_reading import easy_questions
from assay.studies.first_check import check_reading
from assay.words import message

__all__ = ["compare_endpoint", "look_at_endpoint"]

_TURNED = 3  # of eight easy questions


@dataclass(frozen=True)
class _Look:
    """How many of the easy questions an endpoint gets right, and what it calls the models that answered."""

    n_right: int
    names: list[str]


def look_at_endpoint(pipelines: Pipelines) -> _Look | None:
    """How the endpoint answers easy questions, and what it calls its model, the first time; None for other models."""
    if not isinstance(pipelines.model, EndpointModel):
        return None
    key = key_of(endpoint=pipelines.model.sha256, lang=pipelines.exam.lang)
    return _Look(**pipelines.bench.store.once(f"endpoint/{key}", lambda meter: asdict(_look(pipelines))).value)


def compare_endpoint(base: str, pipelines: Pipelines) -> str | None:
    """A sentence where it answers otherwise by now; its questions are asked again for that."""
    before = look_at_endpoint(pipelines)
    if before is None:
        return None
    after, lang = _look(pipelines), pipelines.settings.lang
    if before.names != after.names and before.names and after.names:
        names = {"before": ", ".join(before.names), "after": ", ".join(after.names)}
        return message("bases.renamed", lang, base=base, **names)
    n = len(easy_questions(pipelines.exam.lang))
    if abs(before.n_right - after.n_right) < _TURNED:
        return None
    return message("bases.turned", lang, base=base, n=n, before=before.n_right, after=after.n_right)


def _look(pipelines: Pipelines) -> _Look:
    engine = pipelines.base_engine()
    names: set[str] = getattr(engine, "answered_by", set())
    names.clear()  # of those who answered before
    n_right = check_reading(engine, pipelines.exam.lang).n_right
    return _Look(n_right, sorted(names))
