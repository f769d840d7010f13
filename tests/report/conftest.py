import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from assay.verdict.result import RunResult


def _beside(name: str) -> ModuleType:
    """The module in the file of that name beside this one: tests are imported by path, not as a package."""
    spec = importlib.util.spec_from_file_location(f"report_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    return _beside("sample")


@pytest.fixture(scope="session")
def beside() -> Callable[[str], ModuleType]:
    return _beside


@pytest.fixture(scope="session")
def result(sample: ModuleType) -> RunResult:
    return sample.sample_result()


@pytest.fixture(scope="session")
def small(sample: ModuleType) -> RunResult:
    return sample.small_result()


@pytest.fixture(scope="module")
def page(
    beside: Callable[[str], ModuleType], html: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Any, Path]]:
    """A browser, and the file that holds the `html` of the module that asks for it."""
    browser = beside("browser")
    if browser.CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(html, encoding="utf-8")
    with browser.Browser() as running:
        yield running, path
