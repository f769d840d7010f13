"""Who may read what: rules beside the documents, and a corpus cut down to what some groups may read.

Knows groups by name only; who is in them is for the asker to say.
"""

import hashlib
import os
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pathspec.patterns.gitignore.base import GitIgnorePatternError
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

from assay.corpus.building import hash_corpus
from assay.corpus.document import Corpus, Document
from assay.corpus.file_names import normal_name
from assay.errors import InputError

__all__ = ["ACCESS_FILE", "AccessRules", "load_access", "may_read", "parse_access", "visible_to"]

ACCESS_FILE = "access.toml"  # at the root of the documents folder
_SEPARATOR = re.compile(r"\\(?![*?\[\]\\!#\s])")  # as Windows writes it; before these it takes their meaning from them
_SHOWN = 5


@dataclass(frozen=True)
class _Rule:
    """One line: it closes whatever a person may mean by the pattern, and opens what has just that name."""

    pattern: str
    groups: tuple[str, ...]

    def matches(self, path: str) -> bool:
        """Whether the rule is about a document: in any spelling, unless it opens it to everybody."""
        return self.names(path) if not self.groups else self._loose.match_file(normal_name(path)) is not None

    def names(self, path: str) -> bool:
        """Whether the pattern matches the very name, however it is composed."""
        return self._exact.match_file(unicodedata.normalize("NFC", path.replace("\\", "/"))) is not None

    @cached_property
    def _loose(self) -> GitIgnoreSpecPattern:
        folded = normal_name(_SEPARATOR.sub("/", self.pattern).replace("\\", "\0")).replace("\0", "\\")
        return GitIgnoreSpecPattern(f"\\{folded}" if folded.startswith(("!", "#")) else folded)

    @cached_property
    def _exact(self) -> GitIgnoreSpecPattern:
        return GitIgnoreSpecPattern(unicodedata.normalize("NFC", _SEPARATOR.sub("/", self.pattern)).removeprefix("./"))


@dataclass(frozen=True)
class AccessRules:
    """Patterns as in .gitignore with the groups that may read what they match; the last that matches counts."""

    rules: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def apply(self, documents: Sequence[Document]) -> list[Document]:
        """The documents with their readers; one that no rule matches is for everybody.

        Raises:
            InputError: two documents have names that differ in their spelling alone, and a rule tells one of them.
        """
        if not self.rules:
            return list(documents)
        self._check_alike([document.id for document in documents])
        return [replace(document, groups=self.readers_of(document.id)) for document in documents]

    def readers_of(self, path: str) -> tuple[str, ...]:
        """The groups that may read a document; () for everybody."""
        return next((rule.groups for rule in reversed(self._rules) if rule.matches(path)), ())

    def unused(self, paths: Collection[str]) -> list[str]:
        """The patterns that match none of the paths: a slip of the pen there leaves a file open to everybody."""
        return [rule.pattern for rule in self._rules if not any(map(rule.matches, paths))]

    def check(self, paths: Collection[str], file: str | Path = ACCESS_FILE) -> None:
        """Nothing where every rule matches one of the paths.

        Raises:
            InputError: one matches none.
        """
        unused = self.unused(paths)
        if unused:
            named = ", ".join(f'"{pattern}"' for pattern in unused[:_SHOWN]) + (", ..." if unused[_SHOWN:] else "")
            rules = f"the rule {named} matches" if len(unused) == 1 else f"the rules {named} match"
            raise InputError(f"{file}: {rules} no document: what is meant would be open to all; mend it or take it out")

    @cached_property
    def _rules(self) -> list[_Rule]:
        return [_Rule(*rule) for rule in self.rules]

    def _check_alike(self, paths: Iterable[str]) -> None:
        alike: dict[str, list[str]] = defaultdict(list)
        for path in paths:
            alike[normal_name(path)].append(path)
        for same in (same for same in alike.values() if len(same) > 1):
            if any(len({rule.names(path) for path in same}) > 1 for rule in self._rules):
                names = " and ".join(f'"{path}"' for path in same)
                raise InputError(f"{ACCESS_FILE}: a rule cannot tell {names}: give one of them another name")


def parse_access(text: str, path: str | Path = ACCESS_FILE) -> AccessRules:
    """The rules of an access file; no rules for an empty one.

    Raises:
        InputError: no valid TOML, or anything in it that is not a rule. Nothing is guessed where access is at stake.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path} is no valid TOML: {error}") from error
    problems = [f'unknown table or key "{name}": only [rules] is known' for name in content if name != "rules"]
    rules = content.get("rules", {})
    if not isinstance(rules, dict):
        rules, problems = {}, [*problems, "rules must be a table: [rules]"]
    problems += [problem for pattern, groups in rules.items() if (problem := _flaw(pattern, groups))]
    if problems:
        raise InputError("\n".join([f"{path} cannot be used:", *(f"  {problem}" for problem in problems)]))
    return AccessRules(tuple((pattern, tuple(sorted(set(groups)))) for pattern, groups in rules.items()))


def load_access(root: Path, names: Collection[str] = ()) -> str:
    """The text of the access file of a folder, "" where there is none; checked, so that no broken one is kept.

    Args:
        root: the documents folder.
        names: of all files below it.

    Raises:
        InputError: it cannot be opened or used, or a file is called nearly so, or lies where it has no effect.
    """
    file = root / ACCESS_FILE
    astray = [name for name in {*names, *_list_names(root)} if name != ACCESS_FILE and _looks_like_rules(name)]
    if astray:
        raise InputError(f"{root / min(astray)} has no effect: rules stand in {file} and nowhere else")
    if not os.path.lexists(file):
        return ""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8"
        raise InputError(f"{file} cannot be read ({reason}), so nobody knows who may read what") from error
    parse_access(text, file)
    return text


def _list_names(root: Path) -> list[str]:
    try:
        return os.listdir(root)
    except OSError:  # whoever reads the documents says so
        return []


def _looks_like_rules(name: str) -> bool:
    *_, last = normal_name(name).split("/")
    return last.strip(" .") in (ACCESS_FILE, f"{ACCESS_FILE}.txt")


def may_read(document: Document, groups: Collection[str] | None) -> bool:
    """Whether somebody in these groups may read a document; None: asked for nobody in particular, who sees all."""
    return groups is None or not document.groups or not set(document.groups).isdisjoint(groups)


def visible_to(corpus: Corpus, groups: Collection[str] | None) -> Corpus:
    """The corpus as if it had never held what these groups may not read; itself when they may read everything.

    Whatever is built from it knows nothing of the rest: no passage, no count of words, no score.
    """
    documents = tuple(document for document in corpus.documents if may_read(document, groups))
    if groups is None or len(documents) == len(corpus.documents):
        return corpus
    readable = {document.id for document in documents}
    passages = tuple(passage for passage in corpus.passages if passage.document in readable)
    known = {group for document in documents for group in document.groups}
    view = hashlib.sha256("\n".join(sorted(known.intersection(groups))).encode()).hexdigest()[:16]
    return Corpus(documents, passages, (), hash_corpus(documents, passages), view)


def _flaw(pattern: str, groups: object) -> str | None:
    if not isinstance(groups, list) or not all(isinstance(group, str) and group.strip() for group in groups):
        return f'"{pattern}" must list names of groups, such as ["hr", "managers"], got {groups!r}'
    if not pattern.strip() or pattern.startswith(("!", "#")):
        return f'"{pattern}" is not a pattern: write what is matched, and give [] for everybody'
    try:
        _Rule(pattern, ("",)).matches("a"), _Rule(pattern, ()).matches("a")
    except GitIgnorePatternError as error:
        return f'"{pattern}" is not a pattern: {error}'
    return None
