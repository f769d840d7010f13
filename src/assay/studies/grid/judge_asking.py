"""A judge is asked about the answers of an exam that the scorer cannot judge. Makes no mark of what it says.

An opinion is kept under the judge, its prompts and all that it judges: a killed run asks only what is missing, and
another run with the same answer does not ask again.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assay.bench.bench import Bench
from assay.errors import EngineError
from assay.judges.judge import Judge, Opinion, Pair
from assay.marks.drawing import GivenAnswer, given_answers
from assay.verdict.judge_said import JudgedAnswer, JudgeSaid
from assay.verdict.result import QuestionView, RunResult

__all__ = ["ask_judge"]

_TOGETHER = 16  # pairs between two writes
_REPLIES = 3  # that are shown
_EITHER = {"en": "\nOr: ", "zh": "\n或者："}


@dataclass(frozen=True)
class _Kept:
    """An opinion and the seconds that it took."""

    opinion: Opinion
    seconds: float


def ask_judge(judge: Judge, result: RunResult, bench: Bench) -> JudgeSaid:
    """What a judge says of the answers of a run that the scorer cannot judge; why not, where it cannot be asked.

    What it said until it failed is kept.
    """
    questions = {question.id: question for question in result.questions}
    given = [one for one in given_answers(result) if one.scored is None and questions[one.question].answers]
    pairs = [_pair(questions[one.question], one.text) for one in given]
    is_under_test = judge.sha256 == result.provenance.get("weights_sha256")
    try:
        kept = _ask(judge, pairs, bench)
    except EngineError as error:
        return JudgeSaid(judge.name, is_under_test, 0, 0, 0, [], 0.0, 0, None, [], failed=str(error))
    opinions = [kept[pair.key].opinion for pair in pairs]
    seconds = sum(kept[key].seconds for key in {pair.key for pair in pairs})
    price = bench.settings.price_per_hour
    replies = dict.fromkeys(opinion.said for opinion in opinions if opinion.why == "reply")
    return JudgeSaid(
        name=judge.name,
        is_under_test=is_under_test,
        n_asked=len(pairs),
        n_order=sum(opinion.why == "order" for opinion in opinions),
        n_reply=sum(opinion.why == "reply" for opinion in opinions),
        replies=list(replies)[:_REPLIES],
        seconds=seconds,
        n_tokens=sum(opinion.n_tokens for opinion in opinions),
        money=seconds / 3600 * price if price else None,
        answers=_judged(given, opinions),
    )


def _pair(question: QuestionView, answer: str) -> Pair:
    reference = question.answers[0]
    lang = Pair(question.text, reference, "", "").lang
    return Pair(question.text, _EITHER[lang].join(question.answers), question.quote or "", answer)


def _judged(given: Sequence[GivenAnswer], opinions: Sequence[Opinion]) -> list[JudgedAnswer]:
    return [
        JudgedAnswer(one.question, one.text, opinion.probability)
        for one, opinion in zip(given, opinions, strict=True)
        if opinion.probability is not None
    ]


def _ask(judge: Judge, pairs: Sequence[Pair], bench: Bench) -> Mapping[str, _Kept]:
    """What is kept, by the keys of pairs; what is missing is asked, the pairs of one language together."""
    kept = {key: _read(value) for key, value in bench.store.answers(judge.key).items()}
    missing = {pair.key: pair for pair in pairs if pair.key not in kept}
    if not missing:
        return kept
    bench.say("judge.asking", judge=judge.name, n=len(missing))
    show = bench.show("step.judge")
    waiting = sorted(missing.values(), key=lambda pair: pair.lang)
    for start in range(0, len(waiting), _TOGETHER):
        show(start, len(waiting))
        some = waiting[start : start + _TOGETHER]
        started = time.perf_counter()
        opinions = judge.judge(some)
        seconds = time.perf_counter() - started
        new = {pair.key: _Kept(one, seconds / len(some)) for pair, one in zip(some, opinions, strict=True)}
        bench.store.save_answers(judge.key, {key: asdict(one) for key, one in new.items()}, seconds)
        kept |= new
    show(len(waiting), len(waiting))
    return kept


def _read(kept: dict[str, Any]) -> _Kept:
    return _Kept(Opinion(**kept["opinion"]), kept["seconds"])
