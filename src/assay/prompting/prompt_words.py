"""What the search for a prompt came to, in a sentence, and prompts as people read and paste them. Computes nothing."""

from math import ceil

from assay.models.prompt import render_asked
from assay.prompting.prompt_behaviour import told_before
from assay.prompting.prompt_choice import Prompt, PromptChoice
from assay.questions.question import REFUSAL_TEXT
from assay.words import figures, message

__all__ = ["choice_line", "part_words", "prompt_text"]

_GAP = "[…]"  # in an instruction, where the form of the answer is filled in
_FEW, _ENOUGH = 12, 24  # prompts: fewer tell little where none was better; so many are proposed to be tried then


def choice_line(choice: PromptChoice, cell: str, lang: str) -> str:
    """What was found, and what it took.

    Args:
        choice: the search.
        cell: that is asked plainly, as people call it.
        lang: of the sentence.
    """
    gain = choice.gain
    told = message(
        f"line.prompt.{_kind(choice)}",
        lang,
        cell=cell,
        n=choice.n_prompts,
        training=choice.n_training,
        questions=choice.n_validation,
        gain="" if gain is None else figures.difference(gain.value, lang),
        interval="" if gain is None else figures.points_interval(gain, lang),
        time=figures.duration(choice.cost.seconds, lang, short=False),
        needed=figures.duration(choice.round_s, lang, short=False),
        budget=figures.duration(choice.budget_s, lang, short=False),
    )
    return told + _more_time(choice, lang)


def _more_time(choice: PromptChoice, lang: str) -> str:
    """How much time would try more, where few were tried for nothing."""
    if choice.is_accepted or not 0 < choice.n_prompts < _FEW:
        return ""
    seconds = 10 * ceil(choice.budget_s * _ENOUGH / choice.n_prompts / 10)
    return message("line.prompt.more_time", lang, n=_ENOUGH, seconds=seconds)


def _kind(choice: PromptChoice) -> str:
    if not choice.n_prompts:
        return "no_time"
    if choice.gain is None:
        return "plain"
    return "better" if choice.is_accepted else "not_shown"


def part_words(prompt: Prompt, part: str, choice: PromptChoice, lang: str) -> str:
    """One of the `PARTS` of a prompt, for people: wordings as they are, the rest in `lang`."""
    if part == "instruction":
        return prompt.instruction.replace("{form}", _GAP).replace("{refusal}", REFUSAL_TEXT[choice.lang])
    if part == "refusal":
        return prompt.refusal.replace("{refusal}", REFUSAL_TEXT[choice.lang])
    if part == "examples":
        return _examples(prompt, lang)
    if part == "place":
        place = "alone" if not choice.reads else "after" if prompt.is_after else "before"
        return message(f"prompts.place.{place}", lang)
    return prompt.form


def _examples(prompt: Prompt, lang: str) -> str:
    if not prompt.n_examples:
        return message("prompts.examples.none", lang)
    if prompt.are_fixed:
        return message("prompts.examples.fixed", lang, n=prompt.n_examples)
    return message("prompts.examples.nearest", lang, n=prompt.n_examples, order=_order(prompt, lang))


def _order(prompt: Prompt, lang: str) -> str:
    return message("prompts.examples.first" if prompt.are_reversed else "prompts.examples.last", lang)


def prompt_text(choice: PromptChoice, prompt: Prompt, lang: str) -> str:
    """A prompt to be pasted: {passages} and {question} stand for what is asked; what is said about it is in `lang`.

    Examples that are the same for every question stand before it, as the turns that they are.
    """
    asked = _asked(prompt, choice, "{passages}" if choice.reads else "", "{question}")
    if not prompt.n_examples:
        return asked
    if not prompt.are_fixed:
        told = message("prompts.turns.nearest", lang, n=prompt.n_examples, order=_order(prompt, lang))
        return f"[{told}]\n\n{asked}"
    turns = [f"{_asked(prompt, choice, one.passage, one.question)}\n\n→ {one.answer}" for one in choice.shown]
    return "\n\n---\n\n".join([f"[{message('prompts.turns.fixed', lang)}]", *turns, asked])


def _asked(prompt: Prompt, choice: PromptChoice, passages: str, question: str) -> str:
    told = told_before(prompt, choice.lang)
    blocks = [block for block in ([passages, told] if prompt.is_after else [told, passages]) if block]
    return render_asked("\n\n".join(blocks), question, (), choice.lang).content
