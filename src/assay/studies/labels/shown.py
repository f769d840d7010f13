"""Which labelled examples a language model is shown beside a text: the rows of the ways. Knows no prompt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assay.bench.keys import key_of
from assay.labelled.labelled_text import LabelledText
from assay.labelled.shown_examples import draw_even
from assay.masking import mask
from assay.studies.labels.label_pipelines import FindNearest, find_none
from assay.words import Text, catalogued

if TYPE_CHECKING:
    from assay.studies.labels.label_maker import LabelMaker

__all__ = ["FIXED_EXAMPLES", "NEAREST_EXAMPLES", "NO_EXAMPLES", "Shown", "nearest_fact"]


@dataclass(frozen=True)
class Shown:
    """What is shown, and all that depends on it.

    Args:
        fixed: examples before every text, in order.
        find: makes what finds examples for each text.
        depends_on: plain values that the choice depends on, besides what can be learnt.
        why_not: why there is nothing to show, or None.
        costs: under which keys the store holds what it took to prepare.
        encoder: the name of the encoder that it uses.
    """

    fixed: Callable[["LabelMaker"], Sequence[LabelledText]] = lambda maker: ()
    find: Callable[["LabelMaker"], FindNearest] = lambda maker: find_none
    depends_on: Callable[["LabelMaker"], dict[str, Any]] = lambda maker: {}
    why_not: Callable[["LabelMaker"], Text | None] = lambda maker: None
    costs: Callable[["LabelMaker"], list[str]] = lambda maker: []
    encoder: Callable[["LabelMaker"], str] = lambda maker: ""


def nearest_fact(maker: "LabelMaker") -> str:
    """Under which key the store holds what it took to encode the examples."""
    s = maker.settings
    return f"nearest/{key_of(learnt=maker.exam.learnt_key, encoder=[mask(s.encoder), s.encoder_precision])}"


def _draw(maker: "LabelMaker") -> Sequence[LabelledText]:
    return draw_even(maker.exam.train, maker.settings.labelled_examples, maker.settings.seed)


def _find_nearest(maker: "LabelMaker") -> FindNearest:
    neighbours = maker.neighbours  # encoded now: the first text to be asked is not to pay for it
    return lambda texts: neighbours.find(texts, maker.settings.labelled_examples)


def _depends_on(maker: "LabelMaker") -> dict[str, Any]:
    s = maker.settings
    return {"examples": [s.labelled_examples, mask(s.encoder), s.encoder_precision]}


def _why_not(maker: "LabelMaker") -> Text | None:
    return None if maker.exam.train else catalogued("left_out.no_training")


def _costs(maker: "LabelMaker") -> list[str]:
    return [nearest_fact(maker)]


def _encoder(maker: "LabelMaker") -> str:
    return maker.encoder.name if maker.encoder is not None else "character pairs"


NO_EXAMPLES = Shown()
FIXED_EXAMPLES = Shown(fixed=_draw, depends_on=_depends_on, why_not=_why_not)
NEAREST_EXAMPLES = Shown(find=_find_nearest, depends_on=_depends_on, why_not=_why_not, costs=_costs, encoder=_encoder)
