"""The example companies as they are read: their documents by page, their questions, the script that renders them."""

import importlib.util
import json
import re
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import kreuzberg

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PAGE_MARK = "\n\nPAGEMARK {page_num}\n\n"


def load_questions(company: str) -> list[dict[str, Any]]:
    """The rows of a company's question file."""
    lines = (EXAMPLES / company / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@cache
def read_pages(path: Path) -> dict[int | None, str]:
    """The document's normalised text by page (PDF) or slide (PPTX); under None for formats without pages.

    kreuzberg 4.10 leaves `pages[n].content` empty for slides, so these are cut at the page marks in the content.
    """
    pages = kreuzberg.PageConfig(extract_pages=True, insert_page_markers=True, marker_format=PAGE_MARK)
    config = kreuzberg.ExtractionConfig(pages=pages, output_format="markdown", use_cache=False)
    result = kreuzberg.extract_file_sync(str(path), config=config)
    if path.suffix == ".pdf":
        return {page["page_number"]: normalise(page["content"]) for page in result.pages}
    if path.suffix == ".pptx":
        parts = re.split(r"PAGEMARK (\d+)", result.content)
        return {int(n): normalise(text) for n, text in zip(parts[1::2], parts[2::2], strict=True)}
    return {None: normalise(result.content)}


def normalise(text: str) -> str:
    """`text` without Markdown's table rules, pipes and escapes, and with single spaces."""
    text = re.sub(r"\|(\s*:?-+:?\s*\|)+", " ", text)
    return " ".join(text.replace("\\", "").replace("|", " ").split())


def load_render() -> ModuleType:
    """The render script as a module."""
    spec = importlib.util.spec_from_file_location("examples_render", EXAMPLES / "render.py")
    assert spec and spec.loader
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
