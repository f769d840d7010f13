"""The engine for any OpenAI-compatible server: vLLM, Ollama, llama.cpp, a cloud."""

import os
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from assay.errors import EngineError, InputError, MissingExtra
from assay.masking import mask
from assay.models.endpoint_reply import ChatReply, parse_chat
from assay.models.engine import Completion, Conversation

if TYPE_CHECKING:
    from openai import OpenAI

__all__ = ["EndpointEngine", "is_here", "open_client"]

_PARALLEL = 8
_TIMEOUT_S = 120.0
_RETRIES = 4  # with the client's exponential back-off


def open_client(url: str, timeout_s: float, retries: int) -> "OpenAI":
    """The client of an address, whose query, such as a key, goes with every request.

    A server on this machine is asked directly, whatever proxy is set. The key of the usual header is read from
    ASSAY_API_KEY, then OPENAI_API_KEY.

    Raises:
        MissingExtra: the environment names a SOCKS proxy, and what speaks to one is not installed.
        InputError: an address or a proxy that is none.
    """
    from openai import DefaultHttpxClient, OpenAI

    key = os.environ.get("ASSAY_API_KEY") or os.environ.get("OPENAI_API_KEY") or "none"
    address, _, query = url.partition("?")
    asked = dict(parse_qsl(query, keep_blank_values=True))
    try:
        client = DefaultHttpxClient(trust_env=not is_here(address))
        return OpenAI(
            base_url=address,
            api_key=key,
            timeout=timeout_s,
            max_retries=retries,
            default_query=asked,
            http_client=client,
        )
    except ImportError as error:
        raise MissingExtra(
            f"{mask(address)} is to be asked through a SOCKS proxy (ALL_PROXY or the like), which needs one more "
            "package: pip install socksio, or name the host in NO_PROXY"
        ) from error
    except Exception as error:  # ValueError, or the InvalidURL of whichever HTTP library the client uses
        raise InputError(
            f"{mask(address)} cannot be asked: it or a proxy of the environment is no address ({error})"
        ) from error


def is_here(address: str) -> bool:
    """Whether a server listens on this very machine, as far as its name tells without asking anybody."""
    host = (urlsplit(address).hostname or "").rstrip(".")
    own = socket.gethostname().lower()
    if host in (own, own.partition(".")[0], "localhost") or host.endswith(".localhost"):
        return True
    try:
        ip = ip_address(host)
    except ValueError:
        return False
    return ip.is_loopback or ip.is_unspecified


class EndpointEngine:
    """One model behind a URL; see `Engine` and `open_client`."""

    def __init__(self, url: str, model: str, window: int = 8192) -> None:
        self.name = f"OpenAI-compatible endpoint {mask(url)}"
        self.window = window
        self._url, self._model = mask(url), model
        self._client = open_client(url, _TIMEOUT_S, _RETRIES)
        self.answered_by: set[str] = set()  # what the endpoint called the models that answered

    def check(self) -> None:
        """Nothing when the endpoint answers and has the model.

        Raises:
            EngineError: it does not answer, or names no such model.
        """
        from openai import OpenAIError

        try:
            names = [str(model.id) for model in self._client.with_options(max_retries=1, timeout=10).models.list()]
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
            reply = self._client.chat.completions.with_raw_response.create(
                model=self._model, messages=messages, max_tokens=max_new_tokens, temperature=0
            )
        except OpenAIError as error:
            raise self._failed(error) from error
        try:
            return self._completion(parse_chat(reply.content), conversation)
        except ValueError as error:
            raise EngineError(f"{self._url} is no OpenAI-compatible endpoint, or failed: {error}") from error

    def _completion(self, reply: ChatReply, conversation: Conversation) -> Completion:
        """The reply; tokens that the endpoint does not tell are estimated."""
        self.answered_by |= {reply.model} if reply.model else set()
        n_prompt, n_new = reply.n_prompt_tokens, reply.n_new_tokens
        if n_prompt is None:
            n_prompt = sum(self.count_tokens(message.content) for message in conversation)
        if n_new is None:
            n_new = self.count_tokens(reply.text)
        return Completion(reply.text, n_prompt, n_new, is_cut=reply.is_cut)

    def _failed(self, error: Exception) -> EngineError:
        if getattr(error, "status_code", None) in (401, 403):
            how = "set ASSAY_API_KEY, or OPENAI_API_KEY, to one that it takes"
            return EngineError(f"{self._url} refuses the key ({error}): {how}")
        return EngineError(
            f"{self._url} did not answer ({type(error).__name__}: {error}). What was answered is kept: "
            "run the same line again when the endpoint is back"
        )
