from pathlib import Path

import pytest

from assay.drafting import draft_from_files
from assay.drafting.judged import judged
from assay.drafting.manner import BY_MODEL, EXTRACTIVE, MANNERS, manner_of
from assay.errors import InputError


def test_what_was_judged_is_known_by_name_and_by_packed_file_and_nothing_else_is() -> None:
    known = judged(BY_MODEL, "SmolLM2-135M-Instruct", "en")
    assert known is not None and 0 < known.usable < known.n and not known.is_enough
    assert judged(BY_MODEL, "Qwen2.5-Coder-0.5B-Instruct.Q4_K_M", "en") is not None
    for unknown in ("Qwen2.5-Coder-0.5B", "Qwen2.5-Coder-0.5B-Instruct-v2", "gpt-oss", ""):
        assert judged(BY_MODEL, unknown, "en") is None


def test_none_that_stood_the_checks_is_not_enough() -> None:
    known = judged(BY_MODEL, "SmolLM2-135M-Instruct", "zh")
    assert known is not None and known.n == 0 and not known.is_enough


@pytest.mark.parametrize("base", ["SmolLM2-135M-Instruct", "another", ""])
def test_a_manner_without_a_model_is_known_whatever_the_base(base: str) -> None:
    assert judged(EXTRACTIVE, base, "zh") is judged(EXTRACTIVE, "", "zh") is not None


def test_a_manner_that_is_not_there_is_named() -> None:
    assert manner_of("model") is BY_MODEL and set(MANNERS) == {"model", "extractive"}
    with pytest.raises(InputError, match='must be one of model, extractive, got "poem"'):
        manner_of("poem")


def test_a_missing_folder_is_told_before_a_model_is_opened(tmp_path: Path) -> None:
    (tmp_path / "base.gguf").write_bytes(b"no weights")
    with pytest.raises(InputError, match=r"no documents at .*nowhere"):
        draft_from_files(tmp_path / "nowhere", 2, base=str(tmp_path / "base.gguf"), out=tmp_path / "ws")
