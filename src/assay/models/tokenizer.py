"""A model's tokenizer and chat template without transformers, which takes seconds to import.

For most models the folder's own `tokenizer.json` and template suffice. Whether they do for this one is found out when
the folder is first read: both are asked the same, and only where all that they say is equal the plain one is used.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

__all__ = ["PlainTokenizer", "load_tokenizer"]

_MARK = "tokenizer.checked"  # a file in the folder: the version of the check, and how it ended
_VERSION = "1"  # of the check and of `PlainTokenizer`: count up when either changes
_TEXTS = (
    "Round trip:  2025, EUR 45.50 (naïve) 中文，请问？\n\tok <|im_end|> </s> <s> ﬁ don't , it 's . !",
    " leading and trailing ",
    "",
)
_CONVERSATIONS = (
    [{"role": "system", "content": "Be brief."}, {"role": "user", "content": " How many?\n"}],
    [{"role": "user", "content": "One"}, {"role": "assistant", "content": "1"}, {"role": "user", "content": "Two"}],
)


def load_tokenizer(folder: Path) -> Any:
    """The tokenizer of a model's folder: `PlainTokenizer` where it does the same, else that of transformers."""
    mark = folder / _MARK
    known = mark.read_text() if mark.is_file() else ""
    if known == f"{_VERSION} same":
        return PlainTokenizer(folder)
    from transformers import AutoTokenizer

    usual = AutoTokenizer.from_pretrained(folder)
    if not known.startswith(_VERSION):
        with suppress(OSError):  # a folder that cannot be written is checked each time
            mark.write_text(f"{_VERSION} {'same' if _do_the_same(folder, usual) else 'differs'}")
    return usual


def _do_the_same(folder: Path, usual: Any) -> bool:
    try:
        return _sayings(PlainTokenizer(folder)) == _sayings(usual)
    except Exception:  # whatever it is, transformers knows better
        return False


def _sayings(tokenizer: Any) -> list[Any]:
    ids = [list(tokenizer.encode(text, add_special_tokens=special)) for text in _TEXTS for special in (True, False)]
    texts = [tokenizer.decode(some, skip_special_tokens=True) for some in [*ids, [tokenizer.eos_token_id]]]
    rendered = [_rendered(tokenizer, turns) for turns in _CONVERSATIONS]
    return [ids, texts, tokenizer.eos_token_id, tokenizer.bos_token_id, tokenizer.chat_template, rendered]


def _rendered(tokenizer: Any, turns: Sequence[Mapping[str, str]]) -> str | None:
    if tokenizer.chat_template is None:
        return None
    try:
        return str(tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True))
    except Exception as error:  # of the template itself
        return f"{type(error).__name__}: {error}"


class PlainTokenizer:
    """The part of a transformers tokenizer that `ChatFormat` and the engines use.

    Raises:
        ValueError, KeyError, OSError: a folder whose tokenizer does more than its files say.
    """

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        config = json.loads((folder / "tokenizer_config.json").read_text("utf-8"))
        if config.get("clean_up_tokenization_spaces"):
            raise ValueError("decoded texts would have to be cleaned up")
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        names = [name for name in config if name.endswith("_token") and isinstance(config[name], str | dict)]
        self._special = {name: _text(config[name]) for name in names}
        self.eos_token_id = self._tokenizer.token_to_id(self._special["eos_token"])
        bos = self._special.get("bos_token")
        self.bos_token_id = None if bos is None else self._tokenizer.token_to_id(bos)
        file = folder / "chat_template.jinja"
        self.chat_template: str | None = file.read_text("utf-8") if file.is_file() else config.get("chat_template")
        self._template = _compile(self.chat_template) if self.chat_template is not None else None

    def encode(self, text: str, add_special_tokens: bool = True) -> list[int]:
        """Token ids of a text."""
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=add_special_tokens).ids
        return ids

    def decode(self, ids: Sequence[int], skip_special_tokens: bool = False) -> str:
        """The text of token ids."""
        return str(self._tokenizer.decode(ids, skip_special_tokens=skip_special_tokens))

    def apply_chat_template(
        self, turns: Sequence[Mapping[str, str]], tokenize: bool = False, add_generation_prompt: bool = False
    ) -> str:
        """The turns as the model's template writes them; it must have one."""
        if self._template is None or tokenize:
            raise ValueError("only a template can be rendered, and only as text")
        given = {"messages": turns, "tools": None, "documents": None, "add_generation_prompt": add_generation_prompt}
        return str(self._template.render(**given, **self._special))


def _text(token: str | Mapping[str, Any]) -> str:
    return token if isinstance(token, str) else str(token["content"])


def _compile(template: str) -> Any:
    """With what transformers gives templates; one with a `generation` block is refused and stays with transformers."""
    from datetime import datetime

    import jinja2
    from jinja2.ext import loopcontrols
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def raise_exception(text: str) -> None:
        raise jinja2.exceptions.TemplateError(text)

    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols])
    environment.filters["tojson"] = lambda value, **options: json.dumps(value, **{"ensure_ascii": False} | options)
    environment.globals["raise_exception"] = raise_exception
    environment.globals["strftime_now"] = lambda form: datetime.now().strftime(form)
    return environment.from_string(template)
