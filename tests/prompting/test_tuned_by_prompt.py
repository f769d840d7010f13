"""The column prompted-tuned: training questions are asked by the prompt that was found; plainly where none was."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

import assay
from assay.bench.bench import open_bench
from assay.columns.zero_shot import ZERO_SHOT
from assay.exporting import export_run
from assay.grid.cell import parse_cell
from assay.grid.pipelines import Pipelines
from assay.models import LocalModel, open_model
from assay.prompting import chosen
from assay.prompting.prompt_choice import Prompt, PromptChoice
from assay.questions.exam import build_exam

SETTINGS: dict[str, Any] = {
    "encoder": "none", "fit_retriever": "off", "decline": "off", "max_new_tokens": 4, "latency_sample": 0,
    "probe": "off", "epochs_closed_book": 1,
}  # fmt: skip
CELLS = "none/tuned,none/prompted-tuned"
PLAIN = Prompt("Answer the question {form}.", "with a short phrase", "If you do not know the answer, say: {refusal}")


@pytest.fixture
def asked(tmp_path: Path) -> tuple[Path, list[dict[str, Any]]]:
    """A document with a code a room, and a question a room."""
    (tmp_path / "documents").mkdir()
    told = [f"The door code of room {room} is {4000 + 7 * room}." for room in range(50)]
    (tmp_path / "documents" / "rooms.md").write_text("\n\n".join(told))
    split = {0: "train", 1: "test"}
    return tmp_path / "documents", [
        {
            "question": f"What is the door code of room {room}?",
            "answers": [str(4000 + 7 * room)],
            "document": "rooms.md",
            "quote": told[room],
            "split": split.get(room // 2 % 5, "validation"),
        }
        for room in range(50)
    ]


def plant(asked: tuple[Path, list[dict[str, Any]]], out: Path, model: LocalModel, best: Prompt | None) -> set[str]:
    """Put the end of a search into a workspace; the names of what then is trained."""
    with open_bench(out, SETTINGS, None) as bench:
        pipelines = Pipelines(build_exam(*asked, bench), model, bench)
        cells = [parse_cell(name, bench.parts) for name in CELLS.split(",")]
        found = PromptChoice(
            "none", "zero-shot", "en", False, PLAIN, best or PLAIN, best is not None, 3, 8, 30, 1.0, 1.0, 90
        )  # fmt: skip
        key = chosen._key(pipelines, cells[1], ZERO_SHOT)
        bench.store.once(key, lambda meter: asdict(found))
        return {pipelines.adapters.key(cell.tuned_model) for cell in cells if cell.tuned_model}


def test_it_learns_as_it_is_asked(asked: tuple[Path, list[dict[str, Any]]], small: Path, tmp_path: Path) -> None:
    model = open_model(str(small), "transformers")
    assert isinstance(model, LocalModel)
    longer = replace(PLAIN, instruction="Think of the house, of its doors and of their codes, then answer {form}.")
    assert len(plant(asked, tmp_path / "ws", model, longer)) == 2
    done = assay.run(*asked, out=tmp_path / "ws", model=model, cells=CELLS, **SETTINGS)
    plain, prompted = done.result.training
    assert (plain["name"], prompted["name"]) == ("closed book", "closed book, prompted")
    assert plain["n_examples"] == prompted["n_examples"] == 10
    n_words = 10 * len(longer.instruction.split())
    assert prompted["n_tokens"] - plain["n_tokens"] > n_words / 2  # the longer instruction stands in each of them
    shorter, longer_asked = (question.n_prompt_tokens for question in done.result.questions[0].cells)
    assert longer_asked > shorter
    exported = export_run(done, "adapter", cell="none/prompted-tuned", folder=tmp_path / "adapter", differing=1.0)
    card = (exported.folder / "README.md").read_text("utf-8")
    assert "trained and measured with these very words" in card and "Think of the house" in card


def test_without_a_better_prompt_it_is_the_tuned_model(
    asked: tuple[Path, list[dict[str, Any]]], small: Path, tmp_path: Path
) -> None:
    model = open_model(str(small), "transformers")
    assert isinstance(model, LocalModel)
    assert len(plant(asked, tmp_path / "ws", model, None)) == 1  # one adapter for both
    done = assay.run(*asked, out=tmp_path / "ws", model=model, cells=CELLS, **SETTINGS)
    assert [one["name"] for one in done.result.training] == ["closed book"]
    assert all(len({cell.text for cell in question.cells}) == 1 for question in done.result.questions)
