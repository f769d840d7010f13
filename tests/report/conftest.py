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


@pytest.fixture(scope="session")
def running(beside: Callable[[str], ModuleType]) -> Iterator[Any]:
    """One browser for all pages."""
    module = beside("browser")
    if module.CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    with module.Browser() as found:
        yield found


@pytest.fixture(scope="module")
def browser(running: Any) -> Any:
    """That browser with a fresh tab."""
    running.open_tab()
    return running


@pytest.fixture(scope="module")
def page(browser: Any, html: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """A browser, and the file that holds the `html` of the module that asks for it."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(html, encoding="utf-8")
    return browser, path
