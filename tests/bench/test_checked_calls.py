"""Arguments of a wrong kind, told by every function at the top before anything is done."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

import assay
from assay.bench.checked_calls import checked
from assay.errors import InputError


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: assay.run("docs", "q.csv", cells=["none/zero-shot"]), "cells must be a text or None, got list"),
        (lambda: assay.run("docs", "q.csv", answers="bot.jsonl"), "answers must be a dict or None, got str"),
        (lambda: assay.run("docs", "q.csv", answers=["bot.jsonl"]), "answers must be a dict or None, got list"),
        (lambda: assay.run("docs", "q.csv", model="http://x"), "model must be a Model or None, got str"),
        (lambda: assay.compare(Path("a"), "b"), "first must be a text or a FinishedRun or a Finished or None, got"),
        (lambda: assay.load(Path("a")), r"run_id must be a text or None, got PosixPath \(see help\(assay\.load\)\)"),
        (lambda: assay.ask(None), "question must be a text, got NoneType"),
        (lambda: assay.ask("Who?", only=["*.pdf"]), "only must be a text or None, got list"),
        (lambda: assay.ask("Who?", groups=3), "groups must be a text or a list or None, got int"),
        (lambda: assay.draft("docs", n="x"), "n must be a whole number, got str"),
        (lambda: assay.label(["a text"]), "texts must be a text or a path, got list"),
        (lambda: assay.parts("mine.py"), "files must be a list, got str"),
        (lambda: assay.read("docs", progress=True), "progress must be a Progress or None, got bool"),
    ],
)
def test_another_kind_is_one_sentence(
    call: Callable[[], Any], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=said):
        call()
    assert not list(tmp_path.iterdir())


def test_what_is_as_it_should_be_is_let_through() -> None:
    import numpy as np
    import pandas as pd

    @checked()
    def sample(place: str | Path, n: int = 1, share: float = 0.5, texts: Sequence[str] = (), **more: Any) -> list[Any]:
        return [place, n, share, *texts, more]

    assert sample(Path("a"), np.int64(3), 1, pd.Series(["x"]), y=[]) == [Path("a"), 3, 1, "x", {"y": []}]
    with pytest.raises(TypeError, match=r"sample\(\) missing 1 required positional argument: 'place'"):
        sample()  # type: ignore[call-arg]


def test_each_of_several_is_looked_at() -> None:
    @checked()
    def sample(*files: str | Path) -> int:
        return len(files)

    assert sample("a", Path("b")) == 2 and sample() == 0
    with pytest.raises(InputError, match="files must be a text or a path, got list"):
        sample("a", ["b"])  # type: ignore[arg-type]


def test_every_function_at_the_top_is_checked() -> None:
    names = [name for name in assay.__all__ if callable(getattr(assay, name)) and name.islower()]
    assert len(names) >= 15
    assert [name for name in names if not hasattr(getattr(assay, name), "__wrapped__")] == []
