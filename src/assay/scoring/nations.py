"""Countries by their names, their adjectives and their people: Finland, Finnish, a Finn. Knows no languages."""

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

from assay.scoring.read_text import Asked, Place, Read, word_key

__all__ = ["find_nation", "land_before", "person_of_nation"]

_ASKED_FOR = re.compile(
    r"\bnationalit|\bcitizen|\bcountr(?:y|ies)\b|\bnations?\b|\bcome from\b|\bwhere (?:is|was|does|did) \w+.* from\b"
    r"|\bborn as\b|^\W*(?:where|in which place)\b|国籍|哪国|哪个国家|什么国家|哪里人",
    re.IGNORECASE,
)
_SHORT = 6  # words of an answer that may be the country for its people, or the other way round
_OF_IT = re.compile(r"(?:队|人|籍|国籍|公民|(?:人民|民主|联邦|联合|阿拉伯)*(?:共和国|王国|联邦))?")
_BORN = re.compile(r"-born\b|\bborn (?:in|to)\b|出生")


@cache
def _table() -> tuple[dict[tuple[str, ...], tuple[int, bool]], dict[str, int]]:
    """Words of a name -> number of the country, and whether it is the country itself; and Chinese name -> number."""
    text = resources.files("assay.scoring.lexicon").joinpath("nations.txt").read_text(encoding="utf-8")
    english: dict[tuple[str, ...], tuple[int, bool]] = {}
    chinese: dict[str, int] = {}
    for number, line in enumerate(line for line in text.splitlines() if line and not line.startswith("#")):
        names, adjectives, people, written = (side.split() for side in line.split(" | "))
        for name in [*adjectives, *people, *names]:
            english[tuple(word_key(word.title()) for word in name.split("_"))] = (number, name in names)
        chinese |= dict.fromkeys(written, number)
    return english, chinese


def _nations(read: Read) -> list[tuple[int, bool, Place]]:
    """Each country that a text names, in order: its number, whether by its own name, and where."""
    english, _ = _table()
    words, found, at = read.words, [], 0
    while at < len(words):
        for n in (4, 3, 2, 1):
            run = words[at : at + n]
            known = english.get(tuple(word.key for word in run)) if len(run) == n else None
            if known and (run[0].raw != "us"):
                found.append((*known, Place(run[0].start, run[-1].end, True)))
                at += n - 1
                break
        at += 1
    return found


def find_nation(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """Where a text names the accepted country by its adjective or its people, or people by their country.

    Of a longer text only what is of the same sort: "a Finn" for Finnish, not "who lived in Finland". Nothing where
    another country is named as well, or where no country or nationality is asked for.
    """
    if not _ASKED_FOR.search(asked.question.text):
        return ()
    if accepted.lang == "zh":
        return _find_chinese(accepted, said)
    wanted = _nations(accepted)
    if len(wanted) != 1 or _BORN.search(said.text):
        return ()
    number, is_land, place = wanted[0]
    if any(not place.start <= word.start < place.end for word in accepted.content):
        return ()  # a town of the country
    named = _nations(said)
    same = [(land, place) for found, land, place in named if found == number]
    if is_land and (lands := [place for land, place in same if land]):
        return lands  # by another name: Great Britain
    if len(said.words) <= _SHORT and len(same) == len(named):
        return [place for _, place in same]
    return [place for land, place in same if not land] if not is_land and _is_first(same, named) else ()


def _is_first(same: Sequence[tuple[bool, Place]], named: Sequence[tuple[int, bool, Place]]) -> bool:
    """Whether the first people that a text names are those."""
    people = [place for _, land, place in named if not land]
    return bool(people) and any(place == people[0] for _, place in same)


def _find_chinese(accepted: Read, said: Read) -> Sequence[Place]:
    name = person_of_nation(accepted.text.strip(" 。"))
    if name is None or any(other in said.text for other in _table()[1] if other not in name and name not in other):
        return ()
    return [Place(*match.span(), True) for match in re.finditer(re.escape(name), said.text)]


def person_of_nation(text: str) -> str | None:
    """挪威 of 挪威人; None of what is no country and no people."""
    _, chinese = _table()
    return next((name for name in chinese if text.startswith(name) and _OF_IT.fullmatch(text[len(name) :])), None)


def land_before(text: str) -> str:
    """The country that a Chinese text begins with, 瑞典 of 瑞典隆德; "" of what begins with none."""
    _, chinese = _table()
    return next((name for name in sorted(chinese, key=len, reverse=True) if text.startswith(name)), "")
