"""Entities as they come in files, made one thing: BIO tags and spans become `Entity`. Knows no rows."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from assay.corpus.language import CJK
from assay.labelled.labelled_text import Entity

__all__ = ["find_words", "has_loose_edges", "join_tokens", "parse_spans", "parse_tags"]

_WORD = re.compile(rf"[{CJK}]|[^\W_{CJK}]+|[^\s]")
_CJK_CHARACTER = re.compile(f"[{CJK}]")
_TAG = re.compile(r"(O)|([BIES])[-_](.+)", re.DOTALL)


def find_words(text: str) -> list[tuple[int, int]]:
    """Start and end of every word: each Chinese character, run of letters and digits, or other sign is one."""
    return [found.span() for found in _WORD.finditer(text)]


def join_tokens(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """A text of these tokens, and where each stands in it: a space between two unless both are Chinese there."""
    text, places = "", []
    for token in tokens:
        if text and not (_CJK_CHARACTER.match(text[-1]) and _CJK_CHARACTER.match(token[0])):
            text += " "
        places.append((len(text), len(text) + len(token)))
        text += token
    return text, places


def parse_tags(tags: Sequence[str], places: Sequence[tuple[int, int]]) -> tuple[tuple[Entity, ...], int]:
    """The entities of BIO (or BIOES) tags, and how many tags had to be mended.

    An I that does not go on with an entity of its type begins one, as the usual scorers read it.

    Raises:
        ValueError: a tag that is none.
    """
    entities: list[Entity] = []
    n_mended = 0
    is_open = False  # whether the last tag can be gone on with
    for tag, (start, end) in zip(tags, places, strict=True):
        found = _TAG.fullmatch(tag)
        if not found:
            raise ValueError(f'tag "{tag}" is neither O nor B-TYPE or I-TYPE')
        _, part, type_ = found.groups()
        if part in ("I", "E") and is_open and entities[-1].type == type_:
            entities[-1] = Entity(entities[-1].start, end, type_)
        elif part:
            n_mended += part in ("I", "E")
            entities.append(Entity(start, end, type_))
        is_open = part in ("B", "I")
    return tuple(entities), n_mended


def parse_spans(value: Any, text: str) -> tuple[Entity, ...]:
    """The entities of a list of {"start", "end", "label" or "type"} or of [start, end, type], in order.

    Raises:
        ValueError: something else, a span outside the text or around nothing, or two that overlap.
    """
    if not isinstance(value, list):
        raise ValueError("entities must be a list, which only JSONL can hold")
    entities = sorted(_parse_span(one, text) for one in value)
    for first, second in pairwise(entities):
        if second.start < first.end:
            raise ValueError(
                f'entities {first.start}-{first.end} "{text[first.start : first.end]}" and {second.start}-{second.end} '
                f'"{text[second.start : second.end]}" overlap: keep one of them'
            )
    return tuple(entities)


def _parse_span(value: Any, text: str) -> Entity:
    if isinstance(value, dict):
        value = [value.get("start"), value.get("end"), value.get("label", value.get("type"))]
    if not (isinstance(value, list) and len(value) == 3 and isinstance(value[2], str) and value[2].strip()):
        raise ValueError(f'an entity must be {{"start", "end", "label"}} or [start, end, label], got {value}')
    start, end, type_ = value
    if type(start) is not int or type(end) is not int:
        raise ValueError(f"start and end of an entity must be whole numbers, got {start} and {end}")
    if not 0 <= start < end <= len(text):
        raise ValueError(f"entity {start}-{end} lies outside the text of {len(text)} characters, or is empty")
    if not text[start:end].strip():
        raise ValueError(f"entity {start}-{end} holds nothing but spaces")
    return _trimmed(start, end, type_.strip(), text)


def _trimmed(start: int, end: int, type_: str, text: str) -> Entity:
    """The entity without spaces at its edges.

    Raises:
        ValueError: it begins or ends within a word.
    """
    words = text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
    if any(_is_within_word(text, place) for place in (start, end)):
        raise ValueError(
            f'entity {start}-{end} "{text[start:end]}" begins or ends within a word: places count characters, not '
            f"bytes or "
            "UTF-16 units"
        )
    return Entity(start, end, type_)


def _is_within_word(text: str, place: int) -> bool:
    around = text[max(0, place - 1) : place + 1]
    return 0 < place < len(text) and around.isalnum() and not _CJK_CHARACTER.search(around)


def has_loose_edges(value: Any, text: str) -> bool:
    """Whether a span of a list as `parse_spans` takes it has spaces at its edges, which are left away."""
    spans = [[one.get("start"), one.get("end")] if isinstance(one, dict) else one for one in value]
    return any(text[one[0] : one[1]] != text[one[0] : one[1]].strip() for one in spans)
