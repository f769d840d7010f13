import sys
from pathlib import Path

import pytest
from safetensors.torch import load_file
from tests.training.sample import PASSAGE, TOWNS, make_examples

from assay.errors import TrainingError
from assay.training import TrainingSettings, train, train_on_all_gpus

pytestmark = pytest.mark.usefixtures("in_float32")  # of this process; for those that it starts, see on_cpu

_EXAMPLES = [*make_examples(TOWNS, before=PASSAGE), *make_examples(TOWNS)]


@pytest.fixture
def on_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.setenv("ONEDNN_MAX_CPU_ISA", "AVX2")  # without instructions for bfloat16, float32 is the faster one


@pytest.mark.usefixtures("on_cpu")
def test_two_processes_train_as_one_does(small: Path, tmp_path: Path) -> None:
    settings = TrainingSettings(2, batch_size=4)
    alone = train(small, _EXAMPLES, _EXAMPLES[:3], settings, tmp_path / "alone")
    steps: list[tuple[int, int, str]] = []
    together = train_on_all_gpus(
        small, _EXAMPLES, _EXAMPLES[:3], settings, tmp_path / "two",
        progress=lambda *step: steps.append(step), n_processes=2,
    )  # fmt: skip

    assert [done for done, _, _ in steps] == [1, 2, 3, 4]
    assert (together.n_steps, together.n_tokens) == (alone.n_steps, alone.n_tokens)
    for ours, theirs in zip(together.curve, alone.curve, strict=True):
        assert ours == pytest.approx(theirs, rel=1e-4)
    two, one = (load_file(tmp_path / name / "adapter_model.safetensors") for name in ("two", "alone"))
    for name, weight in one.items():
        assert (two[name] - weight).norm() <= 0.02 * weight.norm()
    assert sorted(path.name for path in (tmp_path / "two").iterdir()) == sorted(
        path.name for path in (tmp_path / "alone").iterdir()
    )


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
