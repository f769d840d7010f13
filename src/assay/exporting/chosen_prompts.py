"""The chosen prompts of a run, as text to be pasted and as JSON. Computes nothing."""

import json
from dataclasses import asdict
from typing import Any

from assay.errors import NotFound
from assay.prompting.prompt_behaviour import told_before
from assay.prompting.prompt_choice import PromptChoice
from assay.prompting.prompt_words import prompt_text
from assay.report.prompt_view import plain_name
from assay.verdict.result import RunResult
from assay.words import message

__all__ = ["prompts_as_json", "prompts_as_text"]


def prompts_as_text(result: Any, lang: str) -> str:
    """The prompt in force of each search, under a heading where there are several.

    Raises:
        NotFound: the study is no run, or no prompt was searched for in it.
    """
    found = _prompts(result)
    told = [_text(one, lang) for one in found]
    if len(found) == 1:
        return told[0]
    heads = [f"## {plain_name(result, one, lang)}" for one in found]
    return "\n\n".join(f"{head}\n\n{text}" for head, text in zip(heads, told, strict=True))


def prompts_as_json(result: Any) -> str:
    """The same as a list, with what was found out about each.

    Raises:
        NotFound: as `prompts_as_text`.
    """
    return json.dumps([_row(one) for one in _prompts(result)], ensure_ascii=False, indent=1)


def _text(choice: PromptChoice, lang: str) -> str:
    text = prompt_text(choice, choice.prompt, lang)
    return text if choice.is_accepted else f"[{message('prompts.plain_in_force', lang)}]\n\n{text}"


def _row(choice: PromptChoice) -> dict[str, Any]:
    prompt = choice.prompt
    return {
        "row": choice.row,
        "column": choice.column,
        "lang": choice.lang,
        "is_accepted": choice.is_accepted,
        "text": prompt_text(choice, prompt, choice.lang),
        "instruction": told_before(prompt, choice.lang),
        "place": "after the passages"
        if prompt.is_after
        else "before the passages"
        if choice.reads
        else "before the question",
        "n_examples": prompt.n_examples,
        "examples": "fixed" if prompt.are_fixed else "nearest",
        "is_nearest_first": prompt.are_reversed,
        "shown": [asdict(one) for one in choice.shown] if prompt.are_fixed else [],
        "gain": None if choice.gain is None else asdict(choice.gain),
        "parts": [asdict(part) for part in choice.parts],
        "n_tried": choice.n_prompts,
        "seconds": choice.cost.seconds,
    }


def _prompts(result: Any) -> list[PromptChoice]:
    found = result.prompts if isinstance(result, RunResult) else []
    if not found:
        raise NotFound(
            f"{result.run_id} has no prompt that was searched for: run with a cell of the column prompted, "
            "such as --cells retrieved/zero-shot,retrieved/prompted"
        )
    return found
