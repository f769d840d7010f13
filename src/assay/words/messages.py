"""Every word for people, in English and Chinese, by key. Knows no numbers and no layout."""

from assay.errors import InputError
from assay.words.messages_data import DATA_MESSAGES
from assay.words.messages_drill import DRILL_MESSAGES
from assay.words.messages_export import EXPORT_MESSAGES
from assay.words.messages_grid import GRID_MESSAGES
from assay.words.messages_label import LABEL_MESSAGES
from assay.words.messages_lines import LINE_MESSAGES
from assay.words.messages_run import RUN_MESSAGES

__all__ = ["LANGUAGES", "MESSAGES", "message"]

LANGUAGES = ("en", "zh")
MESSAGES: dict[str, dict[str, str]] = (
    DATA_MESSAGES | DRILL_MESSAGES | EXPORT_MESSAGES | GRID_MESSAGES | LABEL_MESSAGES | LINE_MESSAGES | RUN_MESSAGES
)


def message(key: str, lang: str, **values: object) -> str:
    """The text of a key in one language, with its values filled in.

    Raises:
        InputError: a language other than English ("en") and Chinese ("zh").
        KeyError: a key that is not in the table: a programmer's mistake.
    """
    if lang not in LANGUAGES:
        raise InputError(f'unknown language "{lang}": write en or zh (lang in assay.toml, or --lang)')
    return MESSAGES[key][lang].format(**values)
