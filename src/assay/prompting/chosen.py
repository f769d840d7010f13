"""The prompt that a cell asks by: searched for once, accepted or not, and kept."""

from dataclasses import asdict, replace
from typing import Any

from pydantic import TypeAdapter

from assay.bench.keys import key_of
from assay.bench.meter import Meter
from assay.bench.preparation import Preparation
from assay.bench.store import Made
from assay.grid.cell import Cell, served_row
from assay.grid.column import Behaviour, Column
from assay.grid.naming import name_cell
from assay.grid.pipelines import Pipelines
from assay.masking import mask
from assay.prompting.acceptance import accept, what_pays
from assay.prompting.bank import open_bank
from assay.prompting.halving import Space, least_seconds, round_sizes, search_prompt
from assay.prompting.prompt_choice import Prompt, PromptChoice, PromptPart, Shown
from assay.prompting.prompt_trials import PromptTrials
from assay.prompting.prompt_words import choice_line
from assay.prompting.written import search_written
from assay.questions.question import Question
from assay.scoring.scorer import chosen_scorer
from assay.words import figures

__all__ = ["choose_prompt", "known_choice", "plain_instead", "prompted_behaviour", "prompts_in_force"]

PROMPTING_VERSION = 1  # count up when the same answers lead to another choice, or other wordings are kept in code
_SHARE = 0.2  # of the time of the grid
_COLUMNS = 3  # of a usual grid, in the seconds of which the budget is told

_CHOICE = TypeAdapter(PromptChoice)


def prompted_behaviour(pipelines: Pipelines, cell: Cell, plain: Column) -> Behaviour:
    """What asks by the chosen prompt, which is searched for where that was not done yet; plainly, if none was accepted.

    Args:
        pipelines: which make cells real.
        cell: that asks.
        plain: the column that its prompt is measured against, and whose model answers.
    """
    choice = choose_prompt(pipelines, cell, plain)
    source = Cell(cell.row, plain)
    if not choice.is_accepted:
        return plain.behaviour(pipelines, source)
    return PromptTrials(pipelines, source).behaviour(choice.prompt)


def prompts_in_force(pipelines: Pipelines, cell: Cell, plain: Column) -> dict[str, Any]:
    """The prompts that a cell asks by, as plain values for its key; searched for first, as `choose_prompt` does."""
    chosen = [choose_prompt(pipelines, part, plain).prompt for part in cell.parts]
    return {"prompts": [PROMPTING_VERSION, *map(asdict, chosen)]}


def plain_instead(pipelines: Pipelines, cell: Cell, plain: Column) -> Cell | None:
    """The cell that is asked plainly, where no better prompt was found; None where one was."""
    is_accepted = any(choose_prompt(pipelines, part, plain).is_accepted for part in cell.parts)
    return None if is_accepted else Cell(cell.row, plain)


def _key(pipelines: Pipelines, cell: Cell, plain: Column) -> str:
    """The name under which a choice is kept: it changes with everything that the search depends on."""
    s, scorer = pipelines.settings, chosen_scorer(pipelines.bench)
    source = _source(pipelines, cell, plain)
    bank = open_bank(s.prompt_bank).key
    kept = key_of(
        plain=pipelines.cell_key(source), bank=bank, seconds=s.prompt_seconds, scorer=scorer.key,
        about=s.generalise, version=PROMPTING_VERSION, **({"writer": mask(s.prompt_writer)} if s.prompt_writer else {}),
    )  # fmt: skip
    return f"prompt/{kept}"


def known_choice(pipelines: Pipelines, cell: Cell, plain: Column) -> PromptChoice | None:
    """What was found and what it took; None where nothing was searched for yet."""
    made = pipelines.bench.store.made(_key(pipelines, cell, plain))
    return None if made is None else _read(made)


def choose_prompt(pipelines: Pipelines, cell: Cell, plain: Column) -> PromptChoice:
    """What is found, searched for now where that was not done yet.

    Raises:
        InputError: a bank that cannot be read.
        MissingExtra: Optuna is not installed.
        EngineError: the engine failed; what was answered is kept.
    """

    def make(meter: Meter) -> dict[str, Any]:
        trials = PromptTrials(pipelines, _source(pipelines, cell, plain))
        found = _search(trials)
        meter.told_s, meter.tokens = trials.seconds, trials.n_tokens
        _say(trials, found)
        return asdict(replace(found, n_answers=trials.n_answers))

    return _read(pipelines.bench.store.once(_key(pipelines, cell, plain), make))


def _read(made: Made) -> PromptChoice:
    return replace(_CHOICE.validate_python(made.value), cost=made.cost)


def _source(pipelines: Pipelines, cell: Cell, plain: Column) -> Cell:
    """The cell in whose place prompts are tried: a ceiling is asked by the prompt of what is served in its place."""
    if cell.row.is_served:
        return Cell(cell.row, plain)
    return Cell(served_row(pipelines.bench.parts, cell.row.reads), plain)


def _search(trials: PromptTrials) -> PromptChoice:
    pipelines, s = trials.pipelines, trials.pipelines.settings
    bank = open_bank(s.prompt_bank)
    bank.check(trials.lang, s.prompt_bank)
    space = Space(bank, trials.lang, trials.reads, len(trials.training))
    answer_s = _answer_seconds(trials, space.plain)
    budget_s = s.prompt_seconds or _SHARE * _COLUMNS * len(pipelines.exam.test) * answer_s * (2 if trials.reads else 1)
    choice = PromptChoice(
        row=trials.cell.row.name,
        column=trials.cell.column.name,
        lang=trials.lang,
        reads=trials.reads,
        plain=space.plain,
        best=space.plain,
        is_accepted=False,
        n_prompts=0,
        n_training=0,
        n_validation=0,
        budget_s=budget_s,
        round_s=least_seconds(answer_s, len(trials.training)),
        n_answers=0,
    )
    if choice.round_s > budget_s:
        return choice
    _announce(trials, choice)
    show = pipelines.bench.show("step.prompts", cell=_name(trials))
    if s.prompt_writer:
        pipelines.bench.say("plan.writer", name=mask(s.prompt_writer))
        found = search_written(trials, space.plain, budget_s, show)
    else:
        found = search_prompt(space, trials.ask, trials.training, budget_s, answer_s, s.seed, show)
    choice = replace(choice, best=found.best, n_prompts=found.n_prompts, n_training=found.n_questions)
    return choice if found.best == space.plain else _accepted(trials, choice)


def _accepted(trials: PromptTrials, choice: PromptChoice) -> PromptChoice:
    """The best prompt of the search put to validation; where it is better, which of its parts pay."""
    s, validation = trials.pipelines.settings, trials.pipelines.exam.validation
    asked = (trials.ask, choice.plain, choice.best, validation, s.generalise, s.seed)
    found = accept(*asked)
    parts = (
        what_pays(*asked) if found.is_accepted else [PromptPart(part) for part in choice.best.differing(choice.plain)]
    )
    return replace(
        choice,
        is_accepted=found.is_accepted,
        n_validation=len(validation),
        gain=found.gain,
        before=found.before,
        after=found.after,
        parts=parts,
        shown=_shown(trials, choice.best) if choice.best.are_fixed else [],
    )


def _answer_seconds(trials: PromptTrials, plain: Prompt) -> float:
    """As the plain cell took them; where that was not asked, as the first questions of the search take them."""
    known = trials.plain_s
    if known is not None:
        return known
    first = trials.training[: round_sizes(len(trials.training))[0]]
    return trials.ask(plain, first).seconds / len(first)


def _shown(trials: PromptTrials, prompt: Prompt) -> list[Shown]:
    """The examples that everybody is shown who may read all."""
    passages = trials.pipelines.example_passages if trials.reads else {}
    examples = trials.behaviour(prompt).examples(Question("anybody", "", ()))
    return [
        Shown(one.text, passages[one.id].text if one.id in passages else "", one.model_answer(trials.lang))
        for one in examples
    ]


def _announce(trials: PromptTrials, choice: PromptChoice) -> None:
    lang, first = trials.pipelines.settings.lang, round_sizes(len(trials.training))[0]
    time = figures.duration(choice.budget_s, lang, short=False)
    trials.pipelines.bench.say("plan.prompts", cell=_name(trials), time=time, n=first)


def _say(trials: PromptTrials, choice: PromptChoice) -> None:
    found = replace(choice, cost=Preparation(trials.seconds))
    trials.pipelines.bench.progress.say(choice_line(found, _name(trials), trials.pipelines.settings.lang))


def _name(trials: PromptTrials) -> str:
    return name_cell(trials.cell)[trials.pipelines.settings.lang]
