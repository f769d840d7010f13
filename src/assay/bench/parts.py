"""Parts by kind and name: the built-in ones, each in a file of its kind's package, and those of somebody's own files.

A part is one value that holds all that the rest of Assay asks about it. This file knows no kind of them: what is a part
says so itself, by `home`, the package of the built-in ones of its kind.
"""

import ast
import hashlib
import importlib.util
import re
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass, replace
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, ClassVar, Protocol, TypeVar

from assay.errors import AssayError, InputError, PartError
from assay.words import Text

__all__ = ["Outside", "Part", "Parts", "blaming_parts", "check_part", "check_text", "load_parts", "place_of"]

GROUP = "assay.parts"  # of entry points
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MARK = "__assay_part__"  # in the globals of modules that hold parts from outside
_FILES: dict[str, str] = {}  # code -> the file that it is of, for messages


class Part(Protocol):
    """What every kind of part has besides its own questions."""

    home: ClassVar[str]  # the package in which the built-in parts of this kind live

    @property
    def name(self) -> str:
        """As people write it; lower case, digits, hyphens."""

    @property
    def place(self) -> float:
        """Its place in lists, from small to large."""

    @property
    def code(self) -> str:
        """Of a part from outside: a hash of its source, which belongs into every key that depends on the part."""


P = TypeVar("P", bound=Part)


@dataclass(frozen=True)
class Outside:
    """A part from outside and where it stands."""

    part: Any
    file: Path
    line: int


class Parts:
    """The parts that there are: those built in and those given."""

    def __init__(self, outside: Sequence[Outside] = ()) -> None:
        self.outside = tuple(outside)

    def of(self, kind: type[P]) -> dict[str, P]:
        """Name -> part of one kind, in order of place."""
        own = [one.part for one in self.outside if isinstance(one.part, kind)]
        return {part.name: part for part in sorted([*_built_in(kind), *own], key=lambda part: part.place)}

    def find(self, kind: type[P], name: str, asked: str) -> P:
        """The part of a name.

        Args:
            kind: of the part.
            name: as people write it.
            asked: what the name stands for, for the message: "scorer".

        Raises:
            InputError: there is none of that name; those that there are.
        """
        known = self.of(kind)
        if name not in known:
            raise InputError(f'unknown {asked} "{name}": choose of {", ".join(known)}, or name its file (--parts FILE)')
        return known[name]


def _built_in(kind: type[P]) -> list[P]:
    return [part for part in _in_package(kind.home) if type(part) is kind]


@cache
def _in_package(name: str) -> tuple[Any, ...]:
    modules = [import_module(f"{name}.{found.name}") for found in iter_modules(import_module(name).__path__)]
    return tuple(one.part for module in modules for one in _held(module))


def _held(module: ModuleType) -> list[Outside]:
    """The parts that a module makes itself, and where; what it imports is not its own."""
    file = Path(str(module.__file__))
    found = [(getattr(module, name, None), line) for name, line in dict(_assignments(file)).items()]
    return [Outside(value, file, line) for value, line in found if _is_part(value)]


def _is_part(value: object) -> bool:
    return is_dataclass(value) and not isinstance(value, type) and hasattr(value, "home")


def _assignments(file: Path) -> Iterator[tuple[str, int]]:
    """Variable and line of each assignment on a module's first level."""
    for node in ast.parse(file.read_bytes()).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets if isinstance(node, ast.Assign | ast.AnnAssign) else []:
            if isinstance(target, ast.Name):
                yield target.id, node.lineno


def load_parts(names: Sequence[str]) -> Parts:
    """The built-in parts and those of these files or installed packages.

    Args:
        names: paths of Python files, or names of entry points of the group "assay.parts".

    Raises:
        InputError: one that is not there or cannot be imported, holds no part, or takes a name that is known; with file
            and line.
    """
    loaded: list[Outside] = []
    for name in dict.fromkeys(names):
        module, code = _load_file(Path(name)) if _is_path(name) else _load_package(name)
        held = _held(module)
        if not held:
            kinds = "a Row, Column, Scorer, SearchStep, Task or Way"
            raise InputError(f"{module.__file__} holds no part: assign {kinds} to a variable; lists are not searched")
        _FILES[code] = module.__file__ or name
        for one in held:
            _check_new(one, loaded)
            loaded.append(replace(one, part=replace(one.part, code=code)))
    return Parts(loaded)


def check_part(part: Part) -> None:
    """Nothing when a part's name can be used, its words are words, and what it is to call can be called.

    Raises:
        InputError: what of it cannot be used, and what stands there.
    """
    if not isinstance(part.name, str) or not _NAME.fullmatch(part.name):
        raise InputError(f"{part.name!r} is no name for a part: use lower case, digits and hyphens, as in step-by-step")
    for field in fields(part):  # type: ignore[arg-type]
        value, kind = getattr(part, field.name), str(field.type)
        told = f'{field.name} of "{part.name}"'
        if kind in ("Text", str(Text)):
            check_text(value, told)
        if kind.removeprefix("collections.abc.").startswith("Callable[") and value is not None and not callable(value):
            raise InputError(f"{told} must be a function, got {value!r}")


def check_text(value: object, what: str) -> None:
    """Nothing when a value is words for people.

    Raises:
        InputError: it is not; `what` says whose.
    """
    words = value if isinstance(value, Mapping) else {"en": value}
    if "en" not in words or not all(isinstance(word, str) for word in words.values()):
        raise InputError(f'{what} must be a text, or texts by language with "en" among them, got {value!r}')


def _check_new(one: Outside, loaded: Sequence[Outside]) -> None:
    kind, name = type(one.part), one.part.name
    other = next((old for old in loaded if type(old.part) is kind and old.part.name == name), None)
    if other is None and name not in {part.name for part in _built_in(kind)}:
        return
    where = f"{other.file}:{other.line}" if other else "built in"
    raise InputError(f'{one.file}:{one.line}: there is a {kind.__name__} "{name}" already ({where}): give another name')


def place_of(name: str) -> str:
    """A file's full path, so that a finished study finds it from anywhere; a package's name as it is."""
    return str(Path(name).resolve()) if _is_path(name) else name


def _is_path(name: str) -> bool:
    return name.endswith(".py") or "/" in name or "\\" in name


def _load_file(path: Path) -> tuple[ModuleType, str]:
    if not path.is_file():
        raise InputError(
            f"{path} is not there (from {Path.cwd()}): parts are Python files, or entry points of the group {GROUP}"
        )
    path = path.resolve()
    sources = _sources(path)
    code = _hash(sources)
    for beside in sources[1:]:  # another folder may have one of that name, and this one may have changed
        sys.modules.pop(".".join(beside.relative_to(path.parent).with_suffix("").parts), None)
    spec = importlib.util.spec_from_file_location(f"assay_part_{code[:16]}", path)
    assert spec is not None and spec.loader is not None  # of a file that ends in .py there is always one
    module = importlib.util.module_from_spec(spec)
    setattr(module, _MARK, True)
    sys.modules[spec.name] = module
    sys.path.insert(0, str(path.parent))  # files beside it
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise InputError(f"{_place(error, path)}: {_said(error)}{_meant(error, module)}") from error
    finally:
        sys.path.remove(str(path.parent))
    return module, code


def _load_package(name: str) -> tuple[ModuleType, str]:
    found = {point.name: point for point in entry_points(group=GROUP)}
    if name not in found:
        known = f"; those installed are {', '.join(found)}" if found else ""
        raise InputError(f'no installed package has parts called "{name}" (entry points of the group {GROUP}){known}')
    try:
        module = import_module(found[name].module)
    except Exception as error:
        raise InputError(f"{found[name].value}: {_said(error)}") from error
    setattr(module, _MARK, True)
    root = Path(str(import_module(module.__name__.partition(".")[0]).__file__))
    files = sorted(root.parent.rglob("*.py")) if root.name == "__init__.py" else [root]
    return module, _hash(files)


def _sources(path: Path) -> list[Path]:
    """A file and what it imports from the folder that it lies in, however indirectly."""
    found = [path]
    for file in found:
        for node in ast.walk(_parse(file)):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for name in names:
                beside = path.parent / name.replace(".", "/")
                homes = (beside.with_suffix(".py"), beside / "__init__.py")
                found += [home for home in homes if home.is_file() and home not in found]
    return found


def _parse(file: Path) -> ast.Module:
    try:
        return ast.parse(file.read_bytes())
    except (SyntaxError, ValueError) as error:
        raise InputError(f"{file}:{getattr(error, 'lineno', 1)}: {getattr(error, 'msg', error)}") from error


def _hash(files: Sequence[Path]) -> str:
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def _place(error: BaseException, path: Path) -> str:
    """File and line of an error: the last line of this file that led to it."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return f"{path}:{lines[-1]}" if lines else str(path)


def _said(error: BaseException) -> str:
    told = str(error) if isinstance(error, AssayError) else f"{type(error).__name__}: {error}"
    return " ".join([told, *(f"({note})" for note in getattr(error, "__notes__", ()))])


def _meant(error: BaseException, module: ModuleType) -> str:
    """What a field that a kind of part has not was probably meant to be."""
    found = re.search(r"(\w+)\.__init__\(\) got an unexpected keyword argument '(\w+)'", str(error))
    kind = vars(module).get(found[1]) if found else None
    known = [field.name for field in fields(kind)] if isinstance(kind, type) and is_dataclass(kind) else []
    near = get_close_matches(found[2], known, n=1) if found else []
    has_said_so = "Did you mean" in str(error)  # as Python itself does from 3.13 on
    return f": did you mean {near[0]}?" if near and not has_said_so else ""


@contextmanager
def blaming_parts(*suspects: Part) -> Iterator[None]:
    """What goes wrong within is the error of a part from outside, where it does so in the code of one.

    And where one is among the suspects: then it is their values that ours stumbles over.

    Raises:
        PartError: with file, and line where that is known.
    """
    try:
        yield
    except AssayError:
        raise
    except (Exception, SystemExit) as error:
        frames = list(traceback.walk_tb(error.__traceback__))
        places = [f"{frame.f_code.co_filename}:{line}" for frame, line in frames if frame.f_globals.get(_MARK)]
        suspects = () if isinstance(error, SystemExit) else suspects
        places = places[-1:] or [f'{_FILES.get(part.code, "")} ("{part.name}")' for part in suspects if part.code]
        if not places:
            raise
        raise PartError(f"{' and '.join(places)}: {_said(error)}") from error
