"""Which tests load a model, found out from what they call: no list of names to keep up."""

from collections.abc import Iterator
from types import CodeType, FunctionType
from typing import Any

import pytest

__all__ = ["loads_a_model"]

_FIXTURES = {"model", "small", "encoder"}
_CALLS = {
    "AutoModelForCausalLM", "BertEncoder", "CrossEncoderReranker", "OpenVINOEngine", "SentenceEncoder",
    "TransformersEngine", "choose_base", "drill_update", "label", "load_encoder", "load_encoder_parts", "open_model",
    "run", "run_several", "train", "write_cross_encoder", "write_tiny",
}  # fmt: skip


def loads_a_model(item: pytest.Item) -> bool:
    """Whether a test, a fixture of it, or a function of the tests that these call names what loads weights.

    A run loads an encoder at least. What starts a process counts as well: it imports everything anew.
    """
    if _FIXTURES & set(getattr(item, "fixturenames", ())):
        return True
    definitions = item._fixtureinfo.name2fixturedefs.values()  # type: ignore[attr-defined]
    functions = [definition.func for all_of_a_name in definitions for definition in all_of_a_name]
    return bool(_CALLS & set(_names([item.function, *functions])))  # type: ignore[attr-defined]


def _names(functions: list[Any]) -> Iterator[str]:
    """All names in the code of functions, and of those of the tests that they name."""
    seen: set[Any] = set()
    while functions:
        function = functions.pop()
        if not isinstance(function, FunctionType) or function in seen:
            continue
        seen.add(function)
        names = set(_names_in(function.__code__))
        yield from names
        found = [function.__globals__.get(name) for name in names]
        functions += [one for one in found if getattr(one, "__module__", "").startswith("tests")]


def _names_in(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for value in code.co_consts:
        if isinstance(value, CodeType):
            yield from _names_in(value)
