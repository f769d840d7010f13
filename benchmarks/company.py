"""The example company's documents, questions and base model, as the benchmarks use them."""

import json
import sys
from pathlib import Path
from typing import Any

from assay.corpus.document import Passage
from assay.models import LocalModel, open_model
from assay.models.chat import ChatFormat
from assay.words import message

__all__ = ["base_model", "chat_format", "cut_passages", "read_questions"]

COMPANY = Path(__file__).parents[1] / "examples" / "skerrivald"


def read_questions() -> list[dict[str, Any]]:
    """The rows of the question file."""
    return [json.loads(line) for line in (COMPANY / "questions.jsonl").read_text(encoding="utf-8").splitlines()]


def read_documents() -> dict[str, str]:
    """The text of every document, by its path."""
    import kreuzberg

    folder = COMPANY / "documents"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): kreuzberg.extract_file_sync(path).content for path in files}


def cut_passages(tokenizer: Any, n_tokens: int) -> list[Passage]:
    """The documents in pieces of `n_tokens` tokens; what is left at a document's end is dropped."""
    passages = []
    for document, text in read_documents().items():
        ids = tokenizer.encode(text, add_special_tokens=False)
        for start in range(0, len(ids) - n_tokens + 1, n_tokens):
            piece = tokenizer.decode(ids[start : start + n_tokens])
            passages.append(Passage(f"{document}#{start}", document, None, "", piece))
    return passages


def _say(key: str, **values: object) -> None:
    print(message(key, "en", **values), file=sys.stderr)


def base_model() -> LocalModel:
    """The embedded base model, exported for OpenVINO."""
    model = open_model(
        engine="openvino", say=lambda key, **values: print(message(key, "en", **values), file=sys.stderr)
    )
    if not isinstance(model, LocalModel):
        raise SystemExit("the benchmark needs the embedded model")
    return model


def chat_format(folder: str | Path) -> ChatFormat:
    """The model's own chat format, padding on the left."""
    from transformers import AutoTokenizer

    return ChatFormat(AutoTokenizer.from_pretrained(folder, padding_side="left"))
