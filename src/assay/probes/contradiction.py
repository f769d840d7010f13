"""Passages that say something else than a model has learnt: does it still read? Knows no engine.

Made from questions for training and the passage that holds the evidence of each: the answer is exchanged for another
of its kind, in the passage and in what counts as right.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from assay.corpus.document import Passage
from assay.probes.exchange import exchange
from assay.probes.probe import Probe, ProbeSet
from assay.questions.clusters import cluster_of
from assay.questions.question import Question
from assay.scoring import language_of, score_answer

__all__ = ["LEAST_READING", "MOST_READING", "contradict", "contradictions"]

MOST_READING = 32  # one batch; more cost seconds and narrow the interval little
LEAST_READING = 8  # fewer show nothing
_TRIES = 5
_LETTER = r"A-Za-z0-9\u00c0-\u024f"


def contradictions(questions: Sequence[Question], gold: Mapping[str, Sequence[Passage]], seed: int) -> ProbeSet:
    """At most `MOST_READING` probes, from the questions in a seeded order; none where fewer than `LEAST_READING` can be
    made.

    Args:
        questions: what was trained on.
        gold: question id -> passages that hold its evidence; a question that needs several is left out.
        seed: of the order and of the exchanges: the same input gives the same probes.
    """
    rng = np.random.default_rng(seed)
    made: list[Probe] = []
    for place in rng.permutation(len(questions)):
        question = questions[place]
        passages = gold.get(question.id, ())
        probe = contradict(question, passages[0], rng) if len(passages) == 1 else None
        if probe is not None:
            made.append(probe)
        if len(made) == MOST_READING:
            break
    return ProbeSet("reading", tuple(made) if len(made) >= LEAST_READING else ())


def contradict(question: Question, passage: Passage, rng: np.random.Generator) -> Probe | None:
    """The question with a passage that answers it otherwise; None where no exchange is sound.

    Sound: an accepted answer stands in the passage word for word and is of a kind that can be exchanged; afterwards
    no accepted answer stands there any more, nor in the title or heading shown above it, and the new one does, which
    was nowhere before.
    """
    if not question.answerable:
        return None
    for answer in sorted(question.answers, key=len, reverse=True):
        stands = _whole(answer)
        if not stands.search(passage.text):
            continue
        for _ in range(_TRIES):
            new = exchange(answer, question.text, rng)
            if new is None:
                break
            changed = replace(passage, text=_put(new, stands, passage.text))
            asked = replace(question, answers=_accepted(answer, new, question.answers))
            if _is_sound(question, asked, passage, changed):
                lang = language_of(question.text)
                return Probe(asked, cluster_of(question), lang, passage=changed, learnt=question)
    return None


def _put(new: str, stands: re.Pattern[str], text: str) -> str:
    return stands.sub(lambda match: new, text)


def _accepted(old: str, new: str, answers: Sequence[str]) -> tuple[str, ...]:
    """The new answer, and what is left of it where an accepted answer was a part of the old: January of in January."""
    accepted = [new]
    for answer in answers:
        before, found, after = old.partition(answer)
        part = new[len(before) : len(new) - len(after)]
        if found and answer != old and part and new == before + part + after:
            accepted.append(part)
    return tuple(dict.fromkeys(accepted))


def _whole(answer: str) -> re.Pattern[str]:
    """The answer as it is written, not as a part of a longer word, number or code."""
    before = rf"(?<![{_LETTER}])(?<![{_LETTER}][-.,:])" if re.match(rf"[{_LETTER}]", answer[0]) else ""
    after = rf"(?![{_LETTER}]|[-.,:][{_LETTER}])" if re.match(rf"[{_LETTER}]", answer[-1]) else ""
    return re.compile(before + re.escape(answer) + after)


def _is_sound(learnt: Question, asked: Question, passage: Passage, changed: Passage) -> bool:
    return _holds(changed, asked) and not _holds(changed, learnt) and not _holds(passage, asked)


def _holds(passage: Passage, question: Question) -> bool:
    """Whether an accepted answer stands in what the model is shown of a passage, denied or beside others."""
    shown = f"{passage.document}\n{passage.heading}\n{passage.text}"
    return score_answer(shown, question).reason in ("contains_answer", "equal_number", "contradicted")
