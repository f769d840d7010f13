"""The model card: what this is, how it must be asked, what it scored, what it was made from. Computes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assay.columns.zero_shot import ZERO_SHOT
from assay.corpus.document import Passage
from assay.exporting.parity import Parity, points
from assay.exporting.tuned_weights import Format, Tuned
from assay.grid.cell import Cell
from assay.models.chat import ChatFormat
from assay.models.prompt import render_asked, render_question
from assay.prompting.prompt_behaviour import told_before
from assay.prompting.prompt_choice import Prompt
from assay.statistics.estimate import Estimate
from assay.verdict.result import CellSummary, RunResult
from assay.words import figures

__all__ = ["CardFacts", "render_card"]

_SHOWN = (
    "engine", "seed", "passages", "neighbours", "max_new_tokens", "rank", "learning_rate", "training_batch",
    "epochs_closed_book", "epochs_open_book",
)  # fmt: skip
_PLACEHOLDER = Passage("", "{file name}", None, "{heading}", "{text of the passage}")


@dataclass(frozen=True)
class CardFacts:
    """What a card is written from."""

    result: RunResult
    cell: Cell
    tuned: Tuned
    format: Format
    bits: int
    licence: str | None
    prompt: Prompt | None  # that was found for the cell; None where it is asked plainly
    lang: str  # of the questions and so of the prompt
    training: dict[str, Any]
    trained_sha256: str
    parity: Parity
    refused: Sequence[str]


def render_card(facts: CardFacts) -> str:
    """README.md of an artifact, in Markdown with the front matter of the Hugging Face hub."""
    sections = [
        _front_matter(facts),
        _head(facts),
        f"## Run it\n\n{facts.format.usage(facts.tuned)}",
        _prompt(facts),
        _scores(facts),
        _parity(facts),
        _origin(facts),
    ]
    return "\n\n".join(sections) + "\n"


def _front_matter(facts: CardFacts) -> str:
    from huggingface_hub import ModelCardData

    name = facts.tuned.base.name
    data = ModelCardData(
        base_model=name if "/" in name else None,
        language=facts.lang,
        license=facts.licence or "unknown",
        library_name={"adapter": "peft", "merged": "transformers", "openvino": "openvino"}.get(
            facts.format.name, "gguf"
        ),
        tags=["assay"],
    )
    return f"---\n{data.to_yaml()}\n---"


def _head(facts: CardFacts) -> str:
    result, width = facts.result, f", {facts.bits}-bit weights" if facts.bits else ""
    lines = [f"# {facts.tuned.base.name}, tuned on {result.title}", ""]
    if facts.refused:
        lines += [f"**Refused, do not serve: {'; '.join(facts.refused)}.**", ""]
    licence = facts.licence or "unknown: its files do not tell; find out before you pass this on"
    lines += [
        f"The cell {facts.cell} of run {result.run_id}, exported by Assay as {facts.format.name}{width}.",
        "",
        f"- Base model: {facts.tuned.base.name}, SHA-256 of its weights {facts.tuned.base.sha256}. Training began "
        "with these weights, and an adapter fits no others of that name.",
        f"- Licence of the base: {licence}. Documents and questions, from which it learnt, have their own terms.",
    ]
    return "\n".join(lines)


def _prompt(facts: CardFacts) -> str:
    from transformers import AutoTokenizer

    shown = (_PLACEHOLDER,) if facts.cell.row.reads else ()
    prompt = facts.prompt
    turn = render_question("{question}", shown, facts.lang)
    if prompt is not None:
        turn = render_asked(told_before(prompt, facts.lang), "{question}", shown, facts.lang, prompt.is_after)
    chat = ChatFormat(AutoTokenizer.from_pretrained(facts.tuned.base.folder))
    many = (
        f"Up to {facts.result.settings['passages']} passages stand in the place of [1], numbered on. " if shown else ""
    )
    search = (
        "\n\nThe search is not in this folder. `assay ask` has it; with another one, what is served was not measured."
        if shown
        else ""
    )
    tuned, limit = facts.cell.tuned_model, facts.tuned.max_new_tokens
    was_trained_so = prompt is None or (tuned is not None and bool(tuned.asked_by))
    how = "trained and measured" if was_trained_so else "measured"
    before = (
        f"\n\nAnswered examples stand before it, as `assay show {facts.result.run_id} --prompt` tells."
        if prompt is not None and prompt.n_examples
        else ""
    )
    return f"""## How it must be asked

It was {how} with these very words, at temperature 0, with up to {limit} new tokens.
Asked in other words it is another object, and none of the scores below is true of it. {many}The user's turn:

```
{turn.content}
```

With the chat template around it, which most programs apply by themselves:

```
{chat.render((turn,))}
```{before}{search}"""


def _scores(facts: CardFacts) -> str:
    plain = Cell(facts.cell.row, ZERO_SHOT)
    wanted = (str(facts.cell), str(plain))
    rows = [row for cell in facts.result.cells if cell.cell in wanted for row in _score_row(cell)]
    counts = facts.result.counts
    return "\n".join(
        [
            "## Scores in the exam",
            "",
            f"{counts['test']} test questions from {counts['clusters']} sources, answered by {facts.result.engine}; "
            "shares with 95% intervals clustered by source.",
            "",
            "| cell | right | of answerable | of unanswerable | exact match | F1 |",
            "|---|---|---|---|---|---|",
            *rows,
        ]
    )


def _score_row(cell: CellSummary) -> list[str]:
    parts = [_estimate(part) for part in (cell.correct, cell.correct_answerable, cell.correct_unanswerable)]
    parts += [figures.decimal(cell.exact_match, 3), figures.decimal(cell.f1, 3)]
    return [f"| {cell.cell} | {' | '.join(parts)} |"]


def _estimate(value: Estimate | None) -> str:
    if value is None:
        return "-"
    return figures.decimal(value.value, 3) + (
        "" if value.low is None else f" ({figures.decimal(value.low, 3)} to {figures.decimal(value.high, 3)})"
    )


def _parity(facts: CardFacts) -> str:
    parity = facts.parity
    shares = " | ".join(map(_estimate, (parity.trained, parity.exported, parity.difference)))
    learnt = f", {parity.n_trained_on} of which it was trained on: the shares are flattered, their difference is not"
    return f"""## Parity with the trained model

This artifact, run by {parity.engine}, against the trained model, run by {facts.result.engine}, on {parity.n} questions
that are not of the test{learnt if parity.n_trained_on else ""}.

| trained | exported | exported - trained | answers that differ |
|---|---|---|---|
| {shares} | {points(parity.differing)}% |

Question by question in parity.json."""


def _origin(facts: CardFacts) -> str:
    result, seen = facts.result, facts.result.provenance
    log = {name: value for name, value in facts.training.items() if not isinstance(value, list | dict)}
    rows = [
        ("documents", f"{result.counts['documents']}, SHA-256 {seen.get('corpus_sha256', 'unknown')}"),
        (
            "questions",
            f"{result.counts['train']} for training, {result.counts['validation']} for validation; "
            f"SHA-256 of the file {seen.get('questions_sha256', 'unknown')}",
        ),
        ("trained weights", f"SHA-256 {facts.trained_sha256}"),
        *((f"training: {name}", _plain(value)) for name, value in log.items()),
        *((f"setting: {name}", _plain(result.settings.get(name, "-"))) for name in _SHOWN),
        *((f"version: {name}", value) for name, value in seen.get("versions", {}).items()),
    ]
    return "\n".join(["## What it was made from", "", "| | |", "|---|---|", *(f"| {k} | {v} |" for k, v in rows)])


def _plain(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
