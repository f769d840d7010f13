from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from tests.training.sample import TOWNS, make_examples, saved_loss, train_small

from assay.errors import TrainingError
from assay.models import LocalModel
from assay.models.cache import hash_files
from assay.models.openvino import export_openvino
from assay.models.transformers import pick_device
from assay.training import METHODS, TrainingSettings, default_learning_rate, methods, train
from assay.training.methods import load_trainable

pytestmark = pytest.mark.usefixtures("in_float32")

_EXAMPLES = make_examples(TOWNS)
_HERE = [name for name, method in METHODS.items() if not method.is_quantised]


def test_default_learning_rate() -> None:
    assert default_learning_rate(2000) == pytest.approx(5e-4)
    # width 500: 5e-4 · 4^0.781 = 5e-4 · e^(0.781 · 1.386294) = 5e-4 · 2.9526
    assert default_learning_rate(500) == pytest.approx(1.4763e-3, rel=1e-3)
    assert default_learning_rate(500, "full") == pytest.approx(1.4763e-4, rel=1e-3)


@pytest.mark.parametrize("method", _HERE)
def test_nothing_is_changed_before_the_first_step(small: Path, method: str) -> None:
    from transformers import AutoModelForCausalLM

    base = AutoModelForCausalLM.from_pretrained(small, dtype=torch.float32)
    ids = torch.tensor([[504, 253, 1194, 338]])
    marked = load_trainable(small, method, 8, "all-linear").float().cpu().eval()
    with torch.no_grad():
        torch.testing.assert_close(marked(input_ids=ids).logits, base(input_ids=ids).logits, atol=1e-4, rtol=1e-4)


def _trained(small: Path, method: str) -> dict[str, Any]:
    model = load_trainable(small, method, 8, "all-linear")
    return {name: p for name, p in model.named_parameters() if p.requires_grad}


def test_what_each_method_trains(small: Path) -> None:
    # Four layers of seven linear maps each, by hand: two matrices an adapter, one more vector for DoRA.
    assert len(_trained(small, "lora")) == 4 * 7 * 2
    assert len(_trained(small, "dora")) == 4 * 7 * 3
    assert all(min(p.shape) == 8 for p in _trained(small, "lora").values())
    assert all(min(p.shape) == 32 for p in _trained(small, "rslora").values())  # four times as many
    full, last = _trained(small, "full"), _trained(small, "last-layers")
    assert len(full) == 2 + 4 * 9  # embeddings, last norm; a layer: seven maps and two norms
    assert len(last) == 9
    assert all(".3." in name for name in last)
    assert not any("layers.3" not in name for name in last)


def test_attention_alone_can_get_the_adapters(small: Path) -> None:
    model = load_trainable(small, "lora", 8, "attention")
    found = {name.split(".lora_")[0].rsplit(".", 1)[-1] for name, p in model.named_parameters() if p.requires_grad}
    assert found
    assert found <= {"q_proj", "k_proj", "v_proj", "o_proj"}


@pytest.mark.skipif(pick_device() == "cuda", reason="only where there is no CUDA device")
def test_qlora_without_cuda_is_refused(small: Path) -> None:
    with pytest.raises(TrainingError, match="needs a CUDA device"):
        load_trainable(small, "qlora", 8, "all-linear")


@pytest.fixture(scope="module")
def exported(small: Path, tmp_path_factory: pytest.TempPathFactory) -> LocalModel:
    """The cut model as the grid's engine runs it."""
    folder = tmp_path_factory.mktemp("exported")
    export_openvino(small, folder)
    return LocalModel("small", small, hash_files([small / "config.json"]), folder)


@pytest.mark.parametrize("method", _HERE)
def test_what_is_written_is_what_was_trained(small: Path, tmp_path: Path, method: str) -> None:
    log = train_small(small, method, tmp_path, 3)
    assert saved_loss(small, tmp_path, _EXAMPLES) == pytest.approx(log.best_loss, rel=1e-3)
    assert saved_loss(small, small, _EXAMPLES) > 1.1 * log.best_loss  # the base's
    assert (tmp_path / "config.json").exists() is not METHODS[method].is_adapter
    assert not (tmp_path / "state.pt").exists()


def test_an_adapter_and_the_weights_it_is_merged_into_answer_alike(exported: LocalModel, tmp_path: Path) -> None:
    """DoRA is served merged, others as adapters: what differs between them must not be the way of serving."""
    from peft import PeftModel
    from transformers import AutoModelForCausalLM, AutoTokenizer

    adapter, merged = tmp_path / "adapter", tmp_path / "merged"
    learnt = _EXAMPLES[:1]
    train(exported.folder, learnt * 16, learnt, TrainingSettings(1, "rslora", batch_size=1), adapter)
    base = AutoModelForCausalLM.from_pretrained(exported.folder, dtype=torch.float32)
    PeftModel.from_pretrained(base, adapter).merge_and_unload().save_pretrained(merged)
    AutoTokenizer.from_pretrained(exported.folder).save_pretrained(merged)

    asked = [learnt[0].conversation]
    before, as_adapter, as_weights = (exported.load(tuned).generate(asked, 8)[0] for tuned in (None, adapter, merged))
    assert before.text != "35 hours"
    assert as_adapter.text == as_weights.text == "35 hours"
    assert as_adapter.logprob == pytest.approx(as_weights.logprob, abs=0.05 * as_adapter.n_new_tokens)


def test_continued_from_an_adapter(small: Path, tmp_path: Path) -> None:
    """After reading that Osk has 35 hours, the same adapter goes on with the questions: it starts where it stopped."""
    from assay.training import TrainingExample

    text = [TrainingExample((), "In Osk a week has 35 hours.")]
    first = train(small, text, [], TrainingSettings(6, learning_rate=5e-3), tmp_path / "documents")
    again = train(
        small, text, [], TrainingSettings(1, learning_rate=1e-4), tmp_path / "next", start=tmp_path / "documents"
    )
    assert again.curve[0][1] < first.curve[-1][1] < first.curve[0][1]


def test_qlora_learns_on_a_base_in_four_bits(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By bitsandbytes' products for CPUs, which are for trying out; test_gpu.py has those for CUDA."""
    pytest.importorskip("bitsandbytes")
    # Where a CPU has these instructions, the first evaluation brings the weights into a form that cannot be trained.
    monkeypatch.setattr("bitsandbytes.nn.modules.has_avx512bf16", lambda: False, raising=False)
    real: Callable[[str], dict[str, Any]] = methods._four_bits
    monkeypatch.setattr(methods, "_four_bits", lambda device: real("cuda"))
    monkeypatch.setattr("torch.cuda.current_device", pick_device)
    model = load_trainable(small, "qlora", 8, "all-linear")
    assert sum(type(part).__name__ == "Params4bit" for part in model.parameters()) == 4 * 7
    log = train_small(small, "qlora", tmp_path, 4)
    base = saved_loss(small, small, _EXAMPLES)
    assert saved_loss(small, tmp_path, _EXAMPLES) == pytest.approx(log.best_loss, rel=0.2)  # on the base unquantised
    assert log.best_loss < 0.8 * base
    assert (tmp_path / "adapter_config.json").exists()


@pytest.mark.parametrize("method", ["lora", "full"])
def test_trains_in_bfloat16_where_that_is_faster(
    small: Path, tmp_path: Path, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assay.models.transformers._cpu_multiplies_faster_in_bfloat16", lambda: True)
    model = load_trainable(small, method, 8, "all-linear")
    assert model.dtype == (torch.bfloat16 if METHODS[method].is_adapter else torch.float32)
    log = train_small(small, method, tmp_path, 8)
    assert saved_loss(small, tmp_path, _EXAMPLES) == pytest.approx(log.best_loss, rel=0.05)
