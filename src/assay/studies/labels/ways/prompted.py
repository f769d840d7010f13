"""The language model as it is, under a prompt: without an example, with the same few for every text, or the nearest."""

from typing import Any

from assay.studies.labels.label_maker import LabelMaker
from assay.studies.labels.prompted_model import ask_untuned, base_key, offsets_fact
from assay.studies.labels.shown import FIXED_EXAMPLES, NEAREST_EXAMPLES
from assay.studies.labels.way import Way
from assay.words import catalogued


def _depends_on(maker: LabelMaker) -> dict[str, Any]:
    return {"model": base_key(maker)}


def _costs(maker: LabelMaker, way: Way) -> list[str]:
    return [offsets_fact(maker, way)]


PROMPT = Way(
    name="none/zero-shot",
    title=catalogued("way.none/zero-shot"),
    place=1,
    build=ask_untuned,
    depends_on=_depends_on,
    costs=_costs,
)
WITH_EXAMPLES = Way(
    name="none/few-shot",
    title=catalogued("way.none/few-shot"),
    place=2,
    build=ask_untuned,
    shown=FIXED_EXAMPLES,
    depends_on=_depends_on,
    costs=_costs,
    shape="square",
)
WITH_NEAREST = Way(
    name="retrieved/zero-shot",
    title=catalogued("way.retrieved/zero-shot"),
    place=3,
    build=ask_untuned,
    shown=NEAREST_EXAMPLES,
    depends_on=_depends_on,
    costs=_costs,
    colour="accent",
)
