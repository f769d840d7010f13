"""A GGUF file with the Modelfile that makes Ollama ask it as it was trained: template, system text, temperature 0."""

import re
from pathlib import Path

from assay.exporting.gguf import FILE, GGUFFormat
from assay.exporting.tuned_weights import Tuned
from assay.models import Engine, Message
from assay.models.chat import ChatFormat

__all__ = ["OllamaFormat", "render_modelfile"]

# Ollama's own documentation gives this template for ChatML (docs/template.md).
_CHATML = """{{- range .Messages }}<|im_start|>{{ .Role }}
{{ .Content }}<|im_end|>
{{ end }}<|im_start|>assistant
"""
_SYSTEM = re.compile(r"<\|im_start\|>system\n(.*?)<\|im_end\|>\n", re.DOTALL)
_WINDOW = 8192


class OllamaFormat:
    """What `ollama create` takes; see `Format`. The file is asked as in `GGUFFormat`: Ollama runs llama.cpp."""

    name = "ollama"
    bits = GGUFFormat.bits

    def write(self, tuned: Tuned, folder: Path, bits: int) -> None:
        """The file and its Modelfile."""
        from transformers import AutoTokenizer

        GGUFFormat().write(tuned, folder, bits)
        chat = ChatFormat(AutoTokenizer.from_pretrained(tuned.base.folder))
        (folder / "Modelfile").write_text(render_modelfile(chat, tuned.max_new_tokens), encoding="utf-8")

    def load(self, tuned: Tuned, folder: Path, bits: int) -> Engine:
        """The file in llama.cpp; without it, its weights read back and run by transformers."""
        return GGUFFormat().load(tuned, folder, bits)

    def usage(self, tuned: Tuned) -> str:
        """Creating and asking."""
        return """```sh
ollama create my-model -f Modelfile
ollama run my-model
```"""


def render_modelfile(chat: ChatFormat, max_new_tokens: int) -> str:
    """A Modelfile for `FILE`. A chat format other than ChatML cannot be said in Ollama's language here, and is named.

    Ollama puts SYSTEM before a conversation that brings no system text of its own, as the chat templates do that have
    one built in.
    """
    lines = [f"FROM ./{FILE}", *_template_lines(chat), "PARAMETER temperature 0"]
    lines += [f"PARAMETER num_predict {max_new_tokens}", f"PARAMETER num_ctx {_WINDOW}"]
    return "\n".join([*lines, f'PARAMETER stop "{chat.tokenizer.eos_token}"', ""])


def _template_lines(chat: ChatFormat) -> list[str]:
    if chat.tokenizer.chat_template is None:
        return [f'TEMPLATE """{chat.render((Message("user", "{{ .Prompt }}"),))}"""']
    rendered = chat.render((Message("user", "hello"),))
    system = _SYSTEM.match(rendered)
    if rendered[system.end() if system else 0 :] != _as_chatml("user", "hello") + "<|im_start|>assistant\n":
        return [
            "# The model's chat template is no ChatML. It is in the GGUF file; Ollama uses it if it knows the format.",
            "# Compare what `ollama show --template` prints with README.md before you serve this.",
        ]
    said = [f'SYSTEM """{system.group(1)}"""'] if system else []
    return [f'TEMPLATE """{_CHATML}"""', *said]


def _as_chatml(role: str, content: str) -> str:
    return f"<|im_start|>{role}\n{content}<|im_end|>\n"
