"""Conversations as the text that a model was trained on. Knows tokenizers, not engines."""

from typing import Any

from assay.models.engine import Conversation, Message

__all__ = ["ChatFormat"]


class ChatFormat:
    """A tokenizer's chat template, with what real templates lack made up for.

    A base model without a template gets plain paragraphs; a template without a system role gets the system text at the
    head of the first user turn.
    """

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer
        self._has_system_role = tokenizer.chat_template is not None and self._renders_system()

    def _renders_system(self) -> bool:
        probe = [{"role": "system", "content": "sys-probe"}, {"role": "user", "content": "hello"}]
        try:
            return "sys-probe" in self.tokenizer.apply_chat_template(probe, tokenize=False)
        except Exception as error:  # jinja2's own class, raised by the template itself: its name is all there is
            if type(error).__name__ not in ("TemplateError", "UndefinedError"):
                raise
            return False

    def render(self, conversation: Conversation) -> str:
        """The prompt, up to where the model is to go on."""
        if self.tokenizer.chat_template is None:
            return "\n\n".join(message.content for message in conversation) + "\n\nAnswer:"
        messages = conversation if self._has_system_role else merge_system(conversation)
        rows = [{"role": message.role, "content": message.content} for message in messages]
        return str(self.tokenizer.apply_chat_template(rows, tokenize=False, add_generation_prompt=True))

    def encode(self, conversation: Conversation) -> list[int]:
        """Token ids of the rendered prompt; the template has already placed the special tokens."""
        with_special = self.tokenizer.chat_template is None
        return list(self.tokenizer.encode(self.render(conversation), add_special_tokens=with_special))

    def encode_answer(self, text: str) -> list[int]:
        """Token ids of an answer and the end-of-turn token, to be trained on."""
        lead = " " if self.tokenizer.chat_template is None else ""
        return [*self.tokenizer.encode(lead + text, add_special_tokens=False), self.tokenizer.eos_token_id]

    def decode(self, ids: list[int]) -> str:
        """The answer's text without special tokens or surrounding white space."""
        return str(self.tokenizer.decode(ids, skip_special_tokens=True)).strip()


def merge_system(conversation: Conversation) -> Conversation:
    """The conversation with its system text at the head of the first user turn."""
    if not conversation or conversation[0].role != "system":
        return conversation
    system, first, *rest = conversation
    return (Message("user", f"{system.content}\n\n{first.content}"), *rest)
