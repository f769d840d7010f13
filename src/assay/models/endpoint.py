"""The engine for any OpenAI-compatible server: vLLM, Ollama, llama.cpp, a cloud."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from assay.errors import EngineError
from assay.masking import mask
from assay.models.engine import Completion, Conversation

if TYPE_CHECKING:
    from openai import OpenAI

__all__ = ["EndpointEngine", "open_client"]

_PARALLEL = 8
_TIMEOUT_S = 120.0
_SHOWN = 200  # characters of an answer that is none
_RETRIES = 4  # with the client's exponential back-off


def open_client(url: str, timeout_s: float, retries: int) -> "OpenAI":
    """The client of an address, whose query, such as a key, goes with every request.

    A server on this machine is asked directly, whatever proxy is set. The key of the usual header is read from
    ASSAY_API_KEY, then OPENAI_API_KEY.
    """
    from openai import DefaultHttpxClient, OpenAI

    key = os.environ.get("ASSAY_API_KEY") or os.environ.get("OPENAI_API_KEY") or "none"
    address, _, query = url.partition("?")
    asked = dict(parse_qsl(query, keep_blank_values=True))
    client = DefaultHttpxClient(trust_env=False) if _is_here(address) else None
    return OpenAI(
        base_url=address, api_key=key, timeout=timeout_s, max_retries=retries, default_query=asked, http_client=client
    )


def _is_here(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    return host in ("localhost", "::1") or host.startswith("127.")


class EndpointEngine:
    """One model behind a URL; see `Engine` and `open_client`."""

    def __init__(self, url: str, model: str, window: int = 8192) -> None:
        self.name = f"OpenAI-compatible endpoint {mask(url)}"
        self.window = window
        self._url, self._model = mask(url), model
        self._client = open_client(url, _TIMEOUT_S, _RETRIES)

    def check(self) -> None:
        """Nothing when the endpoint answers and has the model.

        Raises:
            EngineError: it does not answer, or names no such model.
        """
        from openai import OpenAIError

        try:
            names = [model.id for model in self._client.with_options(max_retries=1, timeout=10).models.list()]
        except OpenAIError as error:
            raise self._failed(error) from error
        except (AttributeError, TypeError, ValueError) as error:  # a page, for instance
            why = "it lists no models. Is /v1 missing?"
            raise EngineError(f"{self._url} is no OpenAI-compatible endpoint: {why}") from error
        if names and self._model not in names:
            raise EngineError(f'{self._url} has no model "{self._model}"; it has {", ".join(sorted(names)[:10])}')

    def count_tokens(self, text: str) -> int:
        """A rough upper estimate, the tokenizer being unknown: one a Chinese character, one for three others."""
        wide = sum(ord(char) > 0x2E80 for char in text)
        return wide + (len(text) - wide + 2) // 3

    def generate(self, conversations: Sequence[Conversation], max_new_tokens: int) -> list[Completion]:
        """Completions at temperature 0, several requests at a time."""
        with ThreadPoolExecutor(_PARALLEL) as pool:
            return list(pool.map(lambda conversation: self._ask(conversation, max_new_tokens), conversations))

    def _ask(self, conversation: Conversation, max_new_tokens: int) -> Completion:
        from openai import OpenAIError

        messages: Any = [{"role": message.role, "content": message.content} for message in conversation]
        try:
            reply = self._client.chat.completions.create(
                model=self._model, messages=messages, max_tokens=max_new_tokens, temperature=0
            )
        except OpenAIError as error:
            raise self._failed(error) from error
        except ValueError as error:  # what it sent is no JSON
            raise EngineError(f"{self._url} is no OpenAI-compatible endpoint: it sent no JSON") from error
        return self._completion(reply, conversation)

    def _completion(self, reply: Any, conversation: Conversation) -> Completion:
        choices = getattr(reply, "choices", None)  # a server that is none of its kind may answer anything
        if not choices:
            told = str(reply)[:_SHOWN].replace("\n", " ")
            raise EngineError(f"{self._url} is no OpenAI-compatible endpoint, or failed: it answered {told!r}")
        text, is_cut = (choices[0].message.content or "").strip(), choices[0].finish_reason == "length"
        usage = reply.usage
        if usage is None:
            n_prompt = sum(self.count_tokens(message.content) for message in conversation)
            return Completion(text, n_prompt, self.count_tokens(text), is_cut=is_cut)
        return Completion(text, usage.prompt_tokens, usage.completion_tokens, is_cut=is_cut)

    def _failed(self, error: Exception) -> EngineError:
        return EngineError(
            f"{self._url} did not answer ({type(error).__name__}: {error}). What was answered is kept: "
            "run the same line again when the endpoint is back"
        )
