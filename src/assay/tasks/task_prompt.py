"""The conversation that asks a language model about a text, in the words of a task. Knows no model."""

from collections.abc import Sequence
from dataclasses import replace

from assay.labelled.labelled_text import LabelledText
from assay.models.engine import Conversation, Message
from assay.tasks.task import Task
from assay.words import spoken

__all__ = ["LABEL_PROMPT_VERSION", "Prompt"]

LABEL_PROMPT_VERSION = 2  # part of the key of answers: count up when a built-in task's words or the choosing change

_MOST_CHARACTERS = 4000  # of the text that is asked about
_MOST_IN_EXAMPLE = 600


class Prompt:
    """Asks about one text after some that are answered, as earlier turns of the conversation.

    Args:
        task: whose words are used.
        names: what can be said.
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
        listed = spoken(task.listing, lang).format(names=("、" if lang == "zh" else ", ").join(names))
        told = "\n".join([spoken(task.instruction, lang), *([listed] if lists_names else [])])
        self._head = spoken(task.reminder, lang) if is_learnt else told

    def conversation(self, text: str, nearest: Sequence[LabelledText] = ()) -> Conversation:
        """The turns that ask; the last of `nearest` stands next to the text."""
        turns: list[Message] = []
        for example in (*self._fixed, *nearest):
            shown = _cut(example, _MOST_IN_EXAMPLE)
            turns.append(self._ask(shown.text, not turns))
            turns.append(Message("assistant", self._task.write(shown, self._lang)))
        return (*turns, self._ask(text[:_MOST_CHARACTERS], not turns))

    def _ask(self, text: str, is_first: bool) -> Message:
        asked = spoken(self._task.question, self._lang).format(text=text)
        return Message("user", f"{self._head}\n\n{asked}" if is_first else asked)


def _cut(example: LabelledText, most: int) -> LabelledText:
    """An example short enough to be shown, with the entities that are left in it."""
    if len(example.text) <= most:
        return example
    kept = tuple(one for one in example.entities if one.end <= most)
    return replace(example, text=example.text[:most], entities=kept)
