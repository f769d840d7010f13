"""Every word for people, by key and language, and how numbers are spelt. Knows no result and no layout."""

from assay.words.catalogue import Text, catalogued, has_message, language_tag, languages, message, spoken, untranslated

__all__ = ["Text", "catalogued", "has_message", "language_tag", "languages", "message", "spoken", "untranslated"]
