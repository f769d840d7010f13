"""How often a verdict is decided, and how often wrongly, in forty settings; and what "about N more" brings."""

from collections.abc import Iterator, Sequence

import numpy as np
from simulated_exams import SHAPES, Documents, Row, draw_documents, draw_scores, met, percent

from assay.statistics.inference import draw_means
from assay.verdict.cell_choice import Choice, choose
from assay.verdict.more_questions import MOST_QUESTIONS, questions_to_decide

MARGIN, N = 0.05, 130
DRAWS = 1000
LEADS = {f"the dearer of two +{points}": (0.6, 0.6 + points / 100) for points in (6, 8, 10, 15)}
LADDERS = {
    "a ladder of four, 6 apart": (0.5, 0.56, 0.62, 0.68),
    "five equal, the dearest +6": (0.6, 0.6, 0.6, 0.6, 0.6, 0.66),
    "useless, good, +6": (0.1, 0.6, 0.66),
}
TIES = {"two equal": (0.6,) * 2, "three equal": (0.6,) * 3, "six equal": (0.6,) * 6}
OPEN = {"two, +6": (0.6, 0.66), "two, +3": (0.6, 0.63), "two equal": (0.6, 0.6), "three, +8": (0.5, 0.6, 0.68)}


def section(quick: bool) -> Iterator[Row]:
    """Wrong decisions, the share decided where the lead is large, and what more questions bring."""
    rng = np.random.default_rng(12)
    for name, rates in (LEADS | LADDERS | TIES).items():
        for shape in SHAPES:
            yield _wrong(rng, name, rates, shape, 60 if quick else 800)
    yield _large(rng, 60 if quick else 400)
    for name, rates in OPEN.items():
        yield _more(rng, name, rates, 20 if quick else 200)


def right_choice(rates: Sequence[float]) -> int:
    """The cheapest cell that the best is not ahead of by the margin."""
    return next(place for place, rate in enumerate(rates) if max(rates) - rate < MARGIN - 1e-9)


def _judge(rng: np.random.Generator, scores: np.ndarray, documents: Documents) -> Choice:
    named = {str(place): row for place, row in enumerate(scores)}
    return choose(named, documents.sampling, MARGIN, rng, DRAWS)


def _wrong(rng: np.random.Generator, name: str, rates: Sequence[float], shape: str, n_exams: int) -> Row:
    decided = wrong = 0
    for _ in range(n_exams):
        documents = draw_documents(rng, shape, N, len(rates))
        choice = _judge(rng, draw_scores(rng, documents, rates), documents)
        decided += not choice.undecided
        wrong += not choice.undecided and choice.cell != str(right_choice(rates))
    told = f"wrong {percent(wrong / n_exams)}, decided {percent(decided / n_exams)}"
    return f"{name}, {shape}, {N} questions", told, "wrong at most 5%", met(wrong / n_exams <= 0.05)


def _large(rng: np.random.Generator, n_exams: int) -> Row:
    rates, decided = (0.05, 0.05, 0.1, 0.35, 0.4, 0.65), 0
    for _ in range(n_exams):
        documents = draw_documents(rng, "few large", N, len(rates))
        choice = _judge(rng, draw_scores(rng, documents, rates), documents)
        decided += not choice.undecided and choice.cell == "5"
    share = decided / n_exams
    return "six cells, the dearest +25", f"decided for it {percent(share)}", "90% and more", met(share >= 0.9)


def _more(rng: np.random.Generator, name: str, rates: Sequence[float], n_exams: int) -> Row:
    """Exams that cannot tell get as many further questions as they ask for; the old ones are kept."""
    decided, asked, too_many = [], [], 0
    while len(decided) + too_many < n_exams:
        documents = draw_documents(rng, "few large", N, len(rates))
        scores = draw_scores(rng, documents, rates)
        if not _judge(rng, scores, documents).undecided:
            continue
        n_more = (
            questions_to_decide(draw_means(scores, documents.sampling, rng, DRAWS), scores.shape[1], MARGIN)
            or MOST_QUESTIONS
        )
        if n_more >= MOST_QUESTIONS:
            too_many += 1
            continue
        longer = documents.more(n_more)
        again = np.hstack([scores, draw_scores(rng, longer, rates)[:, scores.shape[1] :]])
        decided.append(not _judge(rng, again, longer).undecided)
        asked.append(n_more)
    share = float(np.mean(decided))
    told = (
        f"decided {percent(share)} after {np.median(asked):.0f} more (median); more than {MOST_QUESTIONS}: {too_many}"
    )
    return f'"about N more", {name}', told, "75% and more", met(share >= 0.75)
