"""What a model can read at once. Knows its tokenizer and its configuration, no weights."""

from collections.abc import Callable
from pathlib import Path

from assay.models.chat import ChatFormat
from assay.models.engine import Conversation

__all__ = ["fits_window"]


def fits_window(model_folder: Path, n_answer: int) -> Callable[[Conversation], bool]:
    """Whether a conversation with an answer of so many tokens fits the model's window; yes where it names none."""
    from transformers import AutoConfig, AutoTokenizer

    chat = ChatFormat(AutoTokenizer.from_pretrained(model_folder))
    window = getattr(AutoConfig.from_pretrained(model_folder), "max_position_embeddings", None)
    return lambda conversation: window is None or len(chat.encode(conversation)) + n_answer <= window
