"""The example of a row, from the command line, with the real small model."""

from pathlib import Path

import pytest
from tests.examples.lines import alone, answers, command, n_answers, run_line

from assay.report import render_report
from assay.serving.measured_run import load

_WHOLE = Path(__file__).parents[2] / "examples" / "parts" / "whole_document.py"
_CELLS = ("--cells", "whole-document/zero-shot,retrieved/zero-shot,oracle/zero-shot")


@pytest.mark.usefixtures("model")  # converted before the clock runs
def test_it_reads_the_document_of_the_best_passage(company: tuple[Path, Path], tmp_path: Path) -> None:
    out, changed = tmp_path / "out", tmp_path / "whole_document.py"
    changed.write_text(_WHOLE.read_text("utf-8"), "utf-8")
    result = run_line(command("run", *company, *_CELLS, "--parts", changed), out)
    n = n_answers(out)
    assert result.retriever is not None  # it searches, so the search is judged
    read = {(id, cell): passages for id, cell, _, passages, _ in answers(result)}
    best = {id: passages[0] for (id, cell), passages in read.items() if cell == "retrieved/zero-shot"}
    for (_, cell), passages in read.items():
        if cell == "whole-document/zero-shot":
            assert len({result.passages[id].document for id in passages}) == 1
            assert len(passages) == 3  # office, parking and lunch: the whole of it
    assert all(read[id, "whole-document/zero-shot"][0] == passage for id, passage in best.items())
    for lang, title in (("en", "The whole document"), ("zh", "整份文档")):
        assert title in render_report(result, lang)
    (gap,) = [gap for gap in result.diagnosis.gaps if gap.name == "retrieval"]
    assert gap.lower in ("whole-document/zero-shot", "retrieved/zero-shot")

    question, measured = alone(result, "whole-document/zero-shot")
    reply = load(out=out).ask(question, "whole-document/zero-shot")
    assert reply.text == measured

    changed.write_text(changed.read_text("utf-8") + "\n# another\n", "utf-8")
    run_line(command("run", *company, *_CELLS, "--parts", changed), out)
    assert n_answers(out) == n + len(result.questions)  # its cell anew, and no other
