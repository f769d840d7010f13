"""An engine that answers by a function: for tests where a model's randomness would hide the point."""

from collections.abc import Callable, Sequence

from assay.models.engine import Completion, Conversation

__all__ = ["ScriptedEngine"]


class ScriptedEngine:
    """Answers with `reply(conversation)`; a token is a word. `n_asked` counts the conversations."""

    name = "scripted"

    def __init__(
        self, reply: Callable[[Conversation], str], window: int = 8192, logprob: Callable[[str], float] | None = None
    ) -> None:
        self.window = window
        self.n_asked = 0
        self._reply, self._logprob = reply, logprob

    def count_tokens(self, text: str) -> int:
        """The number of words."""
        return len(text.split())

    def generate(self, conversations: Sequence[Conversation], max_new_tokens: int) -> list[Completion]:
        """One reply a conversation, cut to `max_new_tokens` words."""
        self.n_asked += len(conversations)
        return [self._completion(conversation, max_new_tokens) for conversation in conversations]

    def _completion(self, conversation: Conversation, max_new_tokens: int) -> Completion:
        said = self._reply(conversation).split()
        words = said[:max_new_tokens]
        n_prompt = sum(self.count_tokens(message.content) for message in conversation)
        text = " ".join(words)
        logprob = self._logprob(text) if self._logprob else None
        return Completion(text, n_prompt, len(words), logprob, is_cut=len(said) > len(words))
