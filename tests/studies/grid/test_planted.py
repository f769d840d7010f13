"""Faults that only a whole run with adapters shows, planted as benchmarks/truth/planted.py plants them."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

_FOLDER = Path(__file__).parents[3] / "benchmarks" / "truth"


@pytest.fixture(scope="module")
def planted() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(_FOLDER))
        import planted

        yield planted
        for name in ("planted", "simulated", "simulated_exams"):
            sys.modules.pop(name, None)


def test_what_is_planted_is_named_first(planted: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSAY_CACHE", str(tmp_path / "cache"))
    (tmp_path / "runs").mkdir()
    for name in ("", "foreign template", "destroyed adapter", "old version returned"):
        result = planted.run_fault(name, 3, tmp_path / "runs", "none")
        named = planted.first_named(result)
        if name:
            assert named in planted.FAULTS[name][1], name
        wrong = [a for q in result.questions for a in q.cells if a.cell == result.verdict.cell and a.correct is False]
        assert len(wrong) == sum(cause != "right" for cause in result.diagnosis.cause.values())  # they add up
