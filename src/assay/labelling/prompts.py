"""The words that ask for a label or for entities, in English and Chinese, and how a model's reply is read."""

import re
from collections.abc import Sequence

from assay.labelling.example import Entity, LabelledText, Task
from assay.models.engine import Conversation, Message
from assay.questions.normalising import squash, words_of

__all__ = ["LABEL_PROMPT_VERSION", "Prompt", "match_label", "read_entities", "render_entities", "render_reply"]

LABEL_PROMPT_VERSION = 2  # part of the key of answers: count up when a word below or the way of choosing changes

_MOST_CHARACTERS = 4000  # of the text that is asked about
_MOST_IN_EXAMPLE = 600

_INSTRUCTION = {
    ("labels", "en"): "Classify the text. Answer with its label and nothing else.",
    ("labels", "zh"): "给文本分类。只回答它的类别。",
    ("entities", "en"): "List the named things in the text, one a line, each as type: words of the text. "
    "If there are none, answer: none",
    ("entities", "zh"): "列出文本中的实体，每行一个，写成“类型：原文”。如果没有，请回答：无",
}
_INSTRUCTION_LEARNT = {
    ("labels", "en"): "Label the text.",
    ("labels", "zh"): "给文本分类。",
    ("entities", "en"): "List the entities.",
    ("entities", "zh"): "列出实体。",
}
_NAMES = {
    ("labels", "en"): "Labels: {names}",
    ("labels", "zh"): "类别：{names}",
    ("entities", "en"): "Types: {names}",
    ("entities", "zh"): "类型：{names}",
}
_TEXT = {"en": "Text: {text}", "zh": "文本：{text}"}
_NONE = {"en": "none", "zh": "无"}
_LINE = {"en": "{type}: {words}", "zh": "{type}：{words}"}
_LINE_READ = r"\s*(?:[-*•]\s*)?(?:(\d+)-(\d+) )?({names})\s*[:：]\s*(.+?)\s*"


class Prompt:
    """Asks about one text after some that are answered, as earlier turns of the conversation.

    Args:
        task: labels or entities.
        names: the labels or types there are.
        lang: "en" or "zh".
        fixed: examples shown before every text, in order.
        lists_names: whether the names are told.
        is_learnt: the model is tuned on the task: a few words remind it, and the names need not be told.
    """

    def __init__(
        self,
        task: Task,
        names: Sequence[str],
        lang: str,
        fixed: Sequence[LabelledText] = (),
        lists_names: bool = True,
        is_learnt: bool = False,
    ) -> None:
        self._task, self._lang, self._fixed = task, lang, tuple(fixed)
        listed = _NAMES[task, lang].format(names=("、" if lang == "zh" else ", ").join(names))
        told = "\n".join([_INSTRUCTION[task, lang], *([listed] if lists_names else [])])
        self._head = _INSTRUCTION_LEARNT[task, lang] if is_learnt else told

    def conversation(self, text: str, nearest: Sequence[LabelledText] = ()) -> Conversation:
        """The turns that ask; the last of `nearest` stands next to the text."""
        turns: list[Message] = []
        for example in (*self._fixed, *nearest):
            shown = _cut(example, _MOST_IN_EXAMPLE)
            turns.append(self._ask(shown.text, not turns))
            turns.append(Message("assistant", render_reply(shown, self._task, self._lang)))
        return (*turns, self._ask(text[:_MOST_CHARACTERS], not turns))

    def _ask(self, text: str, is_first: bool) -> Message:
        asked = _TEXT[self._lang].format(text=text)
        return Message("user", f"{self._head}\n\n{asked}" if is_first else asked)


def render_reply(text: LabelledText, task: Task, lang: str) -> str:
    """What the model should reply about a text."""
    return text.label if task == "labels" else render_entities(text.entities, text.text, lang)


def render_entities(entities: Sequence[Entity], text: str, lang: str, with_places: bool = False) -> str:
    """One line an entity, in order; with "3-7 " before the type where its place is known for certain."""
    if not entities:
        return _NONE[lang]
    lines = []
    for one in entities:
        place = f"{one.start}-{one.end} " if with_places else ""
        lines.append(place + _LINE[lang].format(type=one.type, words=" ".join(text[one.start : one.end].split())))
    return "\n".join(lines)


def match_label(reply: str, names: Sequence[str]) -> str | None:
    """The label that a reply gives: the whole of it, or the only one of the longest that stand in it; else None."""
    said = words_of(reply)
    by_words = {tuple(words_of(name)): name for name in names}
    if tuple(said) in by_words:
        return by_words[tuple(said)]
    held = [words for words in by_words if words and _holds(said, words)]
    longest = [words for words in held if not any(words != other and _holds(other, words) for other in held)]
    return by_words[longest[0]] if len(longest) == 1 else None


def _holds(words: Sequence[str], part: Sequence[str]) -> bool:
    """Whether the part stands among the words in one piece: "card" does not stand in "discard"."""
    return any(tuple(words[i : i + len(part)]) == tuple(part) for i in range(len(words) - len(part) + 1))


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
        place = (int(read[1]), int(read[2])) if read[1] else _find_free(read[4], text, found)
        if place is not None and place[1] <= len(text):
            found.append(Entity(*place, by_key[squash(read[3])]))
    return tuple(sorted(found))


def _find_free(words: str, text: str, taken: Sequence[Entity]) -> tuple[int, int] | None:
    """Where the words stand in the text, spaces counting as one, case as a last resort."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    for flags in (0, re.IGNORECASE):
        for place in re.finditer(pattern, text, flags):
            start, end = place.span()
            if start < end and not any(one.start < end and start < one.end for one in taken):
                return start, end
    return None


def _cut(example: LabelledText, most: int) -> LabelledText:
    """An example short enough to be shown, with the entities that are left in it."""
    if len(example.text) <= most:
        return example
    kept = tuple(one for one in example.entities if one.end <= most)
    return LabelledText(example.id, example.text[:most], example.label, kept, example.split)
