"""The ways of labelling by name, which of them can be run, and what the texts can show."""

from collections import Counter
from importlib.util import find_spec
from typing import TYPE_CHECKING

from assay.errors import InputError
from assay.grid.cell import Cell
from assay.labelling.exam import LabelExam
from assay.labelling.example import Notice
from assay.models import Model
from assay.statistics.clustered import detectable_difference
from assay.studies.grid.plan import MIN_TRAINING, Plan
from assay.words import message

if TYPE_CHECKING:
    from assay.retrieval.bert_encoder import BertParts

__all__ = ["WAYS", "asks_model", "make_label_plan", "parse_ways"]

# Cheapest preparation first, so that a first picture comes early.
WAYS = (
    Cell("none", "zero-shot"),
    Cell("none", "few-shot"),
    Cell("retrieved", "zero-shot"),
    Cell("none", "tuned-encoder"),
    Cell("none", "tuned"),
    Cell("retrieved", "tuned"),
)
_ON_REQUEST = (Cell("retrieved", "tuned"),)  # its prompts are long: hours of training on a CPU
_FEW_TEXTS = 50
_SHOWN = 5


def parse_ways(names: str | None) -> tuple[Cell, ...]:
    """The ways of a comma-separated list, in order; all but those on request for None.

    Raises:
        InputError: a name that is no way.
    """
    if names is None:
        return tuple(way for way in WAYS if way not in _ON_REQUEST)
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    known = {str(way): way for way in WAYS}
    wrong = [name for name in wanted if name not in known]
    if wrong or not wanted:
        raise InputError(f'unknown way "{", ".join(wrong)}": choose of {", ".join(known)}')
    return tuple(way for way in WAYS if str(way) in wanted)


def asks_model(way: Cell) -> bool:
    """Whether it takes a language model."""
    return way.behaviour != "tuned-encoder"


def make_label_plan(
    exam: LabelExam, ways: tuple[Cell, ...], model: Model | None, parts: "BertParts | None", lang: str
) -> Plan:
    """What can be done with these texts, this model and this encoder's parts; sentences in `lang`."""
    reasons = {way: _why_not(way, exam, model, parts, lang) for way in ways}
    n_clusters = len(set(exam.clusters))
    return Plan(
        tuple(way for way in ways if reasons[way] is None),
        {str(way): reason for way, reason in reasons.items() if reason is not None},
        detectable_difference(len(exam.test), n_clusters),
        [_say(notice, lang) for notice in _notices(exam)],
    )


def _why_not(way: Cell, exam: LabelExam, model: Model | None, parts: "BertParts | None", lang: str) -> str | None:
    """Why a way cannot be run, or None."""
    needs_training = way.behaviour.startswith("tuned")
    if (way.behaviour == "few-shot" or way.context == "retrieved") and not exam.train:
        return message("left_out.no_training", lang)
    if needs_training and len(exam.train) < MIN_TRAINING:
        return message("left_out.few_training", lang, n=len(exam.train), needed=MIN_TRAINING)
    if way.behaviour == "tuned" and model is not None and model.why_not_tunable:
        return message("left_out.not_tunable", lang, reason=model.why_not_tunable)
    if way.behaviour == "tuned-encoder" and find_spec("openvino") is None:
        return message("left_out.no_openvino", lang)
    if way.behaviour == "tuned-encoder" and parts is None:
        return message("left_out.no_tunable_encoder", lang)
    return None


def _notices(exam: LabelExam) -> list[Notice]:
    learnt = Counter(name for one in exam.train for name in _names(one.label, [e.type for e in one.entities]))
    tested = Counter(name for one in exam.test for name in _names(one.label, [e.type for e in one.entities]))
    single = tuple(name for name, n in sorted(learnt.items()) if n == 1)
    unseen = tuple(name for name in sorted(tested) if name not in learnt)
    found = [*exam.labelled.notices]
    found += [Notice("notice.single_example", single)] if single else []
    found += [Notice("notice.unseen", unseen)] if unseen else []
    found += [Notice("notice.few_texts", (str(len(exam.test)),))] if len(exam.test) < _FEW_TEXTS else []
    return found


def _names(label: str, types: list[str]) -> set[str]:
    return {label} if label else set(types)


def _say(notice: Notice, lang: str) -> str:
    shown = message("list.comma", lang).join(notice.about[:_SHOWN])
    more = message("list.more", lang, n=len(notice.about) - _SHOWN) if len(notice.about) > _SHOWN else ""
    return message(notice.key, lang, about=shown + more, n=len(notice.about))
