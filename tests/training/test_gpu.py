"""Trainings on a GPU, and what can happen only there: memory that really runs out, several GPUs."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from tests.training.sample import TOWNS, make_examples, make_long_examples, saved_loss, train_small

import assay
from assay.models import LocalModel
from assay.training import TrainingSettings, train, train_on_all_gpus
from assay.training.methods import load_trainable

pytestmark = pytest.mark.gpu

_EXAMPLES = make_examples(TOWNS)
_SAME_LOSS = 0.02  # relative: products are in bfloat16, and packs of other sizes round otherwise
_ROOM = {"a pack": 4e9, "one example": 0.4e9}  # bytes; an example of 1,400 tokens takes about 2e9, computed twice 0.1e9


@pytest.mark.parametrize("method", ["lora", "full"])
def test_trains_in_bfloat16(small: Path, tmp_path: Path, method: str) -> None:
    model = load_trainable(small, method, 8, "all-linear")
    assert model.device.type == "cuda"
    assert model.dtype == (torch.bfloat16 if method == "lora" else torch.float32)  # the base's weights
    log = train_small(small, method, tmp_path, 16)
    assert log.packed
    assert saved_loss(small, tmp_path, _EXAMPLES) == pytest.approx(log.best_loss, rel=0.05)
    assert log.best_loss < 0.9 * saved_loss(small, small, _EXAMPLES)


def test_qlora_learns(small: Path, tmp_path: Path) -> None:
    pytest.importorskip("bitsandbytes")
    log = train_small(small, "qlora", tmp_path, 16)
    assert log.curve[-1][2] < log.curve[0][2]
    assert saved_loss(small, tmp_path, _EXAMPLES) == pytest.approx(log.best_loss, rel=0.2)  # on the base in 16 bits


@pytest.fixture
def limit_memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[float], None]]:
    """Trainings get so many bytes beside their model."""
    module = sys.modules["assay.training.train"]
    real: Callable[..., Any] = module.load_trainable

    def limit(room: float) -> None:
        def load(*args: Any) -> Any:
            model = real(*args)
            torch.cuda.empty_cache()
            total = torch.cuda.get_device_properties(0).total_memory
            torch.cuda.set_per_process_memory_fraction((torch.cuda.memory_reserved() + room) / total)
            return model

        monkeypatch.setattr(module, "load_trainable", load)

    yield limit
    torch.cuda.set_per_process_memory_fraction(1.0)


@pytest.mark.parametrize("memory", ["a pack", "one example"])
def test_memory_that_runs_out_changes_how_but_not_what_is_computed(
    model: LocalModel, tmp_path: Path, limit_memory: Callable[[float], None], memory: str
) -> None:
    examples = make_long_examples(20)
    settings = TrainingSettings(2, batch_size=len(examples))
    plenty = train(model.folder, examples, examples[:1], settings, tmp_path / "plenty")
    limit_memory(_ROOM[memory])
    log = train(model.folder, examples, examples[:1], settings, tmp_path / "little")
    assert log.n_halved > 0
    assert log.checkpointed is (memory == "one example")
    assert not plenty.n_halved
    for ours, theirs in zip(log.curve, plenty.curve, strict=True):
        assert ours == pytest.approx(theirs, rel=_SAME_LOSS)


@pytest.mark.skipif(torch.cuda.device_count() < 2, reason="needs two CUDA devices")
def test_two_gpus_train_as_one_does(small: Path, tmp_path: Path) -> None:
    examples = make_long_examples(80)  # as in test_launch, too long to share a pack
    settings = TrainingSettings(2, batch_size=4)
    alone = train(small, examples, _EXAMPLES, settings, tmp_path / "alone")
    together = train_on_all_gpus(small, examples, _EXAMPLES, settings, tmp_path / "two", n_processes=2)
    assert (together.n_steps, together.n_tokens) == (alone.n_steps, alone.n_tokens)
    for ours, theirs in zip(together.curve, alone.curve, strict=True):
        assert ours == pytest.approx(theirs, rel=_SAME_LOSS)


def test_the_same_run_tunes_and_answers_there(shared_company: tuple[Path, Path], tmp_path: Path) -> None:
    finished = assay.run(
        *shared_company, out=tmp_path, cells="retrieved/zero-shot,retrieved/tuned",
        epochs_open_book=2, training_batch=4, latency_sample=2, answer_batch=8, max_new_tokens=12,
    )  # fmt: skip
    assert [cell.cell for cell in finished.result.cells] == ["retrieved/zero-shot", "retrieved/tuned"]
    assert "cuda" in finished.result.engine
