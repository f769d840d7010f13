"""The types of short answers in the order in which an accepted answer is tried on them. A type more is a line more."""

from collections.abc import Sequence

from assay.scoring.kinds.amounts import AMOUNT
from assay.scoring.kinds.both import BOTH
from assay.scoring.kinds.codes import CODE, PHONE, SIGN
from assay.scoring.kinds.conditions import CONDITION
from assay.scoring.kinds.currencies import CURRENCY
from assay.scoring.kinds.days import DATE
from assay.scoring.kinds.deadlines import DEADLINE
from assay.scoring.kinds.frequencies import FREQUENCY
from assay.scoring.kinds.kind import Kind
from assay.scoring.kinds.lists import list_of
from assay.scoring.kinds.moments import MOMENT
from assay.scoring.kinds.multiples import MULTIPLE
from assay.scoring.kinds.names import NAME
from assay.scoring.kinds.nothing import NOTHING
from assay.scoring.kinds.periods import PERIOD
from assay.scoring.kinds.ranges import RANGE
from assay.scoring.kinds.ratios import RATIO
from assay.scoring.kinds.times import TIME
from assay.scoring.kinds.words import WORDS
from assay.scoring.kinds.yes_no import YES_NO
from assay.scoring.read_text import Asked, Place, Read

__all__ = ["KINDS", "kind_named", "kind_of"]


def _find_item(item: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """Where an item of a list stands, by the type that it has itself."""
    return next(kind for kind in _SINGLE if kind.reads(item, asked)).find(item, said, asked)


_SINGLE = (TIME, DATE, AMOUNT, NAME, WORDS)
LIST = list_of(_find_item)
KINDS = (
    SIGN,
    YES_NO,
    CONDITION,
    BOTH,
    NOTHING,
    FREQUENCY,
    MULTIPLE,
    RATIO,
    PHONE,
    RANGE,
    MOMENT,
    TIME,
    PERIOD,
    DATE,
    CODE,
    AMOUNT,
    DEADLINE,
    CURRENCY,
    LIST,
    NAME,
    WORDS,
)


def kind_of(accepted: Read, asked: Asked) -> Kind:
    """The type of an accepted answer: the one that its question is told to have, if it can be that, else the first."""
    told = kind_named(asked.question.type)
    if told is not None and told.fits(accepted, asked):
        return told
    return next(kind for kind in KINDS if kind.reads(accepted, asked))


def kind_named(name: str) -> Kind | None:
    """The type of a name of `assay.questions.answer_types`; None for none."""
    return next((kind for kind in KINDS if name == kind.name), None)
