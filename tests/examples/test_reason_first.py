"""The example of a column, from the command line, with the real small model."""

from pathlib import Path

import pytest
from tests.examples.lines import alone, answers, command, n_answers, run_line

from assay.bench.parts import load_parts
from assay.errors import NotFound
from assay.grid.column import Column
from assay.report import render_report
from assay.report.lines import verdict_lines
from assay.serving.measured_run import load

_REASON = Path(__file__).parents[2] / "examples" / "parts" / "reason_first.py"
_CELLS = ("--cells", "retrieved/reason-first,retrieved/zero-shot")


def test_the_answer_is_the_last_line() -> None:
    column = load_parts([str(_REASON)]).of(Column)["reason-first"]
    assert column.read("The passage says: has 35 hours.\n\n35 hours\n") == "35 hours"
    assert (column.read("35 hours"), column.read(" \n")) == ("35 hours", "")


@pytest.mark.usefixtures("model")  # converted before the clock runs
def test_it_is_asked_shown_in_both_languages_and_asked_again(company: tuple[Path, Path], tmp_path: Path) -> None:
    out, changed = tmp_path / "out", tmp_path / "reason_first.py"
    changed.write_text(_REASON.read_text("utf-8"), "utf-8")
    line = command("run", *company, *_CELLS, "--parts", changed)
    result = run_line(line, out)
    n = n_answers(out)
    asked = {cell: text for _, cell, text, *_ in answers(result)}
    assert {"retrieved/reason-first", "retrieved/zero-shot"} == set(asked)
    assert not any("\n" in text for _, cell, text, *_ in answers(result) if cell.endswith("reason-first"))
    for lang, title, name in (("en", "Reason first", "RAG + reason first"), ("zh", "先给理由", "RAG + 先给理由")):
        page = render_report(result, lang)
        assert title in page and name in page
        assert len(verdict_lines(result, lang)) == 5

    question, measured = alone(result, "retrieved/reason-first")
    assert load(out=out).ask(question, "retrieved/reason-first").text == measured

    changed.write_text(changed.read_text("utf-8").replace("that the answer follows from", "that hold the answer"))
    with pytest.raises(NotFound, match="is not what was measured any more"):
        load(out=out).ask(question, "retrieved/reason-first")
    again = run_line(line, out)
    assert again.run_id != result.run_id
    assert n_answers(out) == n + len(result.questions)  # its cell anew, the plain one not

    changed.unlink()
    with pytest.raises(NotFound, match=r"parts of your own that are not there: .*reason_first\.py is not there"):
        load(out=out).ask(question, "retrieved/reason-first")
    assert load(out=out).ask(question, "retrieved/zero-shot").text
    assert "RAG + reason first" in render_report(load(out=out).result, "en")
