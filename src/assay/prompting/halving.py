"""Searches for a prompt on training questions: many are asked a few questions, the best of them three times as many.

Optuna proposes what is tried, from what earlier ones got. The same answers and seconds give the same search: killed and
called again, it goes on where it was, since all that was answered is kept with the seconds that it took.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from itertools import pairwise
from math import ceil
from typing import Any, Protocol

from assay.errors import MissingExtra
from assay.prompting.bank import Bank
from assay.prompting.prompt_choice import Prompt
from assay.prompting.prompt_trials import Asked
from assay.questions.question import Question

__all__ = ["Halving", "Space", "check_optuna", "least_seconds", "round_sizes", "search_prompt"]

_FIRST = 8  # questions of the first round
_FACTOR = 3  # so many times as many questions, and as few prompts, in each further round
_ROUNDS = 4  # at most
_LEAST = 3  # prompts of the first round, the plain one among them; fewer are no search
_ENOUGH = 12  # prompts of the first round: with fewer there are fewer rounds
_MOST = 120
_IDLE = 30  # proposals in a row that were tried before: nothing new is left
_NUMBERS = (0, 1, 2, 4)  # of examples
_WORDED = ("instruction", "form", "refusal")


class Ask(Protocol):
    """Asks training questions by a prompt."""

    def __call__(self, prompt: Prompt, questions: Sequence[Question]) -> Asked:
        """As `assay.prompting.prompt_trials.PromptTrials.ask`."""


@dataclass(frozen=True)
class Space:
    """All prompts that may be tried.

    Args:
        bank: the wordings.
        lang: of the questions.
        reads: whether prompts hold passages.
        n_pool: how many examples there are.
    """

    bank: Bank
    lang: str
    reads: bool
    n_pool: int

    @property
    def plain(self) -> Prompt:
        """The usual prompt."""
        instruction, form, refusal = (self._texts(part)[0] for part in _WORDED)
        return Prompt(instruction, form, refusal)

    def propose(self, trial: Any) -> Prompt:
        """The prompt that Optuna's trial stands for; what has no effect in it is left as it is in the plain one."""
        known = {part: self._texts(part) for part in _WORDED}
        instruction, form, refusal = (texts[_pick(trial, part, len(texts))] for part, texts in known.items())
        is_after = bool(_pick(trial, "place", 2)) and self.reads
        numbers = [n for n in _NUMBERS if n < self.n_pool]
        n = numbers[_pick(trial, "examples", len(numbers))]
        are_fixed, are_reversed = bool(_pick(trial, "fixed", 2)), bool(_pick(trial, "reversed", 2))
        if "{form}" not in instruction:
            form = self.plain.form
        if "{refusal}" in instruction:
            refusal = self.plain.refusal
        return Prompt(instruction, form, refusal, is_after, n, n > 0 and are_fixed, n > 1 and are_reversed)

    def _texts(self, part: str) -> list[str]:
        return [one.text for one in self.bank.of(part, self.lang, self.reads)]


def _pick(trial: Any, name: str, n: int) -> int:
    return int(trial.suggest_categorical(name, list(range(n))))


@dataclass(frozen=True)
class Halving:
    """What a search came to: the best prompt, how many were tried, and questions that the last of them were asked."""

    best: Prompt
    n_prompts: int
    n_questions: int


@dataclass(frozen=True)
class _Candidate:
    prompt: Prompt
    place: int  # in the order in which it was proposed
    n_differing: int  # parts that are not those of the plain prompt
    asked: Asked

    @property
    def rank(self) -> tuple[float, int, float, int]:
        """Smaller is better: more often right, then more like the plain prompt, then fewer tokens, then earlier."""
        return (-self.asked.right, self.n_differing, float(self.asked.prompt_tokens.mean()), self.place)


def check_optuna() -> None:
    """Nothing where prompts can be searched for.

    Raises:
        MissingExtra: Optuna is not installed.
    """
    if find_spec("optuna") is None:
        raise MissingExtra('the column prompted searches with Optuna: pip install "assay[search]"')


def search_prompt(
    space: Space,
    ask: Ask,
    training: Sequence[Question],
    budget_s: float,
    answer_s: float,
    seed: int,
    show: Callable[[int, int], None],
) -> Halving:
    """The best prompt on training questions, within a budget that the last batch may overrun.

    Args:
        space: what may be tried.
        ask: asks; equal questions and prompts give equal answers and seconds.
        training: the questions in the order in which they are asked.
        budget_s: seconds of answering that it may take.
        answer_s: about what an answer takes.
        seed: of the proposals.
        show: is told the seconds that are spent, and those of the budget.
    """
    spending, sizes = _Spending(ask, budget_s, show), round_sizes(len(training))
    sizes = sizes[: _affordable(len(sizes), budget_s / max(answer_s * sizes[0], 1e-9))]
    field = _first_round(space, spending, training[: sizes[0]], budget_s / _share(len(sizes)), seed)
    n_prompts, n_questions = len(field), sizes[0]
    for before, size in pairwise(sizes):
        further = _next_round(field, spending, training[before:size])
        if not further:
            break
        field, n_questions = further, size
    show(ceil(budget_s), ceil(budget_s))
    return Halving(min(field, key=lambda one: one.rank).prompt, n_prompts, n_questions)


def round_sizes(n_training: int) -> list[int]:
    """How many questions the prompts of each round have been asked at its end."""
    sizes = [min(n_training, _FIRST * _FACTOR**number) for number in range(_ROUNDS)]
    return list(dict.fromkeys(sizes))


def least_seconds(answer_s: float, n_training: int) -> float:
    """About what the smallest first round takes."""
    return _LEAST * min(n_training, _FIRST) * answer_s


def _share(n_rounds: int) -> float:
    """What all rounds take, in first rounds: each further one asks a third of the prompts twice as many questions."""
    return 1 + (n_rounds - 1) * (_FACTOR - 1) / _FACTOR


def _affordable(n_rounds: int, n_prompts: float) -> int:
    """How many rounds: at least two, where there are so many, and further ones while enough prompts are tried.

    `n_prompts`: as many as the budget would try if all of it went to the first round.
    """
    while n_rounds > 2 and n_prompts / _share(n_rounds) < _ENOUGH:
        n_rounds -= 1
    return n_rounds


class _Spending:
    """Asks, and knows what that has taken so far."""

    def __init__(self, ask: Ask, budget_s: float, show: Callable[[int, int], None]) -> None:
        self.budget_s = budget_s
        self._ask, self._show, self._spent_s, self._n = ask, show, 0.0, 0

    def ask(self, prompt: Prompt, questions: Sequence[Question]) -> Asked:
        asked = self._ask(prompt, questions)
        self._spent_s += asked.seconds
        self._n += len(questions)
        self._show(int(min(self._spent_s, self.budget_s)), ceil(self.budget_s))
        return asked

    def fits(self, n_answers: int, limit_s: float) -> bool:
        """Whether so many more answers, as fast as those so far, stay within a limit."""
        return not self._n or self._spent_s + n_answers * self._spent_s / self._n <= limit_s


def _first_round(
    space: Space, spending: _Spending, questions: Sequence[Question], limit_s: float, seed: int
) -> list[_Candidate]:
    study, plain = _open_study(seed), space.plain
    study.enqueue_trial(dict.fromkeys((*_WORDED, "place", "examples", "fixed", "reversed"), 0))  # the plain prompt
    tried: dict[Prompt, _Candidate] = {}
    idle = 0
    while len(tried) < _MOST and idle < _IDLE and (len(tried) < _LEAST or spending.fits(len(questions), limit_s)):
        trial = study.ask()
        prompt = space.propose(trial)
        idle = idle + 1 if prompt in tried else 0
        if prompt not in tried:
            asked = spending.ask(prompt, questions)
            tried[prompt] = _Candidate(prompt, len(tried), len(prompt.differing(plain)), asked)
        study.tell(trial, tried[prompt].asked.right)
    return list(tried.values())


def _next_round(field: Sequence[_Candidate], spending: _Spending, questions: Sequence[Question]) -> list[_Candidate]:
    """The best third of the field, asked further questions, as far as the budget goes."""
    further: list[_Candidate] = []
    for one in sorted(field, key=lambda one: one.rank)[: max(2, -(-len(field) // _FACTOR))]:
        if not spending.fits(len(questions), spending.budget_s):
            break
        further.append(replace(one, asked=one.asked + spending.ask(one.prompt, questions)))
    return further


def _open_study(seed: int) -> Any:
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    return optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=seed))
