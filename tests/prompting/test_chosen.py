"""The column prompted, from the search to the answer: with scripts that a prompt helps, or does not."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import assay
from assay.bench.bench import open_bench
from assay.columns.chosen_prompt import PROMPTED
from assay.errors import InputError, NotFound
from assay.exporting.chosen_prompts import prompts_as_text
from assay.models import Conversation, LocalModel, ScriptedModel
from assay.prompting.bank import open_bank
from assay.report import render_report
from assay.report.lines import verdict_lines
from assay.serving.measured_run import FinishedRun
from command import call_assay

N = 50  # rooms
CELLS = "retrieved/zero-shot,retrieved/prompted"
Rooms = tuple[Path, list[dict[str, Any]]]
Reader = Callable[[Conversation], str]


def code(room: int) -> str:
    return str(4000 + 7 * room)


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Rooms:
    """A document with a section a room, and a question a room: 10 to learn from, 30 to check it, 10 for the test."""
    folder = tmp_path_factory.mktemp("rooms")
    told = [f"The door code of room {room} is {code(room)}." for room in range(N)]
    (folder / "rooms.md").write_text("\n".join(f"# Room {room}\n\n{text}\n" for room, text in enumerate(told)))
    questions = [
        {
            "question": f"What is the door code of room {room}?",
            "answers": [code(room)],
            "document": "rooms.md",
            "quote": told[room],
            "split": {0: "train", 1: "test"}.get(room // 2 % 5, "validation"),
        }
        for room in range(N)
    ]
    return folder, questions


def asked_room(conversation: Conversation) -> int:
    found = re.findall(r"room (\d+)\?", conversation[-1].content)
    return int(found[-1]) if found else -1  # "Hello", to warm up


def better_behind(conversation: Conversation) -> str:
    """Reads every second code; all of them where the instruction stands right before the question."""
    room, text = asked_room(conversation), conversation[-1].content
    if f"room {room} is" not in text:
        return "I don't know."
    return code(room) if text.startswith("[1]") or room % 2 else "nine"


def the_same(conversation: Conversation) -> str:
    """Reads every second code, whatever the words."""
    room = asked_room(conversation)
    return code(room) if room % 2 and f"room {room} is" in conversation[-1].content else "nine"


@pytest.fixture(scope="module")
def plain_words(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A bank with the usual wordings alone: what is left to try are place and examples, two dozen prompts in all."""
    rows = [vars(one) for one in open_bank().usual if one.name == "plain" and one.lang == "en"]
    file = tmp_path_factory.mktemp("bank") / "plain.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(file)


def run(rooms: Rooms, out: Path, reader: Reader, bank: str, **settings: Any) -> FinishedRun:
    usual: dict[str, Any] = {"cells": CELLS, "encoder": "none", "fit_retriever": "off", "decline": "off"}
    usual |= {"prompt_bank": bank, "prompt_seconds": 600, "latency_sample": 0}
    return assay.run(*rooms, out=out, model=ScriptedModel(reader), **usual | settings)


@pytest.fixture(scope="module")
def helped(rooms: Rooms, plain_words: str, tmp_path_factory: pytest.TempPathFactory) -> FinishedRun:
    cells = f"{CELLS},oracle/prompted"
    return run(rooms, tmp_path_factory.mktemp("helped"), better_behind, plain_words, cells=cells)


def test_a_better_prompt_is_found_and_asked_by(helped: FinishedRun) -> None:
    (found,) = helped.result.prompts  # the ceiling is asked by the prompt of what is served
    assert found.row == "retrieved" and found.is_accepted and found.prompt.is_after
    assert found.n_validation == 30 and found.gain is not None and found.gain.low is not None and found.gain.low > 0
    assert found.before is not None and found.after is not None and found.after.right > found.before.right
    (pays,) = found.parts  # of the prompts that are right as often the one most like the plain one is taken
    assert pays.name == "place" and pays.gain == found.gain
    assert found.gain.value == 0.5
    cells = {cell.cell: cell for cell in helped.result.cells}
    assert cells["retrieved/zero-shot"].correct.value == 0.5
    assert cells["retrieved/prompted"].correct.value == cells["oracle/prompted"].correct.value == 1.0
    more_s = cells["retrieved/prompted"].cost.prepare_s - cells["retrieved/zero-shot"].cost.prepare_s
    assert more_s == pytest.approx(found.cost.seconds) and more_s > 0


@pytest.mark.parametrize(
    ("lang", "line", "heads"),
    [
        (
            "en",
            'Prompt: for "RAG", a better one',
            ("Chosen prompt", "after the passages", "+50 points"),
        ),
        ("zh", "提示词：为“RAG”找到了比普通提示词更好的", ("选出的提示词", "在段落之后", "+50 个百分点")),
    ],
)
def test_the_report_has_both_prompts(helped: FinishedRun, lang: str, line: str, heads: tuple[str, ...]) -> None:
    page = render_report(helped.result, lang)
    assert line in "\n".join(verdict_lines(helped.result, lang))
    for text in (*heads, "Use the passages to answer the question with a short phrase copied from them."):
        assert text in page


def test_the_chosen_prompt_answers_and_is_printed(helped: FinishedRun) -> None:
    assert helped.ask("What is the door code of room 8?", "retrieved/prompted").text == code(8)
    assert helped.ask("What is the door code of room 8?", "retrieved/zero-shot").text == "nine"
    line = ("show", helped.result.run_id, "--out", helped.folder.parents[1], "--prompt")
    shown = call_assay(*line, cwd=helped.folder).stdout
    assert "{passages}" in shown and shown.rstrip().endswith("Question: {question}")
    (row,) = json.loads(call_assay(*line, "--to", "json", cwd=helped.folder).stdout)
    assert row["text"] == shown.rstrip() and row["place"] == "after the passages" and row["is_accepted"]
    wrong = call_assay(*line, "--to", "csv", cwd=helped.folder)
    assert wrong.returncode == 2 and "--prompt" in wrong.stderr


def test_where_none_is_better_it_asks_plainly(rooms: Rooms, plain_words: str, tmp_path: Path) -> None:
    done = run(rooms, tmp_path, the_same, plain_words)
    (found,) = done.result.prompts
    assert not found.is_accepted and found.prompt == found.plain and found.n_prompts >= 3 and found.cost.seconds > 0
    for question in done.result.questions:
        plain, prompted = question.cells
        assert (plain.text, plain.n_prompt_tokens) == (prompted.text, prompted.n_prompt_tokens)
    plain_cost, cost = (cell.cost for cell in done.result.cells)  # its answers are those of the plain cell
    assert cost.answer_s == plain_cost.answer_s and cost.prepare_s > plain_cost.prepare_s
    verdict = done.result.verdict
    assert verdict.cell == "retrieved/zero-shot" and not verdict.undecided  # the same answers are no other choice
    assert not done.result.comparisons and not done.result.rungs
    assert 'for "RAG", no better prompt was found' in "\n".join(verdict_lines(done.result, "en"))
    assert "没有为“RAG”找到更好的提示词" in render_report(done.result, "zh")


def test_a_killed_search_asks_nothing_twice(rooms: Rooms, plain_words: str, tmp_path: Path) -> None:
    said: list[Conversation] = []

    def learnt(conversation: Conversation) -> bool:
        return asked_room(conversation) // 2 % 5 == 0  # of a training question: only the search asks those

    def killed(conversation: Conversation) -> str:
        if sum(map(learnt, said)) == 50:
            raise KeyboardInterrupt
        said.append(conversation)
        return better_behind(conversation)

    with pytest.raises(KeyboardInterrupt):
        run(rooms, tmp_path, killed, plain_words)
    first, again = set(said), []

    def later(conversation: Conversation) -> str:
        again.extend([conversation] if learnt(conversation) and conversation in first else [])
        return better_behind(conversation)

    done = run(rooms, tmp_path, later, plain_words)
    assert done.result.prompts[0].is_accepted
    assert len(again) < 8  # those of the batch that was not whole


def test_too_few_validation_questions_leave_the_cell_out(rooms: Rooms, tmp_path: Path) -> None:
    documents, questions = rooms
    of_validation = [question for question in questions if question["split"] == "validation"]
    done = run((documents, [one for one in questions if one is not of_validation[0]]), tmp_path, the_same, "")
    told = "29 validation questions are too few to tell whether a prompt is better; it takes 30"
    assert done.result.left_out == {"retrieved/prompted": told} and not done.result.prompts
    with pytest.raises(NotFound, match="has no prompt that was searched for"):
        prompts_as_text(done.result, "en")


def test_a_budget_for_no_round_is_said(rooms: Rooms, tmp_path: Path) -> None:
    done = run(rooms, tmp_path, better_behind, "", prompt_seconds=1e-6)
    assert not done.result.prompts[0].n_prompts
    assert "none was searched for: the smallest round takes about" in "\n".join(verdict_lines(done.result, "en"))
    assert "没有为“RAG”搜索：最小的一轮约需" in "\n".join(verdict_lines(done.result, "zh"))


def test_a_bank_belongs_to_the_run(rooms: Rooms, plain_words: str, tmp_path: Path) -> None:
    bank = tmp_path / "bank.jsonl"
    bank.write_text('{"text": "Ours {form}", "lang": "en"\n')
    with pytest.raises(InputError, match="line 1: no JSON"):
        run((tmp_path / "nowhere", rooms[1]), tmp_path / "ws", the_same, str(bank))  # before all else
    magic = '{"text": "Magic words: answer {form}."}\n'
    bank.write_text(Path(plain_words).read_text() + magic)

    def moved(conversation: Conversation) -> str:
        return better_behind(conversation) if "Magic words" in conversation[-1].content else the_same(conversation)

    done = run(rooms, tmp_path / "ws", moved, str(bank))
    assert done.result.prompts[0].prompt.instruction == "Magic words: answer {form}."
    bank.write_text(Path(plain_words).read_text() + magic.replace("Magic", "Other"))
    with pytest.raises(NotFound, match="its bank has changed: run the line again"):
        done.ask("What is the door code of room 8?", "retrieved/prompted")


def test_another_bank_is_another_run(plain_words: str, tmp_path: Path) -> None:
    taken = []
    for file in (plain_words, ""):
        with open_bench(tmp_path, {"prompt_bank": file}, None) as bench:
            taken.append(PROMPTED.takes(bench))
    assert taken[0]["bank"] and not taken[1]


def test_a_real_model_is_asked_by_what_was_found(rooms: Rooms, small: Path, plain_words: str, tmp_path: Path) -> None:
    """Four layers that say nothing sensible: no prompt helps, and its answers are those of the plain cell."""
    from assay.models import open_model

    model = open_model(str(small), "transformers")
    assert isinstance(model, LocalModel)
    how: dict[str, Any] = {"max_new_tokens": 4, "latency_sample": 0, "prompt_seconds": 600, "encoder": "none"}
    how["prompt_bank"] = plain_words
    done = assay.run(*rooms, out=tmp_path, model=model, cells="none/zero-shot,none/prompted", **how)
    (found,) = done.result.prompts
    assert found.n_prompts >= 3 and not found.reads and not found.is_accepted
    assert [len({one.text for one in question.cells}) for question in done.result.questions] == [1] * 10
