"""A folder that lives: synced, asked, taken back, and read by groups. Real files and index; the model is scripted."""

import json
import re
from pathlib import Path

import pytest

import assay
from assay.bench.parts import Parts
from assay.bench.workspace import Workspace
from assay.errors import InputError, NotFound
from assay.grid.cell import parse_cell
from assay.models import Conversation, ScriptedModel
from assay.questions.question import Question
from assay.serving.measured_run import FinishedRun
from assay.serving.sync import sync, undo

CELLS = "retrieved/zero-shot,retrieved/few-shot"
QUESTION = "How many hours is a full working week in Bruma?"


def read_hours(conversation: Conversation) -> str:
    """The hours of the town that is asked for, if they stand anywhere in what is shown."""
    town = conversation[-1].content.rstrip("?").rsplit(" ", 1)[-1]
    found = re.search(rf"In {town} a full working week has (\d+ hours)", "\n".join(m.content for m in conversation))
    return found.group(1) if found else "I don't know."


class Recording(ScriptedModel):
    """Keeps everything that is shown to it."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        super().__init__(self._answer)

    def _answer(self, conversation: Conversation) -> str:
        self.shown.append("\n".join(message.content for message in conversation))
        return read_hours(conversation)


@pytest.fixture
def ran(company: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Workspace]:
    """A finished run over the tiny company: its documents folder and its workspace."""
    run(company, tmp_path)
    return company[0], Workspace(tmp_path / "ws")


def run(company: tuple[Path, Path], tmp_path: Path) -> None:
    assay.run(*company, out=tmp_path / "ws", model=ScriptedModel(read_hours), cells=CELLS, encoder="none")


def loaded(workspace: Workspace, model: ScriptedModel | None = None) -> FinishedRun:
    return assay.load(out=workspace.folder, model=model or ScriptedModel(read_hours))


def test_a_synced_change_is_answered_and_taken_back(ran: tuple[Path, Workspace]) -> None:
    documents, workspace = ran
    assert sync(documents, workspace).changes.n == 0
    assert loaded(workspace).as_of is None
    file = documents / "bruma.md"
    file.write_text(file.read_text().replace("38 hours", "31 hours"))
    assert sync(documents, workspace).changes.changed == ("bruma.md",)
    now = loaded(workspace)
    assert now.ask(QUESTION, "retrieved/zero-shot").text == "31 hours"
    assert now.ask(QUESTION, "retrieved/few-shot").text == "31 hours"
    assert now.as_of is not None
    undo(documents, workspace)
    assert loaded(workspace).ask(QUESTION, "retrieved/zero-shot").text == "38 hours"
    with pytest.raises(NotFound, match="no earlier state"):
        undo(documents, workspace)


def test_a_deleted_document_is_not_shown_even_as_an_example(ran: tuple[Path, Workspace]) -> None:
    documents, workspace = ran
    (documents / "osk.md").unlink()  # of the training questions
    sync(documents, workspace)
    model = Recording()
    loaded(workspace, model).ask(QUESTION, "retrieved/few-shot")
    assert "38 hours" in model.shown[-1]
    assert "Office Osk" not in model.shown[-1] and "In Osk a full" not in model.shown[-1]


def test_another_folder_changes_nothing_for_a_run(ran: tuple[Path, Workspace], tmp_path: Path) -> None:
    _, workspace = ran
    other = tmp_path / "other"
    other.mkdir()
    (other / "x.md").write_text("In Bruma a full working week has 99 hours.")
    sync(other, workspace)
    assert loaded(workspace).ask(QUESTION, "retrieved/zero-shot").text == "38 hours"


@pytest.fixture
def guarded(company: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Workspace]:
    """Bruma is for hr alone, and so is Osk, of which training questions are asked."""
    (company[0] / "access.toml").write_text('[rules]\n"bruma.md" = ["hr"]\n"osk.md" = ["hr"]\n')
    run(company, tmp_path)
    return company[0], Workspace(tmp_path / "ws")


@pytest.mark.parametrize("cell", CELLS.split(","))
def test_a_group_is_shown_nothing_that_it_may_not_read(guarded: tuple[Path, Workspace], cell: str) -> None:
    model = Recording()
    asked = loaded(guarded[1], model)
    for groups in (["staff"], [], ["it", "sales"]):
        reply = asked.ask(QUESTION, cell, groups=groups)
        assert reply.text == "I don't know."
        assert "bruma.md" not in {citation.document for citation in reply.citations}
    outsiders = "\n".join(model.shown)
    for secret in ("bruma.md |", "38 hours", "osk.md", "35 hours", "in Osk"):
        assert secret not in outsiders
    for several in (["hr", "sales"], "hr", "hr, sales"):
        assert asked.ask(QUESTION, cell, groups=several).text == "38 hours"
    assert asked.ask(QUESTION, cell).text == "38 hours"


def test_who_may_read_changes_with_the_next_sync(guarded: tuple[Path, Workspace]) -> None:
    documents, workspace = guarded
    (documents / "access.toml").write_text('[rules]\n"osk.md" = ["hr"]\n')
    done = sync(documents, workspace)
    assert done.changes.access and done.changes.n == 0
    assert loaded(workspace).ask(QUESTION, "retrieved/zero-shot", groups=["staff"]).text == "38 hours"


def test_nothing_can_be_read_by_a_group(company: tuple[Path, Path], tmp_path: Path) -> None:
    (company[0] / "access.toml").write_text('[rules]\n"**" = ["hr"]\n')
    run(company, tmp_path)
    reply = loaded(Workspace(tmp_path / "ws")).ask(QUESTION, "retrieved/few-shot", groups=["staff"])
    assert (reply.text, reply.citations) == ("I don't know.", ())


def test_an_exam_asked_for_groups_reads_only_theirs(company: tuple[Path, Path], tmp_path: Path) -> None:
    documents, questions = company
    (documents / "access.toml").write_text('[rules]\n"bruma.md" = ["hr"]\n"osk.md" = ["hr"]\n')
    rows = [json.loads(line) for line in questions.read_text().splitlines()]
    for row in rows:
        row["groups"] = ["hr"] if row["document"] in ("bruma.md", "osk.md") else ["staff"]
    questions.write_text("".join(json.dumps(row) + "\n" for row in rows))
    model = Recording()
    cells = CELLS + ",oracle/zero-shot,none/few-shot"
    result = assay.run(*company, out=tmp_path / "ws", model=model, cells=cells, encoder="none").result
    for question in result.questions:
        readers = "hr" if question.document == "bruma.md" else "staff"
        read = {result.passages[id].document for cell in question.cells for id in cell.passages}
        assert readers == "hr" or not read & {"bruma.md", "osk.md"}
    for shown in model.shown:
        if not shown.rstrip("?").endswith("Bruma"):
            assert "bruma.md |" not in shown and "osk.md" not in shown and "in Osk?" not in shown


def test_evidence_that_the_asker_may_not_read_is_a_mistake_in_the_file(
    company: tuple[Path, Path], tmp_path: Path
) -> None:
    documents, questions = company
    (documents / "access.toml").write_text('[rules]\n"bruma.md" = ["hr"]\n')
    rows = [json.loads(line) | {"groups": ["staff"]} for line in questions.read_text().splitlines()]
    questions.write_text("".join(json.dumps(row) + "\n" for row in rows))
    with pytest.raises(InputError, match=r"may not read the answer[\s\S]*asked for staff, answered in bruma.md"):
        run(company, tmp_path)


def test_a_tuned_cell_is_not_asked_for_a_group_that_may_not_read_what_it_learnt(
    guarded: tuple[Path, Workspace],
) -> None:
    """Training questions are of Osk and Veld; the adapter may repeat what hr alone may read of Osk."""
    asked = loaded(guarded[1])
    osk, veld = (
        next(q for q in asked.pipelines.exam.train if q.text.endswith(f"in {town}?")) for town in ("Osk", "Veld")
    )
    for groups, allowed in ((("staff",), False), (("hr",), True), (None, True)):
        asker = Question("asked", "How long?", (), groups=groups)
        assert asked.pipelines.may_learn_from(osk, asker) is allowed
        assert asked.pipelines.may_learn_from(veld, asker) is True
    with pytest.raises(NotFound, match="tuned on questions about documents that staff may not read"):
        asked.check_learnt(
            parse_cell("retrieved/tuned", Parts()), Question("asked", "How long?", (), groups=("staff",))
        )


def test_a_cell_that_has_learnt_the_documents_is_asked_by_those_who_may_read_all(
    guarded: tuple[Path, Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = loaded(guarded[1])
    monkeypatch.setattr(asked.pipelines, "may_learn_from", lambda example, asker: True)
    cell = parse_cell("none/tuned-pretrained", Parts())
    for groups in (("hr",), None):
        asked.check_learnt(cell, Question("asked", "How long?", (), groups=groups))
    with pytest.raises(NotFound, match="tuned on documents that staff may not read"):
        asked.check_learnt(cell, Question("asked", "How long?", (), groups=("staff",)))


def test_a_pattern_keeps_the_search_to_some_documents(guarded: tuple[Path, Workspace]) -> None:
    asked = loaded(guarded[1])
    assert asked.ask(QUESTION, "retrieved/zero-shot", only="bru*").text == "38 hours"
    elsewhere = asked.ask(QUESTION, "retrieved/zero-shot", only="[!b]*.md", cache=0.9)
    assert elsewhere.text == "I don't know."
    assert asked.ask(QUESTION, "retrieved/zero-shot", cache=0.9).text == "38 hours"
    for groups, pattern in ((None, "*.pdf"), (["staff"], "bruma.md")):  # whether a closed document is there is not told
        with pytest.raises(NotFound, match="no document matches"):
            asked.ask(QUESTION, "retrieved/zero-shot", groups=groups, only=pattern)
