"""Entities: the named things in a text, each a stretch of it and a type.

They count when their place and their type are exactly right, as in the CoNLL scorers.
"""

import re
from collections.abc import Sequence
from typing import Any

from assay.labelled.entity_spans import has_loose_edges, join_tokens, parse_spans, parse_tags
from assay.labelled.labelled_text import Entity, Items, LabelledText
from assay.labelled.row_form import RowForm, Values, parse_body
from assay.questions.normalising import squash
from assay.tasks.task import Task
from assay.training.encoder_heads import WordHead
from assay.words import catalogued

__all__ = ["ENTITIES", "read_entities", "render_entities"]

_NONE = {"en": "none", "zh": "无"}
_LINE = {"en": "{type}: {words}", "zh": "{type}：{words}"}
_LINE_READ = (
    r"\s*(?:[-*•]\s+|\d+[.)、]\s*|\|\s*)?(?:(\d+)-(\d+) )?[*_`\"'“]*({names})[*_`\"'”]*\s*(?:[:：=|]|->|→"
    r"|\s[-–—]\s)[*_`]*\s*(.+?)[\s,;|]*"
)
_WRAPPING = " \t\"'“”‘’「」『』*_`[](){}"
_SEVERAL = re.compile(r"\s*(?:[,;，；、|/]|\band\b|和|与)\s*")


def render_entities(entities: Sequence[Entity], text: str, lang: str, with_places: bool = False) -> str:
    """One line an entity, in order; with "3-7 " before the type where its place is known for certain."""
    if not entities:
        return _NONE[lang]
    lines = []
    for one in entities:
        place = f"{one.start}-{one.end} " if with_places else ""
        lines.append(place + _LINE[lang].format(type=one.type, words=" ".join(text[one.start : one.end].split())))
    return "\n".join(lines)


def read_entities(reply: str, text: str, names: Sequence[str]) -> tuple[Entity, ...]:
    """The entities that a reply lists: of known types, found in the text, each place once, in order.

    Words that stand in the text several times mean the first place that is not taken yet.
    """
    by_key = {squash(name): name for name in names}
    any_name = "|".join(r"[\W_]*".join(map(re.escape, name)) for name in sorted(by_key, key=len, reverse=True))
    line_read = re.compile(_LINE_READ.format(names=any_name), re.IGNORECASE)
    found: list[Entity] = []
    for line in reply.splitlines():
        read = line_read.fullmatch(line)
        if read is None:
            continue
        type_ = by_key[squash(read[3])]
        if read[1]:
            found += [Entity(int(read[1]), int(read[2]), type_)] if int(read[2]) <= len(text) else []
            continue
        for words in _said(read[4], text):
            place = _find_free(words, text, found)
            found += [Entity(*place, type_)] if place is not None else []
    return tuple(sorted(found))


def _said(words: str, text: str) -> list[str]:
    """What a line names: the whole of it as it stands in the text, else without quotes, else one after the other."""
    plain = words.strip(_WRAPPING)
    for one in (words, plain):
        if _find_free(one, text, ()) is not None:
            return [one]
    return [part.strip(_WRAPPING) for part in _SEVERAL.split(plain) if part.strip(_WRAPPING)]


def _find_free(words: str, text: str, taken: Sequence[Entity]) -> tuple[int, int] | None:
    """Where the words stand in the text, spaces counting as one, case as a last resort."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    for flags in (0, re.IGNORECASE):
        for place in re.finditer(pattern, text, flags):
            start, end = place.span()
            if start < end and not any(one.start < end and start < one.end for one in taken):
                return start, end
    return None


def _write(text: LabelledText, lang: str) -> str:
    return render_entities(text.entities, text.text, lang)


def _write_placed(text: LabelledText, lang: str) -> str:
    return render_entities(text.entities, text.text, lang, with_places=True)


def _read(reply: str, text: str, names: Sequence[str]) -> Items:
    return frozenset(read_entities(reply, text, names))


def _parse(values: Values) -> LabelledText:
    if "tokens" in values:
        text, entities, _ = _parse_tokens(values)
        return LabelledText("", text, entities=entities)
    text = parse_body(values)
    if "entities" not in values:
        raise ValueError("there are no entities: give text and entities, or tokens and tags")
    return LabelledText("", text, entities=parse_spans(values["entities"], text))


def _parse_tokens(values: Values) -> tuple[str, tuple[Entity, ...], int]:
    """The text, its entities, and how many tags had to be mended."""
    tokens, tags = values["tokens"], values.get("tags")
    if not isinstance(tokens, list) or not isinstance(tags, list):
        raise ValueError("tokens and tags must be two lists")
    if len(tokens) != len(tags):
        raise ValueError(f"{len(tokens)} tokens but {len(tags)} tags")
    if not all(isinstance(one, str) and one.strip() for one in tokens):
        raise ValueError("a token is empty or no text" if tokens else "the text is empty")
    if not all(isinstance(one, str) for one in tags):
        raise ValueError("tags must be text such as B-person, not numbers")
    text, places = join_tokens(tokens)
    if not text:
        raise ValueError("the text is empty")
    return text, *parse_tags(tags, places)


def _mended(values: Values) -> str | None:
    if "tokens" in values:
        return "notice.mended_tags" if _parse_tokens(values)[2] else None
    return "notice.mended_spans" if has_loose_edges(values["entities"], parse_body(values)) else None


def _row(text: LabelledText) -> dict[str, Any]:
    found = [
        {"start": e.start, "end": e.end, "type": e.type, "text": text.text[e.start : e.end]} for e in text.entities
    ]
    return {"entities": found}


ENTITIES = Task(
    name="entities",
    title=catalogued("task.entities"),
    place=2,
    rows=RowForm(
        known_by=("entities", "tokens"),
        aliases={"spans": "entities", "ner_tags": "tags"},
        parse=_parse,
        write=_row,
        mended=_mended,
        least_names=1,
    ),
    instruction={
        "en": "List the named things in the text, one a line, each as type: words of the text. "
        "If there are none, answer: none",
        "zh": "列出文本中的实体，每行一个，写成“类型：原文”。如果没有，请回答：无",
    },
    reminder={"en": "List the entities.", "zh": "列出实体。"},
    listing={"en": "Types: {names}", "zh": "类型：{names}"},
    question={"en": "Text: {text}", "zh": "文本：{text}"},
    write=_write,
    write_placed=_write_placed,
    read=_read,
    macro=False,
    decides="f1",
    head=WordHead(),
    right=catalogued("right.entities"),
    metric=catalogued("metric.entities"),
    compared_by=catalogued("labels.method.by.entities"),
    nothing=catalogued("tag.no_entity"),
    announcement=catalogued("plan.entities"),
)
