"""A question file as a person gives it to be looked at."""

from pathlib import Path

import pytest

import assay
from assay.errors import InputError


def test_swapped_arguments_are_noticed(company: tuple[Path, Path]) -> None:
    with pytest.raises(InputError, match="questions come first, then documents: swap the two"):
        assay.check(*company)
