"""What fitting the retriever, tuning its encoder and ranking again brought, in a sentence each. Computes nothing."""

from functools import partial

from assay.statistics.estimate import Estimate
from assay.verdict.result import QueryTuningTrial, RerankerTrial, RetrieverFitting
from assay.words import figures, message

__all__ = ["fitting_line", "query_tuning_line", "reranker_tuning_line", "reranking_line"]

_points = partial(figures.points, digits=1)


def fitting_line(fitting: RetrieverFitting, lang: str) -> str:
    """For the console and the report, in English or Chinese."""
    return message(
        f"fitting.{fitting.kept}",
        lang,
        before=figures.decimal(fitting.before, 3),
        after=figures.decimal(fitting.after, 3),
        gain=_gain(fitting.gain, lang),
        n=fitting.n_questions,
    )


def query_tuning_line(trial: QueryTuningTrial, lang: str) -> str:
    """For the console and the report, in English or Chinese."""
    return message(
        "query_tuning.kept" if trial.kept else "query_tuning.left_out",
        lang,
        before=figures.decimal(trial.before, 3),
        after=figures.decimal(trial.after, 3),
        gain=_gain(trial.gain, lang),
        n=trial.n_questions,
    )


def reranking_line(trial: RerankerTrial, lang: str) -> str:
    """For the console and the report, in English or Chinese."""
    return _trial_line("reranking", trial, lang)


def reranker_tuning_line(trial: RerankerTrial, lang: str) -> str:
    """For the console and the report, in English or Chinese."""
    return _trial_line("reranker_tuning", trial, lang)


def _trial_line(kind: str, trial: RerankerTrial, lang: str) -> str:
    return message(
        f"{kind}.kept" if trial.kept else f"{kind}.left_out",
        lang,
        name=trial.name,
        before=figures.decimal(trial.before, 3),
        after=figures.decimal(trial.after, 3),
        gain=_gain(trial.gain, lang),
        n=trial.n_questions,
    )


def _gain(gain: Estimate, lang: str) -> str:
    if gain.low is None or gain.high is None:
        return _points(gain.value)
    return _points(gain.value) + message("fitting.between", lang, low=_points(gain.low), high=_points(gain.high))
