"""The Modelfile: what Ollama would render from it is what the model was trained on."""

import re

import pytest
import transformers

from assay.exporting.ollama import render_modelfile
from assay.models import LocalModel, Message
from assay.models.chat import ChatFormat


@pytest.fixture
def chat(model: LocalModel) -> ChatFormat:
    return ChatFormat(transformers.AutoTokenizer.from_pretrained(model.folder))


def _render_as_ollama(modelfile: str, user: str) -> str:
    """The text for one user turn, by Go's rules for `range .Messages`; SYSTEM goes first, as Ollama puts it."""
    template = re.search(r'TEMPLATE """(.*?)"""', modelfile, re.DOTALL)
    system = re.search(r'SYSTEM """(.*?)"""', modelfile, re.DOTALL)
    assert template
    if "{{ .Prompt }}" in template.group(1):
        return template.group(1).replace("{{ .Prompt }}", user)
    loop = re.fullmatch(r"\{\{- range \.Messages \}\}(.*?)\{\{ end \}\}(.*)", template.group(1), re.DOTALL)
    assert loop
    turns = [("system", system.group(1))] if system else []
    said = [loop.group(1).replace("{{ .Role }}", r).replace("{{ .Content }}", c) for r, c in [*turns, ("user", user)]]
    return "".join(said) + loop.group(2)


def test_ollama_renders_what_the_model_was_trained_on(chat: ChatFormat) -> None:
    modelfile = render_modelfile(chat, 32)
    assert _render_as_ollama(modelfile, "How long?\n\nIs it?") == chat.render((Message("user", "How long?\n\nIs it?"),))
    assert "named SmolLM" in modelfile  # the template's own system text
    assert modelfile.startswith("FROM ./model.gguf\n")
    for line in ("PARAMETER temperature 0", "PARAMETER num_predict 32", 'PARAMETER stop "<|im_end|>"'):
        assert line in modelfile.splitlines()


def test_a_base_without_a_template_gets_the_plain_prompt(chat: ChatFormat) -> None:
    chat.tokenizer.chat_template = None
    assert _render_as_ollama(render_modelfile(chat, 8), "How long?") == chat.render((Message("user", "How long?"),))


def test_a_format_that_is_no_chatml_is_named(chat: ChatFormat) -> None:
    chat.tokenizer.chat_template = "{% for m in messages %}[INST] {{ m['content'] }} [/INST]{% endfor %}"
    modelfile = render_modelfile(chat, 8)
    assert "TEMPLATE" not in modelfile
    assert "is no ChatML" in modelfile
