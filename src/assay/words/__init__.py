"""Every word for people, by key and language, and how numbers are spelt.

Knows catalogues and formats of figures. Knows no result, no part and no layout.
"""

from assay.words.catalogue import (
    Text,
    catalogued,
    has_message,
    language_tag,
    languages,
    message,
    spoken,
    told,
    untranslated,
    worded,
)

__all__ = [
    "Text",
    "catalogued",
    "has_message",
    "language_tag",
    "languages",
    "message",
    "spoken",
    "told",
    "untranslated",
    "worded",
]
