"""What searches for prompts came to, in sentences and beside each other, in any language. Computes nothing new."""

from dataclasses import dataclass

from assay.prompting.prompt_choice import PARTS, PromptChoice, PromptPart, Tried
from assay.prompting.prompt_words import choice_line, part_words, prompt_text
from assay.report.grid_view import cell_name
from assay.verdict.result import RunResult
from assay.words import figures
from assay.words.page_words import word

__all__ = ["PromptRow", "PromptView", "plain_name", "prompt_lines", "prompt_views"]


@dataclass(frozen=True)
class PromptRow:
    """One part of two prompts, or a figure of both."""

    part: str
    plain: str
    best: str
    differs: bool = False
    gain: str = ""


@dataclass(frozen=True)
class PromptView:
    """One search; no rows where the plain prompt did best or none was tried."""

    line: str
    caption: str
    head: str  # of the column of the best prompt
    is_accepted: bool
    rows: list[PromptRow]
    plain_text: str
    best_text: str


def prompt_lines(result: RunResult, lang: str) -> list[str]:
    """A sentence for each search."""
    return [choice_line(one, plain_name(result, one, lang), lang) for one in result.prompts]


def prompt_views(result: RunResult, lang: str) -> list[PromptView]:
    """Each search, its two prompts beside each other."""
    return [_view(one, plain_name(result, one, lang), lang) for one in result.prompts]


def plain_name(result: RunResult, choice: PromptChoice, lang: str) -> str:
    """The cell that is asked plainly, as people call it."""
    return cell_name(result, f"{choice.row}/{choice.column}", lang)


def _view(choice: PromptChoice, cell: str, lang: str) -> PromptView:
    return PromptView(
        line=choice_line(choice, cell, lang),
        caption=word("prompts.beside", lang, cell=cell),
        head=word("prompts.col.chosen" if choice.is_accepted else "prompts.col.best", lang),
        is_accepted=choice.is_accepted,
        rows=[*_parts(choice, lang), *_figures(choice, lang)],
        plain_text=prompt_text(choice, choice.plain, lang),
        best_text=prompt_text(choice, choice.best, lang),
    )


def _parts(choice: PromptChoice, lang: str) -> list[PromptRow]:
    differing = {part.name: part for part in choice.parts}
    return [
        PromptRow(
            word(f"prompts.part.{part}", lang),
            part_words(choice.plain, part, choice, lang),
            part_words(choice.best, part, choice, lang),
            part in differing,
            _gain(differing.get(part), lang),
        )
        for part in (PARTS if differing else ())
    ]


def _gain(part: PromptPart | None, lang: str) -> str:
    if part is None or part.gain is None:
        return ""
    return f"{figures.difference(part.gain.value, lang)} ({figures.points_interval(part.gain, lang)})"


def _figures(choice: PromptChoice, lang: str) -> list[PromptRow]:
    if choice.before is None or choice.after is None:
        return []
    before, after = _told(choice.before), _told(choice.after)
    return [PromptRow(word(f"prompts.part.{name}", lang), before[name], after[name]) for name in before]


def _told(tried: Tried) -> dict[str, str]:
    return {
        "right": figures.percent(tried.right),
        "prompt_tokens": figures.count(tried.prompt_tokens),
        "new_tokens": figures.decimal(tried.new_tokens, 1),
    }
