"""Searches for a prompt on training questions: many are asked a few questions, the best of them three times as many.

Optuna proposes what is tried, from what earlier ones got. The same answers and seconds give the same search: killed and
called again, it goes on where it was, since all that was answered is kept with the seconds that it took.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
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
_MOST = 120  # prompts of the first round
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


@dataclass
class _Candidate:
    prompt: Prompt
    place: int  # in the order in which it was proposed
    asked: Asked

    @property
    def rank(self) -> tuple[float, float, int]:
        """Smaller is better: more often right, then fewer tokens, then earlier: the plain prompt is the first."""
        return (-self.asked.right, float(self.asked.prompt_tokens.mean()), self.place)


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
    seed: int,
    show: Callable[[int, int], None],
) -> Halving:
    """The best prompt on training questions, within a budget that the last batch may overrun.

    Args:
        space: what may be tried.
        ask: asks; equal questions and prompts give equal answers and seconds.
        training: the questions in the order in which they are asked.
        budget_s: seconds of answering that it may take.
        seed: of the proposals.
        show: is told the rounds that are done, and how many there are.
    """
    sizes = round_sizes(len(training))
    spent = _Budget(budget_s)
    shares = 1 + (len(sizes) - 1) * (_FACTOR - 1) / _FACTOR  # rounds after the first take as much of it as that
    show(0, len(sizes))
    field = _first_round(space, ask, training[: sizes[0]], spent, budget_s / shares, seed)
    n_prompts, n_questions = len(field), sizes[0]
    for number, (before, size) in enumerate(zip(sizes, sizes[1:], strict=False), start=1):
        show(number, len(sizes))
        further = _next_round(field, ask, training[before:size], spent)
        if not further:
            break
        field, n_questions = further, size
    show(len(sizes), len(sizes))
    return Halving(min(field, key=lambda one: one.rank).prompt, n_prompts, n_questions)


def round_sizes(n_training: int) -> list[int]:
    """How many questions the prompts of each round have been asked at its end."""
    sizes = [min(n_training, _FIRST * _FACTOR**number) for number in range(_ROUNDS)]
    return list(dict.fromkeys(sizes))


def least_seconds(answer_s: float, n_training: int) -> float:
    """About what the smallest first round takes."""
    return _LEAST * min(n_training, _FIRST) * answer_s


class _Budget:
    """Seconds spent so far, and whether so many more answers fit."""

    def __init__(self, budget_s: float) -> None:
        self.budget_s, self.spent_s, self._n = budget_s, 0.0, 0

    def take(self, asked: Asked) -> Asked:
        self.spent_s += asked.seconds
        self._n += len(asked.marks)
        return asked

    def fits(self, n_answers: int, limit_s: float) -> bool:
        answer_s = self.spent_s / self._n if self._n else 0.0
        return self.spent_s + n_answers * answer_s <= min(limit_s, self.budget_s)


def _first_round(
    space: Space, ask: Ask, questions: Sequence[Question], spent: _Budget, limit_s: float, seed: int
) -> list[_Candidate]:
    study = _open_study(seed)
    study.enqueue_trial(dict.fromkeys((*_WORDED, "place", "examples", "fixed", "reversed"), 0))  # the plain prompt
    tried: dict[Prompt, _Candidate] = {}
    idle = 0
    while len(tried) < _MOST and idle < _IDLE and (len(tried) < _LEAST or spent.fits(len(questions), limit_s)):
        trial = study.ask()
        prompt = space.propose(trial)
        idle = idle + 1 if prompt in tried else 0
        if prompt not in tried:
            tried[prompt] = _Candidate(prompt, len(tried), spent.take(ask(prompt, questions)))
        study.tell(trial, tried[prompt].asked.right)
    return list(tried.values())


def _next_round(
    field: Sequence[_Candidate], ask: Ask, questions: Sequence[Question], spent: _Budget
) -> list[_Candidate]:
    """The best third of the field, asked further questions, as far as the budget goes."""
    kept = sorted(field, key=lambda one: one.rank)[: max(2, -(-len(field) // _FACTOR))]
    further: list[_Candidate] = []
    for one in kept:
        if not spent.fits(len(questions), spent.budget_s):
            break
        further.append(_Candidate(one.prompt, one.place, one.asked + spent.take(ask(one.prompt, questions))))
    return further


def _open_study(seed: int) -> Any:
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    return optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=seed))
