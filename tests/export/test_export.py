"""A small run with a tuned cell, exported for real; and an artifact that was broken on purpose."""

import json
import sys
from pathlib import Path

import pytest
from safetensors.torch import load_file, save_file
from tests.export.tiny import write_tiny

import assay
from assay.errors import ExportRefused, InputError, NotFound
from assay.experiment.finished import FinishedRun
from assay.export import FORMATS, export_run
from assay.export.merged import MergedFormat
from assay.export.openvino import OpenVINOFormat
from assay.export.tuned import Tuned
from assay.models import LocalModel, Message

_QUICK = {
    "epochs_closed_book": 4,
    "training_batch": 4,
    "latency_sample": 0,
    "max_new_tokens": 8,
    "fit_retriever": "off",
}


@pytest.fixture(scope="module")
def finished(
    tmp_path_factory: pytest.TempPathFactory, shared_company: tuple[Path, Path], model: LocalModel
) -> FinishedRun:
    out = tmp_path_factory.mktemp("run")
    assay.run(*shared_company, out=out, model=model, cells="none/zero-shot,none/tuned", **_QUICK)
    return assay.load(out=out, model=model)


def test_a_merged_model_answers_like_the_trained_one(finished: FinishedRun, tmp_path: Path) -> None:
    done = export_run(finished, "merged", cell="none/tuned", folder=tmp_path / "merged", differing=0.5)

    assert done.parity.n == 18  # 6 for validation and 12 for training: none of the 18 for the test
    assert done.parity.n_trained_on == 12
    asked = {row["id"] for row in json.loads((done.folder / "parity.json").read_text())["questions"]}
    assert asked == {q.id for q in (*finished.workshop.exam.validation, *finished.workshop.exam.train)}
    assert 200 < done.size_mb < 400  # 135 million weights in half precision
    assert not list(tmp_path.glob("*.part"))


def test_the_card_tells_what_is_needed(finished: FinishedRun, tmp_path: Path) -> None:
    done = export_run(finished, "adapter", cell="none/tuned", folder=tmp_path / "adapter", differing=0.5)
    card = (done.folder / "README.md").read_text(encoding="utf-8")
    seen = finished.result.provenance
    for text in (
        "license: apache-2.0",
        seen["weights_sha256"], seen["questions_sha256"], seen["corpus_sha256"],
        "If you do not know the answer, say: I don't know.\n\nQuestion: {question}",
        "| none/tuned | ", "| none/zero-shot | ", "PeftModel.from_pretrained",
        f"{100 * done.parity.differing:.1f}%",
    ):  # fmt: skip
        assert text in card
    settings = json.loads((done.folder / "adapter_config.json").read_text())
    assert settings["base_model_name_or_path"] == "SmolLM2-135M-Instruct"  # no path of this machine
    assert str(Path.home()) not in card
    assert done.size_mb < 40


class _Broken(MergedFormat):
    """Merges, then loses the weights of one layer."""

    name = "broken"

    def write(self, tuned: Tuned, folder: Path, bits: int) -> None:
        super().write(tuned, folder, bits)
        weights = load_file(folder / "model.safetensors")
        weights["model.layers.3.mlp.down_proj.weight"] *= -1.0
        save_file(weights, folder / "model.safetensors", {"format": "pt"})


def test_a_broken_artifact_is_refused(finished: FinishedRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "broken", _Broken())
    for _ in range(2):  # a second try takes the place of the first
        with pytest.raises(ExportRefused, match=r"of its answers are not those of the trained model.*refused"):
            export_run(finished, "broken", cell="none/tuned", folder=tmp_path / "broken")
    assert not (tmp_path / "broken").exists()
    assert "**Refused, do not serve" in (tmp_path / "broken.refused" / "README.md").read_text(encoding="utf-8")


def test_what_cannot_be_exported_is_told_at_once(finished: FinishedRun, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"was not tuned: its model is SmolLM2.*can be exported: none/tuned"):
        export_run(finished, "merged", cell="none/zero-shot")
    with pytest.raises(NotFound, match="retrieved/tuned was not run"):
        export_run(finished, "merged", cell="retrieved/tuned")
    with pytest.raises(InputError, match="--to takes adapter, merged, openvino, gguf, ollama"):
        export_run(finished, "onnx")
    with pytest.raises(InputError, match="openvino takes 8 or 4, got --bits 16"):
        export_run(finished, "openvino", bits=16)
    with pytest.raises(InputError, match="merged takes no --bits"):
        export_run(finished, "merged", bits=8)
    (tmp_path / "there").mkdir()
    with pytest.raises(InputError, match="is there already"):
        export_run(finished, "merged", cell="none/tuned", folder=tmp_path / "there")
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # typer's own
def test_the_verb_refuses_with_exit_code_4(
    finished: FinishedRun, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from assay.cli import main

    out = finished.report.parents[2]
    monkeypatch.setitem(FORMATS, "broken", _Broken())
    command = ["assay", "export", "--to", "broken", "--cell", "none/tuned", "--out", str(out)]
    monkeypatch.setattr(sys, "argv", command)
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 4
    assert "Error: the export was refused" in capsys.readouterr().err
    assert [path.suffix for path in (out / "exports").iterdir()] == [".refused"]


@pytest.mark.parametrize(("bits", "most_bytes"), [(8, 1.1), (4, 0.8)])
def test_openvino_weights_have_the_width_asked_for(
    model: LocalModel, tmp_path: Path, bits: int, most_bytes: float
) -> None:
    tiny = write_tiny(tmp_path / "tiny", model, hidden_size=128, intermediate_size=2048, num_hidden_layers=4)
    peft = tmp_path / "adapter"
    _write_adapter(tiny, peft)
    tuned = Tuned(LocalModel("tiny", tiny, "0", None), peft, 4)
    (tmp_path / "out").mkdir()
    OpenVINOFormat().write(tuned, tmp_path / "out", bits)

    n_weights = sum(weight.numel() for weight in load_file(tiny / "model.safetensors").values())
    assert (tmp_path / "out" / "openvino_model.bin").stat().st_size < most_bytes * n_weights
    engine = OpenVINOFormat().load(tuned, tmp_path / "out", bits)
    assert engine.name == f"openvino-genai int{bits}"
    assert engine.generate([(Message("user", "Hello"),)], 4)[0].n_new_tokens > 0


def _write_adapter(base: Path, folder: Path) -> None:
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    config = LoraConfig(r=2, target_modules="all-linear", task_type="CAUSAL_LM")
    get_peft_model(AutoModelForCausalLM.from_pretrained(base), config).save_pretrained(folder)
