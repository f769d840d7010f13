"""Known questions tell a broken prompt from a weak base: the embedded model behind its own and a foreign template."""

import json
import shutil
from pathlib import Path

import pytest

import assay
from assay.bench.parts import Parts
from assay.grid.cell import parse_cell
from assay.models import LocalModel
from assay.models.expected import expected_score, keep_healthy
from assay.models.model import ScriptedModel
from assay.probes.known_questions import canary_questions
from assay.report.lines import verdict_lines
from assay.studies.grid.canary import asked_name
from small_company import write_company

_FOREIGN = (
    "{% for m in messages %}<start_of_turn>{{ m.role }}\n{{ m.content }}<end_of_turn>\n{% endfor %}"
    "<start_of_turn>model\n"
)
_CELLS = "retrieved/zero-shot"


def test_every_known_question_is_answered_by_its_passage_and_by_nothing_else() -> None:
    for lang in ("en", "zh"):
        asked = canary_questions(lang)
        assert len(asked) == 36 and len({one.text for one in asked}) == 36
        for one in asked:
            assert one.is_answered_by(one.passage.text) and not one.is_answered_by(one.text), one.text


def test_the_figure_that_is_shipped_is_that_of_the_questions_and_prompts_of_today(model: LocalModel) -> None:
    assert expected_score(model, asked_name(parse_cell(_CELLS, Parts()), "en")) == 35


def test_what_a_base_gets_right_is_kept_once_it_is_healthy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSAY_CACHE", str(tmp_path))
    base = ScriptedModel(lambda conversation: "")
    for n_right, known in ((10, None), (25, 25), (30, 30), (28, 30)):
        keep_healthy(base, "en/zero-shot/x", n_right, 36)
        assert expected_score(base, "en/zero-shot/x") == known
    assert expected_score(base, "zh/zero-shot/x") is None


def test_the_embedded_model_behind_a_foreign_template_is_called_broken_and_not_weak(
    model: LocalModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSAY_FIRST_CHECK", "auto")
    told = {"cells": _CELLS, "encoder": "none", "latency_sample": 0, "interventions": 0}
    company = write_company(tmp_path, n_tested=1)
    healthy = assay.run(*company, out=tmp_path / "ws", model=model, **told).result
    (mark,) = healthy.canary
    assert (mark.expected, mark.is_low) == (35, False) and mark.n_right >= 33
    assert "broken" not in verdict_lines(healthy, "en")[2]
    folder = shutil.copytree(model.folder, tmp_path / "base")
    (folder / "chat_template.jinja").unlink(missing_ok=True)
    config = json.loads((folder / "tokenizer_config.json").read_text())
    (folder / "tokenizer_config.json").write_text(json.dumps(config | {"chat_template": _FOREIGN}))
    assert model.exported is not None
    exported = shutil.copytree(model.exported, tmp_path / "exported")
    (exported / "chat_template.jinja").unlink(missing_ok=True)
    config = json.loads((exported / "tokenizer_config.json").read_text())
    (exported / "tokenizer_config.json").write_text(json.dumps(config | {"chat_template": _FOREIGN}))
    broken = LocalModel("base", folder, model.sha256, exported)
    result = assay.run(*company, out=tmp_path / "other", model=broken, **told).result
    assert [one.name for one in result.diagnosis.named or []][:1] == ["broken_prompt"]
    assert "the prompt or the engine is broken" in verdict_lines(result, "en")[2]
