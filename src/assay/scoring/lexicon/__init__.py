"""Which words say the same, which the opposite, which deny; English and Chinese. Knows no sentence and no question."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import Stemmer

from assay.scoring.answer_language import Language

__all__ = ["Lexicon", "Sense", "load_lexicon", "stem_of"]

_STEMMER = Stemmer.Stemmer("english")


@dataclass(frozen=True)
class Sense:
    """What a word or phrase stands for: the groups that it belongs to, and whether it denies what they say."""

    groups: frozenset[str] = frozenset()
    denies: bool = False


@dataclass(frozen=True)
class Lexicon:
    """The senses of words, keyed by their stem (a phrase: its stems with spaces), and the opposites of groups."""

    senses: dict[str, Sense] = field(default_factory=dict)
    opposites: dict[str, frozenset[str]] = field(default_factory=dict)
    longest: int = 1  # words of the longest phrase, in Chinese characters

    def sense(self, stems: str) -> Sense | None:
        """What stands for this word or phrase; None where it is not known."""
        return self.senses.get(stems)


def stem_of(word: str) -> str:
    """An English word without its ending, after Snowball."""
    return str(_STEMMER.stemWord(word))


@cache
def load_lexicon(lang: Language) -> Lexicon:
    """The words of a language, from the file beside this one."""
    senses: dict[str, Sense] = {}
    opposites: dict[str, frozenset[str]] = {}
    text = resources.files(__name__).joinpath(f"{lang}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    for number, line in enumerate(lines):
        sides = line.split(" | ")
        names = [f"#{number}.{place}" for place in range(len(sides))]
        for name, side in zip(names, sides, strict=True):
            said, _, denying = side.partition(" ~ ")
            for stems, denies in [*_entries(said, lang, False), *_entries(denying, lang, True)]:
                known = senses.get(stems, Sense())
                senses[stems] = Sense(known.groups | {name}, known.denies or denies)
            opposites[name] = frozenset(names) - {name}
    unit = len if lang == "zh" else lambda stems: stems.count(" ") + 1
    return Lexicon(senses, opposites, max(map(unit, senses)))


def _entries(words: str, lang: Language, denies: bool) -> Iterator[tuple[str, bool]]:
    for word in words.split():
        yield (word if lang == "zh" else " ".join(map(stem_of, word.replace("-", "_").split("_")))), denies
