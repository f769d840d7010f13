"""What several tests share: the real small model, and a tiny company."""

import gc
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from labelled_sets import labelled, table, with_entities
from loading import loads_a_model
from loopback import Endpoint, serve_endpoint
from small_company import write_company

if TYPE_CHECKING:  # imported by every process of the tests, which need not know all of Assay
    import polib

    from assay.models import LocalModel

__all__ = ["labelled", "table", "with_entities"]  # fixtures


@pytest.fixture(scope="session", autouse=True)
def ctrl_c_is_heard() -> None:
    """Programs started in the background of a shell, and what they start, ignore Ctrl-C unless told otherwise."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def no_more_than_the_exam() -> Iterator[None]:
    """Models of tests that echo, or have four layers, are run all the same, and nothing is asked again to find causes.

    The first check and the interventions have tests of their own.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSAY_FIRST_CHECK", "off")
        patch.setenv("ASSAY_INTERVENTIONS", "0")
        yield


@pytest.fixture(scope="session")
def model() -> "LocalModel":
    """The embedded base model; converted once into the user's cache."""
    from assay.models import LocalModel, open_model

    opened = open_model(engine="openvino")  # no silent way round an export that fails
    assert isinstance(opened, LocalModel)
    return opened


@pytest.fixture(scope="session")
def small(model: "LocalModel", tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the embedded model's first four layers, in float32: the same arithmetic in a tenth of the time."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer

    folder = tmp_path_factory.mktemp("small")
    config = AutoConfig.from_pretrained(model.folder)
    config.num_hidden_layers = 4
    if getattr(config, "layer_types", None):
        config.layer_types = config.layer_types[:4]
    AutoModelForCausalLM.from_pretrained(model.folder, config=config, dtype=torch.float32).save_pretrained(folder)
    AutoTokenizer.from_pretrained(model.folder).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def in_float32() -> Iterator[None]:
    """torch computes in float32 on every CPU, as modules of tests that compare computations to four digits need."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assay.models.transformers._cpu_multiplies_faster_in_bfloat16", lambda: False)
        yield


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """A real server on loopback; a fresh one for every test."""
    with serve_endpoint() as running:
        yield running


@pytest.fixture
def company(tmp_path: Path) -> tuple[Path, Path]:
    """See `write_company`; a fresh one for every test."""
    return write_company(tmp_path)


@pytest.fixture(scope="module")
def shared_company(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """See `write_company`; one for a module."""
    return write_company(tmp_path_factory.mktemp("company"))


@pytest.hookimpl(tryfirst=True)  # before -m selects
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what loads a model, and do files with the language model first, the longest; skip what needs a GPU."""
    for item in filter(loads_a_model, items):
        item.add_marker(pytest.mark.model)
    long = {item.path for item in items if "model" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: item.path not in long)
    marked = [item for item in items if item.get_closest_marker("gpu")]
    if marked:
        from assay.models import has_cuda

        for item in marked if not has_cuda() else []:
            item.add_marker(pytest.mark.skip(reason="needs a CUDA device"))


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: nothing of it is looked through again for what can be freed."""
    gc.freeze()


@pytest.fixture
def add_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Drop one more catalogue into a copy of the folder of catalogues: code, entries, header."""
    import polib

    from assay.words import catalogue

    folder = tmp_path / "locales"
    shutil.copytree(catalogue.FOLDER, folder)
    monkeypatch.setattr(catalogue, "FOLDER", folder)

    def add(code: str, entries: list["polib.POEntry"], header: dict[str, str] | None = None) -> Path:
        file = polib.POFile()
        file.metadata = {"Content-Type": "text/plain; charset=utf-8"} | (header or {})
        file.extend(entries)
        file.save(str(folder / f"{code}.po"))
        return folder / f"{code}.po"

    return add
