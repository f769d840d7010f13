"""Whether useless prompts are accepted, and useful ones found: python benchmarks/prompted.py, no model, two minutes.

Each simulation is a search and an acceptance by Assay's own code over questions whose right answers are drawn: every
prompt is right with the chance of the plain one, or with more where it has the form that helps.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from assay.prompting.acceptance import accept
from assay.prompting.bank import open_bank
from assay.prompting.halving import Space, search_prompt
from assay.prompting.prompt_choice import Prompt
from assay.prompting.prompt_trials import Asked
from assay.questions.question import Evidence, Question

_HELPS = "what is asked for"  # the name of the form that brings something


@dataclass
class Simulated:
    """Answers questions by chance: each is as hard as its document, and two prompts share half of their luck."""

    seed: int
    n_questions: int
    rate: float = 0.5
    gain: float = 0.0
    shared: float = 0.5
    spread: float = 0.15  # of how hard documents are
    helpful: str = field(default_factory=lambda: next(w.text for w in open_bank().usual if w.name == _HELPS))

    def __post_init__(self) -> None:
        rng = np.random.default_rng(self.seed)
        homes = rng.integers(0, max(2, self.n_questions // 6), self.n_questions)
        self.hard = rng.normal(0, self.spread, int(homes.max()) + 1)[homes]
        self.luck = rng.random(self.n_questions)
        words = rng.integers(10**8, 10**9, (self.n_questions, 3)).astype(str)
        self.questions = [
            Question(str(i), " ".join(words[i]), ("x",), evidence=Evidence(f"{homes[i]}.md"))
            for i in range(self.n_questions)
        ]

    def ask(self, prompt: Prompt, questions: Sequence[Question]) -> Asked:
        places = [int(question.id) for question in questions]
        own = np.random.default_rng([self.seed, *repr(prompt).encode()])
        luck = np.where(own.random(self.n_questions) < self.shared, self.luck, own.random(self.n_questions))
        rate = self.rate + self.gain * (prompt.form == self.helpful)
        marks = (luck < rate + self.hard).astype(float)[places]
        tokens = np.full(len(places), 100.0)
        return Asked(marks, float(len(places)), tokens, tokens / 10)


def simulate(seed: int, n_training: int, n_validation: int, n_answers: int, gain: float = 0.0) -> tuple[bool, float]:
    """Whether the prompt that a search finds is accepted, and what the prompt in force truly brings."""
    world = Simulated(seed, n_training + n_validation, gain=gain)
    training, validation = world.questions[:n_training], world.questions[n_training:]
    space = Space(open_bank(), "en", True, n_training)
    found = search_prompt(space, world.ask, training, n_answers, 1.0, seed, lambda done, total: None)
    if found.best == space.plain:
        return False, 0.0
    accepted = accept(world.ask, space.plain, found.best, validation, "questions", seed).is_accepted
    return accepted, gain if accepted and found.best.form == world.helpful else 0.0


def section(quick: bool) -> Iterator[tuple[str, str, str, str]]:
    """Rows of benchmarks/truth.py: equal prompts, and a form of the answer that brings 20 points."""
    repeats = 40 if quick else 400
    for gain, goal in ((0.0, "5% and less"), (0.2, "75% and more")):
        share = float(np.mean([simulate(seed, 300, 100, 600, gain)[0] for seed in range(repeats)]))
        is_met = share >= 0.75 if gain else share <= 0.05
        name = f"a form of the answer brings {100 * gain:.0f} points" if gain else "equal prompts"
        yield f"{name}, 100 validation questions", f"accepted {share:.1%}", goal, "yes" if is_met else "no"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=400)
    repeats = parser.parse_args().repeats
    print("| training | validation | answers | true gain | accepted | gain in force |\n|---|---|---|---|---|---|")
    for n_training, n_validation, n_answers, gain in (
        (40, 30, 120, 0.0), (100, 40, 200, 0.0), (300, 100, 600, 0.0),
        (100, 40, 200, 0.2), (300, 100, 600, 0.1), (300, 100, 600, 0.2), (300, 100, 2000, 0.1), (300, 200, 2000, 0.1),
    ):  # fmt: skip
        runs = [simulate(seed, n_training, n_validation, n_answers, gain) for seed in range(repeats)]
        accepted, brought = (float(np.mean([run[i] for run in runs])) for i in (0, 1))
        print(
            f"| {n_training} | {n_validation} | {n_answers} | {100 * gain:.0f} points | {100 * accepted:.1f}% "
            f"| {100 * brought:.1f} points |",
            flush=True,
        )


if __name__ == "__main__":
    main()
