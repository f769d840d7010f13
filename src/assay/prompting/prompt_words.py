"""What the search for a prompt came to, in a sentence, and a prompt as it can be read. Computes nothing."""

from assay.prompting.prompt_choice import PromptChoice
from assay.words import figures, message

__all__ = ["choice_line"]


def choice_line(choice: PromptChoice, row: str, lang: str) -> str:
    """What was found, and what it took.

    Args:
        choice: the search.
        row: what is read, as people call it.
        lang: of the sentence.
    """
    gain = choice.gain
    return message(
        f"line.prompt.{_kind(choice)}",
        lang,
        row=message("list.quote", lang, name=row),
        n=choice.n_prompts,
        training=choice.n_training,
        questions=choice.n_validation,
        gain="" if gain is None else figures.difference(gain.value, lang),
        interval="" if gain is None else figures.points_interval(gain, lang),
        time=figures.duration(choice.cost.seconds, lang, short=False),
        needed=figures.duration(choice.round_s, lang, short=False),
        budget=figures.duration(choice.budget_s, lang, short=False),
    )


def _kind(choice: PromptChoice) -> str:
    if not choice.n_prompts:
        return "no_time"
    if choice.gain is None:
        return "plain"
    return "better" if choice.is_accepted else "not_shown"
