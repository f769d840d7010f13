"""Training questions asked in other words, each checked to mean the same. Knows no documents.

What a model learns by heart grows with the number of ways in which it is asked (Ovadia et al. 2023), so these are for
training alone: a question for the test or for validation is never paraphrased, and none comes near one.
"""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assay.bench.progress import Progress, Silent
from assay.checking.likeness import alike_pairs, likeness, same_words, says_the_same
from assay.drafting.form import holds_answer
from assay.drafting.manners import N_MANNERS, ask_in_manner
from assay.drafting.prompts import MAX_QUESTION_TOKENS, read_question
from assay.models.engine import Engine
from assay.questions.question import Question
from assay.retrieval import Encoder
from assay.scoring import language_of
from assay.words import message

__all__ = ["Paraphrases", "paraphrase"]


@dataclass
class Paraphrases:
    """What came of it: the paraphrases in the order of their sources, and reason -> how many were dropped."""

    questions: list[Question] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    n_sources: int = 0
    n_written: int = 0
    seconds: float = 0.0


def paraphrase(
    questions: Sequence[Question],
    engine: Engine,
    encoder: Encoder,
    n: int,
    progress: Progress | None = None,
    spoken: str = "en",
) -> Paraphrases:
    """At most n other wordings of each training question, with its answers and evidence.

    The engine is shown `N_MANNERS` manners of asking, one after the other, until n wordings of a question are kept.
    A wording is kept if it is a question in other words, an encoder calls it alike, its numbers, names and denials are
    those of its source, it does not hold the answer, and it is not alike to a question outside the training.

    Args:
        questions: with their splits; those that are paraphrases already are left alone.
        engine: writes the wordings.
        encoder: compares them.
        n: of each question.
        progress: is told how many manners are done.
        spoken: the language of the progress.

    Raises:
        EngineError: the engine failed.
    """
    started = time.perf_counter()
    told = progress or Silent()
    sources = [question for question in questions if question.split == "train" and question.origin != "paraphrased"]
    held_out = [question.text for question in questions if question.split != "train"]
    done = Paraphrases(n_sources=len(sources))
    kept: dict[str, list[Question]] = {source.id: [] for source in sources}
    for manner in range(N_MANNERS):
        waiting = [source for source in sources if len(kept[source.id]) < n]
        asked = [ask_in_manner(source.text, manner, language_of(source.text)) for source in waiting]
        replies = engine.generate(asked, MAX_QUESTION_TOKENS) if asked else []
        for source, reply in zip(waiting, replies, strict=True):
            text = read_question(reply.text, language_of(source.text))
            done.n_written += 1
            flaw = _flaw(source, text, encoder, [other.text for other in kept[source.id]], held_out)
            if flaw is None:
                kept[source.id].append(_as_question(source, text, len(kept[source.id]) + 1))
            else:
                done.dropped[flaw] += 1
        note = message("draft.n_kept", spoken, n=sum(map(len, kept.values())))
        told.step(message("step.paraphrasing", spoken), manner + 1, N_MANNERS, note)
    done.questions = [question for own in kept.values() for question in own]
    done.seconds = time.perf_counter() - started
    return done


def _as_question(source: Question, text: str, number: int) -> Question:
    return replace(source, id=f"{source.id}-p{number}", text=text, origin="paraphrased")


def _flaw(source: Question, text: str, encoder: Encoder, kept: Sequence[str], held_out: Sequence[str]) -> str | None:
    """Why a wording is of no use, as the key of a reason; the cheap tests come first."""
    lang = language_of(source.text)
    if not text:
        return "no_question"
    if not says_the_same(source.text, text):
        return "other_terms"
    if any(holds_answer(text, a, lang) and not holds_answer(source.text, a, lang) for a in source.answers):
        return "holds_answer"  # "A or B?" has held it from the beginning
    if any(same_words(text, other) for other in (source.text, *kept)):
        return "same_words"
    least = likeness(encoder.name)
    if not alike_pairs([text], encoder.encode_queries, least, [source.text]):
        return "other_meaning"
    return "like_a_test_question" if alike_pairs([text], encoder.encode_queries, least, held_out) else None
