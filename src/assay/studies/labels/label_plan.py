"""Which ways of labelling can be run, and what the texts can show, said before any time is spent. Knows no way."""

from collections import Counter
from collections.abc import Mapping, Sequence

from assay.errors import InputError
from assay.labelled.labelled_text import Notice
from assay.statistics.power import TYPICAL_DISAGREEMENT, design_of, detectable_difference
from assay.studies.labels.label_exam import LabelExam
from assay.studies.labels.label_maker import LabelMaker
from assay.studies.labels.way import Way
from assay.studies.plan import Plan
from assay.words import message, spoken

__all__ = ["make_label_plan", "parse_ways"]

_FEW_TEXTS = 50
_SHOWN = 5


def parse_ways(names: str | None, known: Mapping[str, Way]) -> tuple[Way, ...]:
    """The ways of a comma-separated list, in order; all but those on request for None.

    Raises:
        InputError: a name that is no way.
    """
    if names is None:
        return tuple(way for way in known.values() if not way.on_request)
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    wrong = [name for name in wanted if name not in known]
    if wrong or not wanted:
        raise InputError(f'unknown way "{", ".join(wrong)}": choose of {", ".join(known)}')
    return tuple(way for name, way in known.items() if name in wanted)


def make_label_plan(ways: Sequence[Way], maker: LabelMaker) -> Plan[Way]:
    """What can be done with these texts, this model and this encoder; sentences in the language of the settings."""
    exam, lang = maker.exam, maker.settings.lang
    reasons = {way: maker.why_not(way) for way in ways}
    run = tuple(way for way in ways if reasons[way] is None)
    df, effect = design_of(exam.sampling)
    n_compared = max(1, len(run) - 1)
    return Plan(
        run,
        {str(way): spoken(reason, lang) for way, reason in reasons.items() if reason is not None},
        detectable_difference(len(exam.test), df, TYPICAL_DISAGREEMENT, n_compared, effect),
        [_say(notice, lang) for notice in _notices(exam)],
    )


def _notices(exam: LabelExam) -> list[Notice]:
    learnt = Counter(name for one in exam.train for name in one.names)
    tested = Counter(name for one in exam.test for name in one.names)
    single = tuple(name for name, n in sorted(learnt.items()) if n == 1)
    unseen = tuple(name for name in sorted(tested) if name not in learnt)
    found = [*exam.labelled.notices]
    found += [Notice("notice.single_example", single)] if single else []
    found += [Notice("notice.unseen", unseen)] if unseen else []
    found += [Notice("notice.few_texts", (str(len(exam.test)),))] if len(exam.test) < _FEW_TEXTS else []
    return found


def _say(notice: Notice, lang: str) -> str:
    shown = message("list.comma", lang).join(notice.about[:_SHOWN])
    more = message("list.more", lang, n=len(notice.about) - _SHOWN) if len(notice.about) > _SHOWN else ""
    return message(notice.key, lang, about=shown + more, n=len(notice.about))
