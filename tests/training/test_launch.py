import sys
from pathlib import Path

import pytest
from safetensors.torch import load_file
from tests.training.sample import make_long_examples

from assay.errors import TrainingError
from assay.training import TrainingLog, TrainingSettings, train, train_on_all_gpus

pytestmark = pytest.mark.usefixtures("in_float32")  # of this process; for those that it starts, see on_cpu

_EXAMPLES = make_long_examples(5)  # each too long to share a pack, so that every process has some of a batch
_SETTINGS = TrainingSettings(2, batch_size=4)

# Python reads this when it starts: the second process's first step finds too little memory.
_RUNS_OUT = """
import os

if os.environ.get("LOCAL_RANK") == "1":
    import torch

    real, left = torch.nn.functional.cross_entropy, [1]

    def run_out(*args, **options):
        if torch.is_grad_enabled() and left:
            left.pop()
            raise torch.OutOfMemoryError("CUDA out of memory (as a test has it)")
        return real(*args, **options)

    torch.nn.functional.cross_entropy = run_out
"""


@pytest.fixture
def on_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.setenv("ONEDNN_MAX_CPU_ISA", "AVX2")  # without instructions for bfloat16, float32 is the faster one


@pytest.fixture(scope="module")
def alone(small: Path, in_float32: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[TrainingLog, Path]:
    """What one process trains."""
    folder = tmp_path_factory.mktemp("alone")
    return train(small, _EXAMPLES, _EXAMPLES[:3], _SETTINGS, folder), folder


@pytest.mark.usefixtures("on_cpu")
@pytest.mark.parametrize("runs_out", [False, True])
def test_two_processes_train_as_one_does(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, alone: tuple[TrainingLog, Path], runs_out: bool
) -> None:
    if runs_out:
        (tmp_path / "sitecustomize.py").write_text(_RUNS_OUT)
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    steps: list[tuple[int, int, str]] = []
    together = train_on_all_gpus(
        small, _EXAMPLES, _EXAMPLES[:3], _SETTINGS, tmp_path / "two",
        progress=lambda *step: steps.append(step), n_processes=2,
    )  # fmt: skip
    log, folder = alone

    assert [done for done, _, _ in steps] == [1, 2, 3, 4]
    assert (together.n_steps, together.n_tokens) == (log.n_steps, log.n_tokens)
    assert together.checkpointed is runs_out
    for ours, theirs in zip(together.curve, log.curve, strict=True):
        assert ours == pytest.approx(theirs, rel=1e-4)
    two, one = (load_file(place / "adapter_model.safetensors") for place in (tmp_path / "two", folder))
    for name, weight in one.items():
        assert (two[name] - weight).norm() <= 0.02 * weight.norm()
    assert sorted(path.name for path in (tmp_path / "two").iterdir()) == sorted(path.name for path in folder.iterdir())


def test_a_process_that_fails_is_told_with_what_it_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    launcher = tmp_path / "launcher"
    launcher.write_text("#!/bin/sh\necho 'assay step [1, 4, \"loss 2.00\"]'\necho '[rank1]: no room'\nexit 3\n")
    launcher.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(launcher))
    steps: list[tuple[int, int, str]] = []
    with pytest.raises(TrainingError, match=r"in 2 processes failed:\n\[rank1\]: no room"):
        train_on_all_gpus(
            tmp_path, [], [], TrainingSettings(1), tmp_path, progress=lambda *step: steps.append(step), n_processes=2
        )
    assert steps == [(1, 4, "loss 2.00")]
