"""What fitting the retriever brought, in one sentence. Computes nothing."""

from assay.verdict.messages import message
from assay.verdict.result import RetrieverFitting

__all__ = ["fitting_line"]


def fitting_line(fitting: RetrieverFitting, lang: str) -> str:
    """For the console and the report, in English or Chinese."""
    gain = fitting.gain
    between = ""
    if gain.low is not None and gain.high is not None:
        between = message("fitting.between", lang, low=_points(gain.low), high=_points(gain.high))
    return message(
        f"fitting.{fitting.kept}",
        lang,
        before=f"{fitting.before:.3f}",
        after=f"{fitting.after:.3f}",
        gain=_points(gain.value) + between,
        n=fitting.n_questions,
    )


def _points(difference: float) -> str:
    return f"{100 * difference:+.1f}".replace("-", "−")
