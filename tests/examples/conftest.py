"""A smaller company: what is asked there is asked by a real model, in processes of their own."""

from pathlib import Path

import pytest

from small_company import write_company


@pytest.fixture
def company(tmp_path: Path) -> tuple[Path, Path]:
    """Four documents and 24 questions, 6 of them for the test; see `write_company`."""
    return write_company(tmp_path, n_tested=1)
