"""The search for a prompt, over questions whose right answers are drawn: what is accepted, found and spent."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from assay.errors import MissingExtra
from assay.prompting.bank import open_bank
from assay.prompting.halving import Space, check_optuna, round_sizes, search_prompt

_FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def drawn() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(_FOLDER))
        import prompted

        yield prompted
        sys.modules.pop("prompted", None)


def test_of_equal_prompts_hardly_one_is_accepted(drawn: ModuleType) -> None:
    accepted = [drawn.simulate(seed, 40, 40, 80)[0] for seed in range(60)]
    assert sum(accepted) <= 3  # 2.5% of 60 searches, and what chance adds to that


def test_a_form_that_helps_much_is_found(drawn: ModuleType) -> None:
    found = [drawn.simulate(seed, 100, 60, 400, 0.4) for seed in range(6)]
    assert sum(accepted and gain > 0 for accepted, gain in found) >= 5


def test_the_same_answers_give_the_same_search_within_its_budget(drawn: ModuleType) -> None:
    world, space = drawn.Simulated(3, 80), Space(open_bank(), "zh", False, 80)
    shown: list[tuple[int, int]] = []
    runs = [
        search_prompt(space, world.ask, world.questions, 200.0, 1.0, 5, lambda done, total: shown.append((done, total)))
        for _ in range(2)
    ]
    assert runs[0] == runs[1] and runs[0].n_prompts >= 12
    assert max(shown) == (200, 200)
    other = search_prompt(space, world.ask, world.questions, 200.0, 1.0, 6, lambda done, total: None)
    assert other != runs[0]


def test_without_optuna_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assay.prompting.halving.find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r'pip install "assay\[search\]"'):
        check_optuna()


def test_rounds_ask_three_times_as_many_questions() -> None:
    assert round_sizes(500) == [8, 24, 72, 216]
    assert round_sizes(60) == [8, 24, 60]
    assert round_sizes(8) == [8]
