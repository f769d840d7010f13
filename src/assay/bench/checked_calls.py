"""Arguments of another kind than a function is written for, told before anything is done with them.

Knows annotations and built-in kinds. A class of ours is known by its name alone, so that nothing is imported for it:
any object is taken for one, but no text, number, path, list or dict.
"""

import builtins
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache, wraps
from inspect import Parameter, signature
from numbers import Integral, Real
from types import NoneType, UnionType
from typing import Any, ParamSpec, TypeVar, Union, get_args, get_origin, get_type_hints

from assay.errors import InputError

__all__ = ["checked"]

P = ParamSpec("P")
R = TypeVar("R")

_PLAIN = (str, bytes, int, float, list, tuple, set, dict, os.PathLike)
_WIDER = {int: Integral, float: Real, Sequence: Collection}  # what numpy and pandas have, too
_SHOWN = {str: "a text", int: "a whole number", float: "a number", bool: "True or False", NoneType: "None"}
_SHOWN_BY_NAME = {"Path": "a path", "Mapping": "a dict", "Sequence": "a list", "Collection": "a list"}


def checked(but: str = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """What makes a function raise InputError for an argument that its annotations do not allow.

    What is in a list or a dict is not looked at, nor what goes into **settings, nor the parameter `but`, of which the
    function has better to say.
    """

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            _check(function, _given(function, args, kwargs), but)
            return function(*args, **kwargs)

        return call

    return wrap


def _check(function: Callable[..., Any], given: Iterable[tuple[str, Any]], but: str) -> None:
    kinds = _kinds(function)
    for name, value in given:
        if name in kinds and name != but and not any(_is_of(value, kind) for kind in kinds[name]):
            wanted, got = " or ".join(map(_describe, kinds[name])), type(value).__name__
            raise InputError(f"{name} must be {wanted}, got {got} (see help(assay.{function.__name__}))")


def _given(function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Parameters and their arguments; none where they do not fit together, which Python itself tells at the call."""
    parameters = signature(function).parameters
    with suppress(TypeError):
        for name, value in signature(function).bind(*args, **kwargs).arguments.items():
            is_several = parameters[name].kind is Parameter.VAR_POSITIONAL
            yield from ((name, one) for one in (value if is_several else (value,)))


class _Ours:
    """Stands for a class that is named in an annotation and not imported."""

    def __class_getitem__(cls, _: Any) -> Any:
        return cls


class _Names(dict[str, Any]):
    """Names in annotations; one that the module does not have is a class of ours."""

    def __missing__(self, name: str) -> Any:
        if hasattr(builtins, name):
            raise KeyError(name)
        return type(name, (_Ours,), {})


@lru_cache
def _kinds(function: Callable[..., Any]) -> Mapping[str, tuple[Any, ...]]:
    """Parameter -> the kinds that it may be of; those that may be of any kind are left out."""
    hints = get_type_hints(function, localns=_Names(function.__globals__))
    kinds = {
        name: get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,) for name, hint in hints.items()
    }
    return {name: some for name, some in kinds.items() if name != "return" and not any(map(_is_any, some))}


def _is_any(kind: Any) -> bool:
    return kind is Any or getattr(kind, "__name__", "") == "Source"  # which tells itself what it may be


def _is_of(value: object, kind: Any) -> bool:
    found = get_origin(kind) or kind
    if found.__name__ == "Path":
        return isinstance(value, os.PathLike)
    if issubclass(found, _Ours) or getattr(found, "_is_protocol", False):
        return value is not None and not isinstance(value, _PLAIN)
    if found.__name__ in ("Sequence", "Collection") and isinstance(value, str | bytes):
        return False  # its letters are no list
    return isinstance(value, _WIDER.get(found, found))


def _describe(kind: Any) -> str:
    found = get_origin(kind) or kind
    return _SHOWN.get(found) or _SHOWN_BY_NAME.get(found.__name__) or f"a {found.__name__}"
