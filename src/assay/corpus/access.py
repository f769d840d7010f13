"""Who may read what: rules beside the documents, and a corpus cut down to what some groups may read.

Knows groups by name only; who is in them is for the asker to say.
"""

import hashlib
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pathspec.patterns.gitignore.base import GitIgnorePatternError
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

from assay.corpus.building import hash_corpus
from assay.corpus.document import Corpus, Document
from assay.errors import InputError

__all__ = ["ACCESS_FILE", "AccessRules", "may_read", "parse_access", "visible_to"]

ACCESS_FILE = "access.toml"  # at the root of the documents folder


@dataclass(frozen=True)
class AccessRules:
    """Patterns as in .gitignore with the groups that may read what they match; the last that matches counts."""

    rules: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def apply(self, documents: Sequence[Document]) -> list[Document]:
        """The documents with their readers; one that no rule matches is for everybody."""
        compiled = [(GitIgnoreSpecPattern(pattern), groups) for pattern, groups in self.rules]
        if not compiled:
            return list(documents)
        return [replace(document, groups=_readers(document.id, compiled)) for document in documents]

    def unused(self, paths: Collection[str]) -> list[str]:
        """The patterns that match none of the paths: a slip of the pen there leaves a file open to everybody."""
        return [
            pattern
            for pattern, _ in self.rules
            if not any(GitIgnoreSpecPattern(pattern).match_file(path) for path in paths)
        ]


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


def _readers(path: str, rules: Sequence[tuple[GitIgnoreSpecPattern, tuple[str, ...]]]) -> tuple[str, ...]:
    return next((groups for pattern, groups in reversed(rules) if pattern.match_file(path)), ())


def _flaw(pattern: str, groups: object) -> str | None:
    if not isinstance(groups, list) or not all(isinstance(group, str) and group.strip() for group in groups):
        return f'"{pattern}" must list names of groups, such as ["hr", "managers"], got {groups!r}'
    if not pattern.strip() or pattern.startswith(("!", "#")):
        return f'"{pattern}" is not a pattern: write what is matched, and give [] for everybody'
    try:
        GitIgnoreSpecPattern(pattern)
    except GitIgnorePatternError as error:
        return f'"{pattern}" is not a pattern: {error}'
    return None
