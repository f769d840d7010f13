"""A small run with a tuned cell, exported for real; and an artifact that was broken on purpose."""

import json
import sys
from pathlib import Path

import pytest
from safetensors.torch import load_file, save_file
from tests.export.tiny import write_tiny

import assay
from assay.bench.parts import Parts
from assay.errors import InputError, NotFound
from assay.exporting import FORMATS, export_run
from assay.exporting.adapter import AdapterFormat
from assay.exporting.exported_run import open_tuned
from assay.exporting.merged import MergedFormat
from assay.exporting.openvino import OpenVINOFormat
from assay.exporting.tuned_weights import Tuned
from assay.grid.cell import parse_cell
from assay.models import EMBEDDED, LocalModel, Message
from assay.serving.measured_run import FinishedRun
from assay.settings import Settings
from small_company import write_company

_QUICK = {
    "epochs_closed_book": 1,
    "training_batch": 4,
    "latency_sample": 0,
    "max_new_tokens": 8,
    "fit_retriever": "off",
    "probe": "off",
}


@pytest.fixture(scope="module")
def shared_company(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Four documents; the 18 questions for training and validation are what an export is asked."""
    return write_company(tmp_path_factory.mktemp("company"), n_tested=1)


@pytest.fixture(scope="module")
def finished(
    tmp_path_factory: pytest.TempPathFactory, shared_company: tuple[Path, Path], model: LocalModel
) -> FinishedRun:
    """A run whose one cell was tuned on twelve questions."""
    out = tmp_path_factory.mktemp("run")
    assay.run(*shared_company, out=out, model=model, cells="none/tuned", **_QUICK)
    return assay.load(out=out, model=model)


def test_a_merged_model_answers_like_the_trained_one_and_says_what_it_is(finished: FinishedRun, tmp_path: Path) -> None:
    done = export_run(finished, "merged", folder=tmp_path / "merged", differing=0.5)

    assert done.parity.n == 18  # 6 for validation and 12 for training: none of the 18 for the test
    assert done.parity.n_trained_on == 12
    asked = {row["id"] for row in json.loads((done.folder / "parity.json").read_text())["questions"]}
    assert asked == {q.id for q in (*finished.pipelines.exam.validation, *finished.pipelines.exam.train)}
    assert 200 < done.size_mb < 400  # 135 million weights in half precision
    assert [path.name for path in tmp_path.iterdir()] == ["merged"]

    card = (done.folder / "README.md").read_text(encoding="utf-8")
    seen = finished.result.provenance
    for text in (
        "license: apache-2.0", seen["weights_sha256"], seen["questions_sha256"], seen["corpus_sha256"],
        "If you do not know the answer, say: I don't know.\n\nQuestion: {question}",
        "| none/tuned | ", "vllm serve", f"{100 * done.parity.differing:.1f}%",
    ):  # fmt: skip
        assert text in card
    assert str(Path.home()) not in card


def test_an_adapter_names_its_base_and_no_place_on_this_machine(finished: FinishedRun, tmp_path: Path) -> None:
    tuned = open_tuned(finished, parse_cell("none/tuned", Parts()), Settings())
    AdapterFormat().write(tuned, tmp_path, 0)
    assert json.loads((tmp_path / "adapter_config.json").read_text())["base_model_name_or_path"] == EMBEDDED
    ours, theirs = (load_file(place / "adapter_model.safetensors") for place in (tmp_path, tuned.trained))
    assert ours.keys() == theirs.keys()
    assert (tmp_path / "tokenizer.json").is_file() and (tmp_path / "chat_template.jinja").is_file()


def test_a_model_that_was_trained_as_a_whole_is_exported_as_it_is(tmp_path: Path) -> None:
    base, trained = write_tiny(tmp_path / "base"), write_tiny(tmp_path / "trained")
    weights = load_file(trained / "model.safetensors")
    weights["model.norm.weight"] += 1.0
    save_file(weights, trained / "model.safetensors", {"format": "pt"})
    tuned = Tuned(LocalModel("tiny", base, "0", None), trained, 4)
    for name in ("out", "adapter"):
        (tmp_path / name).mkdir()
    MergedFormat().write(tuned, tmp_path / "out", 0)
    written = load_file(tmp_path / "out" / "model.safetensors")
    assert (written["model.norm.weight"] == weights["model.norm.weight"].to(written["model.norm.weight"].dtype)).all()
    with pytest.raises(InputError, match="leaves no adapter: --to merged"):
        AdapterFormat().write(tuned, tmp_path / "adapter", 0)


class _Broken(MergedFormat):
    """Merges, then turns one layer round."""

    name = "broken"

    def write(self, tuned: Tuned, folder: Path, bits: int) -> None:
        super().write(tuned, folder, bits)
        weights = load_file(folder / "model.safetensors")
        weights["model.layers.3.mlp.down_proj.weight"] *= -1.0
        save_file(weights, folder / "model.safetensors", {"format": "pt"})


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # typer's own
def test_a_broken_artifact_is_refused_with_exit_code_4(
    finished: FinishedRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from assay.cli import main

    refused = tmp_path / "broken.refused"
    refused.mkdir()
    (refused / "parity.json").write_text("{}")  # of an earlier try, whose place is taken
    (refused / "model.old").touch()
    monkeypatch.setitem(FORMATS, "broken", _Broken())
    command = ["assay", "export", "--to", "broken", "--folder", str(tmp_path / "broken")]
    monkeypatch.setattr(sys, "argv", [*command, "--out", str(finished.report.parents[2])])
    with pytest.raises(SystemExit) as stopped:
        main()

    assert stopped.value.code == 4
    said = capsys.readouterr()
    assert "Asked 18 questions (none of the test)" in said.out
    assert "Error: the export was refused: " in said.err
    assert "of its answers are not those of the trained model" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["broken.refused"]
    assert "**Refused, do not serve" in (refused / "README.md").read_text(encoding="utf-8")
    assert not (refused / "model.old").exists()


def test_what_cannot_be_exported_is_told_at_once(finished: FinishedRun, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none/zero-shot, was not tuned.*can be exported: none/tuned"):
        export_run(finished, "merged", cell="none/zero-shot")
    with pytest.raises(NotFound, match="retrieved/tuned was not run"):
        export_run(finished, "merged", cell="retrieved/tuned")
    with pytest.raises(InputError, match="--to takes adapter, merged, openvino, gguf, ollama"):
        export_run(finished, "onnx")
    with pytest.raises(InputError, match="openvino takes 8 or 4, got --bits 16"):
        export_run(finished, "openvino", bits=16)
    with pytest.raises(InputError, match="merged takes no --bits"):
        export_run(finished, "merged", bits=8)
    with pytest.raises(NotFound, match=r"there is no convert_hf_to_gguf\.py"):
        export_run(finished, "gguf", folder=tmp_path / "gguf", llama_cpp=str(tmp_path))
    (tmp_path / "there").mkdir()
    with pytest.raises(InputError, match="is there already"):
        export_run(finished, "merged", folder=tmp_path / "there")
    (tmp_path / "mine.refused").mkdir()
    with pytest.raises(InputError, match="is there already and no refused export"):
        export_run(finished, "merged", folder=tmp_path / "mine")
    assert {path.name for path in tmp_path.iterdir()} == {"there", "mine.refused"}


def test_four_bit_weights_take_half_a_byte(tmp_path: Path) -> None:
    tiny = write_tiny(tmp_path / "tiny", hidden_size=128, intermediate_size=2048, num_hidden_layers=4)
    adapter = tmp_path / "adapter"
    _write_adapter(tiny, adapter)
    tuned = Tuned(LocalModel("tiny", tiny, "0", None), adapter, 4)
    (tmp_path / "out").mkdir()
    OpenVINOFormat().write(tuned, tmp_path / "out", 4)

    n_weights = sum(weight.numel() for weight in load_file(tiny / "model.safetensors").values())
    assert (tmp_path / "out" / "openvino_model.bin").stat().st_size < 0.65 * n_weights
    engine = OpenVINOFormat().load(tuned, tmp_path / "out", 4)
    assert engine.name == "openvino-genai int4"
    assert engine.generate([(Message("user", "lunch in the office"),)], 4)[0].n_new_tokens > 0


def _write_adapter(base: Path, folder: Path) -> None:
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    config = LoraConfig(r=2, target_modules="all-linear", task_type="CAUSAL_LM")
    get_peft_model(AutoModelForCausalLM.from_pretrained(base), config).save_pretrained(folder)
