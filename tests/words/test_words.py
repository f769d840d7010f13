import re
import string
from pathlib import Path
from typing import get_args

import pytest

from assay.grid.cell import BEHAVIOURS, CONTEXTS
from assay.probes import general_probes
from assay.report.page import SECTIONS
from assay.scoring.correctness import Reason
from assay.verdict.result import Cause, Finding, GapName, Verdict, WaterfallStep
from assay.words import page as words
from assay.words.page import WORDS, has_word, word
from assay.words.page_drill import DRILL_WORDS
from assay.words.page_forgetting import FORGETTING_WORDS
from assay.words.page_grid import GRID_WORDS
from assay.words.page_label import LABEL_WORDS
from assay.words.page_method import METHOD_TERMS, METHOD_WORDS
from assay.words.page_page import PAGE_WORDS


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", WORDS)
def test_every_key_has_both_languages_with_the_same_values(key: str) -> None:
    english, chinese = WORDS[key]["en"], WORDS[key]["zh"]
    assert english.strip() and chinese.strip()
    assert _fields(english) == _fields(chinese)


def test_no_key_stands_in_two_tables() -> None:
    tables = (GRID_WORDS, METHOD_WORDS, PAGE_WORDS, FORGETTING_WORDS, LABEL_WORDS, DRILL_WORDS)
    assert len(WORDS) == sum(map(len, tables))


def test_chinese_sentences_use_chinese_punctuation() -> None:
    for key, texts in WORDS.items():
        assert not re.search(r"[\u4e00-\u9fff][,;:?!](?!\d)", texts["zh"]), key


def test_every_name_of_the_result_has_a_word() -> None:
    cells = [f"{context}/{behaviour}" for context in CONTEXTS for behaviour in BEHAVIOURS]
    steps = get_args(WaterfallStep.__annotations__["name"])
    kinds = get_args(Verdict.__annotations__["kind"])
    wanted = [f"cell.{cell}" for cell in cells]
    wanted += [f"use.{cell}" for cell in cells if not cell.startswith("oracle")]
    wanted += [f"reason.{reason}" for reason in (*get_args(Reason), "not_scored")]
    wanted += [f"cause.{cause}" for cause in get_args(Cause)]
    wanted += [f"gap.{gap}" for gap in get_args(GapName)] + [f"gap.{gap}.why" for gap in get_args(GapName)]
    wanted += [f"step.{step}" for step in steps] + [f"step.{step}.why" for step in steps]
    wanted += [f"kind.{kind}" for kind in kinds] + [f"nav.{section}" for section in SECTIONS]
    wanted += [f"term.{term}" for term in METHOD_TERMS] + [f"term.{term}.text" for term in METHOD_TERMS]
    wanted += [f"finding.{finding}" for finding in get_args(Finding)]
    wanted += [f"probe.{probe.category}" for probe in general_probes().probes]
    assert [key for key in wanted if not has_word(key)] == []


def test_fills_in_values() -> None:
    assert word("questions.page", "en", page=3) == "p. 3"
    assert word("questions.page", "zh", page=3) == "第 3 页"


def test_no_word_of_the_page_is_unused() -> None:
    folder = Path(words.__file__).parent
    texts = [
        path for path in folder.rglob("*") if path.suffix in (".py", ".html") and not path.name.startswith("words_")
    ]
    source = "".join(path.read_text("utf-8") for path in texts)
    plain = [
        key
        for key in (*PAGE_WORDS, *METHOD_WORDS)
        if key.split(".")[0] not in ("kind", "nav", "headline", "term", "count")
    ]
    assert [key for key in plain if f'"{key}"' not in source and f"'{key}'" not in source] == []
