"""Base models by name, folder, file or address; engines that answer; and the words that ask.

Knows weights, tokenizers, templates and likelihoods. Knows no documents but as text, no cell and no search.
"""

from assay.models.engine import Completion, Conversation, Engine, Message
from assay.models.model import (
    EMBEDDED,
    EndpointModel,
    LocalModel,
    Model,
    ScriptedModel,
    gguf_file,
    has_cuda,
    open_model,
    split_bits,
)

__all__ = [
    "EMBEDDED",
    "Completion",
    "Conversation",
    "EndpointModel",
    "Engine",
    "LocalModel",
    "Message",
    "Model",
    "ScriptedModel",
    "gguf_file",
    "has_cuda",
    "open_model",
    "split_bits",
]
