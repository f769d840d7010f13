"""Sentences by key and language, read from gettext catalogues when first asked for. Knows no result and no layout."""

import re
import string
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from gettext import c2py
from pathlib import Path
from typing import Any

from assay.errors import InputError

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

Text = str | Mapping[str, str]
"""Words of something that brings its own: by language, or plain English."""

FOLDER = Path(__file__).parent / "locales"
_ENGLISH = "en"


def languages() -> tuple[str, ...]:
    """The languages that can be asked for: English, then one for each catalogue in the folder."""
    return (_ENGLISH, *sorted(path.stem for path in FOLDER.glob("*.po")))


def message(key: str, lang: str, **values: object) -> str:
    """The sentence of a key, its values filled in; the English one where it is not translated.

    Raises:
        InputError: a language that has no catalogue.
        KeyError: a key that is in no catalogue: a programmer's mistake.
    """
    catalogue = _read(FOLDER, lang)
    if key not in catalogue.texts:
        catalogue = _read(FOLDER, _ENGLISH)
    return _Filling(catalogue.form).vformat(catalogue.texts[key], (), values)


def has_message(key: str) -> bool:
    """Whether there is a sentence for a key: names, reasons and counts of a result may be newer than the catalogue."""
    return key in _read(FOLDER, _ENGLISH).texts


def spoken(text: Text, lang: str, **values: object) -> str:
    """Words that a part brings, in `lang`, else in English, else in the first language that it speaks."""
    if isinstance(text, str):
        lang, text = _ENGLISH, {_ENGLISH: text}
    spoken_in = next((one for one in (lang, _ENGLISH) if text.get(one)), next(iter(text)))
    return _fill(text[spoken_in], spoken_in, values) if values else text[spoken_in]


def worded(text: Text) -> dict[str, str]:
    """Words by language, as plain values that can be kept."""
    return {_ENGLISH: text} if isinstance(text, str) else dict(text)


def catalogued(key: str) -> Mapping[str, str]:
    """The sentence of a key by language, as far as it is translated; nothing is read before it is looked into."""
    return _Catalogued(key)


def told(key: str, **values: object) -> dict[str, str]:
    """The sentence of a key in every language, values filled in: for what is kept and said later."""
    return {lang: _fill(text, lang, values) for lang, text in catalogued(key).items()}


def language_tag(lang: str) -> str:
    """The language as HTML writes it (BCP 47): "en", "zh-Hans"; from the catalogue's header.

    Raises:
        InputError: a language that has no catalogue.
    """
    return _read(FOLDER, lang).tag


def untranslated(lang: str) -> list[str]:
    """The keys that fall back to English: missing, empty, fuzzy, of another English sentence, or other {values}."""
    texts = _read(FOLDER, lang).texts
    return [key for key in _read(FOLDER, _ENGLISH).texts if key not in texts]


@dataclass(frozen=True, eq=False)
class _Catalogued(Mapping[str, str]):
    key: str

    def __getitem__(self, lang: str) -> str:
        if lang not in languages():
            raise KeyError(lang)
        return _read(FOLDER, lang).texts[self.key]

    def __iter__(self) -> Iterator[str]:
        return (lang for lang in languages() if self.key in _read(FOLDER, lang).texts)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True)
class _Catalogue:
    tag: str
    texts: Mapping[str, str]
    form: Callable[[int], int]  # place of the form of a word that fits a count


def _fill(text: str, lang: str, values: Mapping[str, object]) -> str:
    """The text with its values, by the rules of its language; by those of English where it has no catalogue."""
    known = lang if lang in languages() else _ENGLISH
    return _Filling(_read(FOLDER, known).form).vformat(text, (), values)


class _Filling(string.Formatter):
    """Fills in {values}; {n:question|questions} is the form that fits the count n, by the language's own rule."""

    def __init__(self, form: Callable[[int], int]) -> None:
        self._form = form

    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" not in format_spec:
            return str(super().format_field(value, format_spec))
        forms = format_spec.split("|")
        return forms[min(self._form(_whole(value)), len(forms) - 1)]


def _whole(value: object) -> int:
    """The count in a figure such as "+1" or "1,200"; what is no whole number goes with many."""
    digits = str(value).lstrip("+−-").replace(",", "")
    return int(digits) if digits.isdecimal() else 2


def _plural_rule(header: Mapping[str, str]) -> Callable[[int], int]:
    """The rule of a catalogue's Plural-Forms; that of English where it has none."""
    found = re.search(r"plural=([^;]+)", header.get("Plural-Forms", ""))
    return c2py(found[1] if found else "n != 1")


@lru_cache(maxsize=16)
def _read(folder: Path, lang: str) -> _Catalogue:
    if lang not in languages():
        known = ", ".join(languages())
        raise InputError(f'unknown language "{lang}": choose one of {known} (lang in assay.toml, or --lang)')
    import polib  # takes as long as reading a catalogue: not before a sentence is needed

    path = folder / ("assay.pot" if lang == _ENGLISH else f"{lang}.po")
    try:
        file = polib.pofile(str(path), encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is no gettext catalogue: {error}") from error
    if lang == _ENGLISH:
        return _Catalogue(_ENGLISH, {entry.msgctxt: entry.msgid for entry in file}, _plural_rule({}))
    english = _read(folder, _ENGLISH).texts
    texts = {
        entry.msgctxt: entry.msgstr
        for entry in file
        if entry.translated() and entry.msgid == english.get(entry.msgctxt) and _same_values(entry.msgid, entry.msgstr)
    }
    tag = file.metadata.get("Language", lang).replace("_", "-")
    return _Catalogue(tag, texts, _plural_rule(file.metadata))


def _same_values(a: str, b: str) -> bool:
    """Whether both take the same {values}; False for a sentence with a brace astray."""
    try:
        return _values(a) == _values(b)
    except ValueError:
        return False


def _values(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
