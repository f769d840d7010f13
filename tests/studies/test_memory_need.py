"""What a run is told to need is near what runs took, and a bound is kept or refused before any work."""

from pathlib import Path

import pytest

from assay.models import LocalModel
from assay.models.model import EndpointModel
from assay.settings import Settings, parse_gigabytes
from assay.studies.memory_need import memory_need
from command import call_assay
from loopback import Endpoint


def test_the_example_companys_run_took_what_is_told(model: LocalModel) -> None:
    assert 4.0e9 < memory_need(model, Settings(tuning_dtype="float32"), is_tuned=True) < 5.5e9
    assert 1.7e9 < memory_need(model, Settings(), is_tuned=False) < 2.6e9


def test_it_grows_with_what_takes_memory(model: LocalModel) -> None:
    usual = memory_need(model, Settings(tuning_dtype="float32"), is_tuned=True)
    assert memory_need(model, Settings(tuning_dtype="bfloat16"), is_tuned=True) < usual
    assert memory_need(model, Settings(tuning_dtype="float32", passages=10), is_tuned=True) > 1.5 * usual
    assert memory_need(EndpointModel("tiny", "http://x/v1"), Settings(), is_tuned=False) < 2e9


@pytest.mark.parametrize("size", ["1GB", "900MB", "1 gb", "1"])
def test_too_small_a_bound_is_refused(
    size: str, endpoint: Endpoint, company: tuple[Path, Path], tmp_path: Path
) -> None:
    line = ("run", *company, "--base", endpoint.name(), "--encoder", "none", "--cells", "none/zero-shot")
    done = call_assay(*line, "--set", f"memory={size}", cwd=tmp_path)
    assert done.returncode == 2 and f"more than memory={size}" in done.stderr and not endpoint.asked
    assert call_assay(*line, "--set", "memory=4GB", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("size", ["much", "0", "-1GB", "4TB", "4,5GB"])
def test_what_is_no_size(size: str, company: tuple[Path, Path], tmp_path: Path) -> None:
    done = call_assay("run", *company, "--set", f"memory={size}", cwd=tmp_path)
    assert done.returncode == 2 and "memory must be a size such as 4GB" in done.stderr
    assert parse_gigabytes(size) is None
