import re
import string
from typing import get_args

import pytest

from assay.errors import InputError
from assay.grid.cell import BEHAVIOURS, CONTEXTS
from assay.scoring.correctness import Reason
from assay.verdict.result import Cause, GapName, NextAction
from assay.words.messages import LANGUAGES, MESSAGES, message
from assay.words.messages_data import DATA_MESSAGES
from assay.words.messages_drill import DRILL_MESSAGES
from assay.words.messages_export import EXPORT_MESSAGES
from assay.words.messages_grid import GRID_MESSAGES
from assay.words.messages_label import LABEL_MESSAGES
from assay.words.messages_lines import LINE_MESSAGES
from assay.words.messages_run import RUN_MESSAGES


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", MESSAGES)
def test_every_key_speaks_both_languages_with_the_same_values(key: str) -> None:
    texts = MESSAGES[key]
    assert set(texts) == set(LANGUAGES)
    assert fields(texts["en"]) == fields(texts["zh"])
    assert not re.search(r"[\u4e00-\u9fff]", texts["en"])


def test_no_key_is_in_two_tables() -> None:
    tables = (
        DATA_MESSAGES,
        DRILL_MESSAGES,
        EXPORT_MESSAGES,
        GRID_MESSAGES,
        LABEL_MESSAGES,
        LINE_MESSAGES,
        RUN_MESSAGES,
    )
    assert len(MESSAGES) == sum(len(table) for table in tables)


def test_everything_that_a_result_can_name_has_words() -> None:
    actions = get_args(NextAction.__annotations__["action"])
    wanted = [f"cell.{context}/{behaviour}" for context in CONTEXTS for behaviour in BEHAVIOURS]
    wanted += [f"reason.{reason}" for reason in get_args(Reason)]
    wanted += [f"cause.{cause}" for cause in get_args(Cause)]
    wanted += [f"gap.{gap}{part}" for gap in get_args(GapName) for part in ("", ".why")]
    wanted += [f"action.{action}" for action in actions]
    assert set(wanted) <= set(MESSAGES)


def test_values_are_filled_in() -> None:
    assert message("plan.left_out", "en", cell="none/tuned", reason="x") == "Left out none/tuned: x"
    with pytest.raises(InputError, match="en or zh"):
        message("cell.none/tuned", "de")
