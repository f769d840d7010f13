"""The engine that runs a GGUF file where it will be run: llama.cpp, in this process, through xllamacpp.

Prompts go in as conversations, so that the chat template in the file is what is applied; one at a time, because what
is computed together is rounded together.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assay.errors import EngineError, MissingExtra
from assay.models.chat import ChatFormat
from assay.models.engine import Completion, Conversation

__all__ = ["LlamaCppEngine"]

_WINDOW = 8192  # tokens; keys and values for all of it are set aside at the start


class LlamaCppEngine:
    """A GGUF file, ready to answer; see `Engine`.

    Args:
        path: the file.
        chat: the format of the model that the file was made from; renders prompts where there is no chat template.
        window: of that model, in tokens.
    """

    name = "llama.cpp"

    def __init__(self, path: Path, chat: ChatFormat, window: int) -> None:
        try:
            import xllamacpp
        except ImportError as error:
            raise MissingExtra('llama.cpp is not installed: pip install "assay[llama-cpp]"') from error
        self.window = min(window, _WINDOW)
        self._chat = chat
        params = xllamacpp.CommonParams()
        params.model.path = str(path)
        params.n_parallel, params.n_ctx, params.verbosity = 1, self.window, -1
        try:
            self._server: Any = xllamacpp.Server(params)
        except RuntimeError as error:
            raise EngineError(f"llama.cpp cannot load {path}: {error}") from error

    def count_tokens(self, text: str) -> int:
        """How many tokens a text is, without special tokens."""
        return len(self._chat.tokenizer.encode(text, add_special_tokens=False))

    def generate(self, conversations: Sequence[Conversation], max_new_tokens: int) -> list[Completion]:
        """Greedy completions, one after the other."""
        return [self._answer(conversation, max_new_tokens) for conversation in conversations]

    def _answer(self, conversation: Conversation, max_new_tokens: int) -> Completion:
        how = {"max_tokens": max_new_tokens, "temperature": 0.0, "cache_prompt": False}
        try:
            if self._chat.tokenizer.chat_template is None:
                done = self._server.handle_completions({"prompt": self._chat.render(conversation), **how})
                text = done["choices"][0]["text"]
            else:
                turns = [{"role": message.role, "content": message.content} for message in conversation]
                done = self._server.handle_chat_completions({"messages": turns, **how})
                text = done["choices"][0]["message"]["content"]
        except (KeyError, RuntimeError) as error:
            raise EngineError(f"llama.cpp stopped while answering: {error}") from error
        n_prompt, n_new = done["usage"]["prompt_tokens"], done["usage"]["completion_tokens"]
        is_cut = done["choices"][0].get("finish_reason") == "length"
        return Completion(text.strip(), n_prompt, n_new, is_cut=is_cut)
