"""What a step of the search brought, in a sentence of the message table. Computes nothing."""

from functools import partial

from assay.retrieval.gain import Gain
from assay.statistics.estimate import Estimate
from assay.words import figures, message

__all__ = ["trial_line"]

_points = partial(figures.points, digits=1)


def trial_line(key: str, gain: Gain, lang: str) -> str:
    """The sentence of a key with the figures of a gain, for console and report."""
    return message(
        key,
        lang,
        name=gain.name,
        before=figures.decimal(gain.before, 3),
        after=figures.decimal(gain.after, 3),
        gain=_points_between(gain.gain, lang),
        n=gain.n_questions,
    )


def _points_between(gain: Estimate, lang: str) -> str:
    if gain.low is None or gain.high is None:
        return _points(gain.value)
    return _points(gain.value) + message("fitting.between", lang, low=_points(gain.low), high=_points(gain.high))
