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
]
