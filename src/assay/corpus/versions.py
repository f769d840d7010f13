"""Which documents are dated versions of one thing, and which of them is in force. Knows no questions."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from assay.corpus.dating import MONTHS, end_of, find_dates, spaced
from assay.corpus.document import Corpus, Document
from assay.corpus.language import CJK

__all__ = ["Versions", "are_named_alike", "find_versions"]

AMENDS_BELOW = 0.5  # of the older version's length: a shorter one changes it and does not replace it

_LETTERS = re.compile(rf"[^\W\d_]{{2}}|[{CJK}]")
_WORD = re.compile(rf"[^\W_{CJK}]+|[{CJK}]+")
_VERSION_MARK = re.compile(
    r"\b(?:v|ver|version|rev|revision|edition)\.?\s?\d+(?:\.\d+)*\b"
    r"|[（(][^（）()]*(?:修正|修订|版)[^（）()]*[）)]|第?[一二三四五六七八九十\d]+[版次]"
)
_AGES = "old new current previous former superseded outdated obsolete archive archived draft final copy latest"
_MARKS = frozenset(f"{MONTHS} {_AGES} version ver rev revision".split())
_KINDS = "policy policies update updates amendment notice guideline guidelines document edition the a an of on for and"
_NAME_MARKS = _MARKS | frozenset(_KINDS.split())
_CHINESE_MARKS = re.compile(r"旧版|新版|现行|已废止|废止|失效|修正案|修订版|修订|修正|草案|最新")
# Each of these is about its own period: the report on one quarter does not replace that on another.
_PERIODICAL = re.compile(
    r"\b(?:report|review|minutes|results?|newsletter|statements?|earnings|forecast|budget|agenda|log|diary|release)s?\b"
    r"|q[1-4]\b|quarter|报告|季报|年报|月报|周报|纪要|简报|总结|预算|公报",
    re.IGNORECASE,
)
# Filings tell it in their text and are called by a number: they are on a year or a quarter that has ended.
_OF_A_PERIOD = re.compile(
    r"\bfor the\s+(?:\w+[\s-]+){0,4}(?:year|quarter|period|months?|weeks?)s?\s+ended\b|\bfiscal year ended\b"
    r"|\bform\s+(?:10-?[kq]|20-?f)\b"
    r"|(?:报告|会计)期[末间内]|(?:半年|年|季)度报告",
    re.IGNORECASE,
)
_PERIODICAL_NAME = re.compile(
    r"(?<![a-z\d])(?:10-?[kq]a?|20-?f|6-?k|8-?k|def-?14a|annual|quarterly|monthly|weekly|fy\d\d)", re.IGNORECASE
)
_LOOKED_AT = 3000  # characters from the beginning


@dataclass(frozen=True)
class Versions:
    """Families of documents, each from the oldest to the newest."""

    families: tuple[tuple[Document, ...], ...]

    def in_force(self, document: str, dates: Sequence[str] = ()) -> tuple[str, ...]:
        """The ids of the versions that count, the newest first; () for a document without versions.

        Without dates the newest counts; with them, for each the newest that held on it, or else the first of all.
        A version much shorter than an older one amends it: then both count.
        """
        family = self._family_of.get(document, ())
        if not family:
            return ()
        chosen = {one.id: one for last in _held(family, dates) for one in _with_amended(family, last)}
        return tuple(sorted(chosen, key=lambda id: family.index(chosen[id]), reverse=True))

    @cached_property
    def _family_of(self) -> dict[str, tuple[Document, ...]]:
        return {document.id: family for family in self.families for document in family}


def find_versions(corpus: Corpus) -> Versions:
    """The families of a corpus: two or more documents of one name, in one place, with different dates.

    Titles and file names are compared without dates, version marks and words such as "policy" or "update"; "WFH" is the
    same as "Work from home". Folders must agree but for such marks: the leave policy of Norway is no version of
    Spain's. What is written anew for each period, such as reports and minutes, has no versions.
    """
    named: dict[tuple[str, ...], list[Document]] = defaultdict(list)
    for document, key in _keys(corpus.documents):
        named[key].append(document)
    families = [sorted(group, key=lambda d: (d.date, d.id)) for group in named.values()]
    return Versions(tuple(tuple(group) for group in families if len({document.date for document in group}) > 1))


def are_named_alike(a: Document, b: Document) -> bool:
    """Whether two documents are called the same, in one place, but for dates and marks of versions: whatever else tells
    it, one is likely a version of the other."""
    return a.id != b.id and _name(a) == _name(b)


def _name(document: Document) -> tuple[str, str]:
    path = PurePosixPath(document.id)
    return _folder(path), _bare(path.stem, _NAME_MARKS) or _bare(document.title, _NAME_MARKS)


def _folder(path: PurePosixPath) -> str:
    return "/".join(filter(None, (_bare(part, _MARKS) for part in path.parts[:-1])))


def _held(family: Sequence[Document], dates: Sequence[str]) -> list[Document]:
    """For each date the newest version of that day or before; the newest of all for no dates."""
    held = [[version for version in family if version.date <= end_of(date)] for date in dates]
    return [versions[-1] if versions else family[0] for versions in held] or [family[-1]]


def _with_amended(family: Sequence[Document], last: Document) -> Iterator[Document]:
    """A version, and those before it that it amends."""
    yield last
    longest = _length(last)
    for older in reversed(family[: family.index(last)]):
        if longest < AMENDS_BELOW * _length(older):
            yield older
            longest = _length(older)


def _length(document: Document) -> int:
    return sum(len(page.text) for page in document.pages)


def _keys(documents: Sequence[Document]) -> Iterator[tuple[Document, tuple[str, ...]]]:
    """Each dated document that may have versions, with its folder and its bare title and file name."""
    names = []
    for document in documents:
        path = PurePosixPath(document.id)
        if document.date and not _is_periodical(document, path.stem):
            folder = _folder(path)
            stem = _bare(path.stem, _NAME_MARKS)
            title = _bare(document.title, _NAME_MARKS) or stem
            names.append((document, folder, title, stem if _LETTERS.search(stem) else ""))
    spelled = {_initials(name): name for _, _, *both in names for name in both if len(name.split()) >= 3}
    for document, folder, title, stem in names:
        if title:
            yield document, (folder, spelled.get(title, title), spelled.get(stem, stem))


def _is_periodical(document: Document, stem: str) -> bool:
    name = spaced(f"{document.title} {stem}")
    beginning = document.pages[0].text[:_LOOKED_AT] if document.pages else ""
    return any(one.search(name) for one in (_PERIODICAL, _PERIODICAL_NAME)) or bool(_OF_A_PERIOD.search(beginning))


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split())


def _bare(name: str, marks: frozenset[str]) -> str:
    """The name in lower case without dates, version marks and the words in `marks`."""
    kept = spaced(name.lower())
    for _, start, end in find_dates(kept):
        kept = kept[:start] + " " * (end - start) + kept[end:]
    text = _CHINESE_MARKS.sub(" ", _VERSION_MARK.sub(" ", kept))
    return " ".join(word for word in _WORD.findall(text) if word not in marks)
