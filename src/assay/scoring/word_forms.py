"""An English word in its forms: leaf and leaves, fishing and "they fish", the cello and a cellist. Knows no meaning."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assay.scoring.normalise import fold_letters
from assay.scoring.read_text import Asked, Place, Read, Word, word_key
from assay.scoring.values.units import find_unit

__all__ = ["find_deed", "find_derived", "find_player", "is_adverb_of", "is_plural_of", "is_unit_of"]

_PLURALS = {"ves": ("f", "fe"), "ae": ("a",), "oes": ("o",), "ices": ("ix", "ex"), "ia": ("ium", "ion"),
            "ses": ("s", "se")}  # fmt: skip
_PLURAL = re.compile(r"(?<=[a-z]{2})(?:ves|ae|oes|ices|ia|ses)$")
_BEFORE_VERB_TEXT = "to they it he she we you i people can may will must also often mostly usually always do does did"
_BEFORE_VERB = frozenset(_BEFORE_VERB_TEXT.split())
_LEAST_ROOT = 3
_ASKS_TERM = re.compile(r"\b(?:called|terms?|words?|names?|known as|symbol)\b", re.IGNORECASE)
_ADVERB = re.compile(r"(?:ous|ful|ive|al|ic|less|ant|ent)(?:al)?ly$")
_SCIENCE = re.compile(r"(?:logy|nomy|graphy|metry|sophy)$")
_ASKS_WHO = re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE)
_LEAST_STEM = 4
_DERIVED = re.compile(r"(?:ic)?al|ness|en")
_LEAST_CLIPPED = 10  # letters of a word that is cut short
_LONGEST_SYMBOL = 4


@lru_cache(maxsize=8192)
def _nouns(raw: str) -> frozenset[str]:
    """What a word may be the plural of; the word itself where it is none of an odd plural."""
    key = fold_letters(raw)
    match = _PLURAL.search(key)
    if match is None:
        return frozenset((word_key(raw),))
    return frozenset(key[: match.start()] + ending for ending in _PLURALS[match.group()]) | {word_key(raw)}


def is_plural_of(a: Word, b: Word) -> bool:
    """Whether one is an odd plural of the other: leaves, larvae, potatoes; "leave" is none of "leaf"."""
    return bool(_nouns(a.raw) & _nouns(b.raw))


def is_adverb_of(a: Word, b: Word) -> bool:
    """Whether one is the adverb of the other: unanimously and unanimous, not hardly and hard."""
    shorter, longer = sorted((a.key, b.key), key=len)
    if longer.endswith("ily") and len(longer) > _LEAST_STEM + 2:
        return shorter == longer[:-3] + "y"
    return bool(_ADVERB.search(longer)) and shorter in (longer[:-2], longer[:-4] if longer.endswith("ally") else "")


def is_unit_of(a: Word, b: Word) -> bool:
    """Whether one is the sign of the unit whose name the other is: km and kilometres."""
    sign, name = sorted((a.raw, b.raw), key=len)
    if not 2 <= len(sign) <= _LONGEST_SYMBOL or len(name) <= _LONGEST_SYMBOL:
        return False
    unit = find_unit(sign)
    return bool(unit) and find_unit(name) == unit


def find_deed(accepted: Read, said: Read) -> Sequence[Place]:
    """Where a text says with a verb what the accepted answer names: "they fish" for "fishing"; "the fish" does not."""
    if len(accepted.content) != 1 or not accepted.content[0].key.endswith("ing"):
        return ()
    root = accepted.content[0].key[:-3]
    if len(root) < _LEAST_ROOT or not re.search(r"[aeiouy]", root):
        return ()
    verbs = {root, root + "e", root[:-1] if root[-1] == root[-2] else root}
    return [
        Place(word.start, word.end, True)
        for before, word in zip(said.words, said.words[1:], strict=False)
        if word.key in verbs and before.key in _BEFORE_VERB
    ]


def find_derived(accepted: Read, said: Read) -> Sequence[Place]:
    """The whole of a text where it is the accepted word as a noun, or as an adjective, or cut short with an o.

    hexagon and hexagonal, bitter and bitterness, fog and foggy, a hippo for a hippopotamus.
    """
    if len(accepted.content) != 1 or not 1 <= len(said.content) <= 1 or not accepted.content[0].key.isalpha():
        return ()
    wanted, given = accepted.content[0].key, said.content[0].key
    shorter, longer = sorted((wanted, given), key=len)
    stem = shorter.removesuffix("e") if len(shorter) > _LEAST_STEM else shorter
    is_derived = longer.startswith(stem) and bool(_DERIVED.fullmatch(longer[len(stem) :])) and len(stem) >= _LEAST_STEM
    is_weather = longer == shorter + shorter[-1] + "y" and len(shorter) >= _LEAST_ROOT
    is_clipped = longer.startswith(shorter) and shorter[-1] == "o" and len(longer) >= _LEAST_CLIPPED
    fits = is_derived or is_weather or (is_clipped and wanted == longer)
    return [Place(0, len(said.text), True)] if fits else ()


def find_player(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """Where a text names who plays, or follows, what is accepted: a guitarist for the guitar, Buddhist for Buddhism.

    Not where a term is asked for, or a person: entomology is no entomologist.
    """
    content = accepted.content
    if not content or _ASKS_TERM.search(asked.question.text) or _ASKS_WHO.search(asked.question.text):
        return ()
    if len(content) > 1 or content[0].key[0].isdigit() or _SCIENCE.search(content[0].key):
        return ()
    stem = re.sub(r"(?:ism|[aeiouy])$", "", content[0].key)
    if len(stem) < _LEAST_STEM:
        return ()
    return [Place(word.start, word.end, True) for word in said.words if word.key == stem + "ist"]
