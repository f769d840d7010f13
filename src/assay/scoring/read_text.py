"""An answer and what it is asked for, read once: plain text, words with their places, quantities, dates, times."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from assay.questions.question import Question
from assay.scoring.answer_language import CJK, Language
from assay.scoring.lexicon import stem_of
from assay.scoring.normalise import fold_letters, plain_form
from assay.scoring.numerals import ORDINALS
from assay.scoring.values.date_values import Date, find_dates
from assay.scoring.values.quantities import Quantity, read_quantities
from assay.scoring.values.time_values import Time, find_times

__all__ = ["FUNCTION_WORDS", "Asked", "Place", "Read", "Word", "read_asked", "read_text", "word_key"]

# a word with the signs that make another one of it: C++, F#, A+, A-, .NET, 4.3.0
_WORD = re.compile(
    rf"[{CJK}]"
    rf"|(?:(?<![\w.)])\.(?=[A-Za-z]))?\d+(?:[./]\d+)+(?![{CJK}])"
    rf"|(?:(?<![\w.)])\.(?=[A-Za-z]))?[^\W_{CJK}]+(?:(?<=\d)\.\d+)*(?:(?<=\b[OD])'[A-Z][a-z]+)?(?:'s\b)?"
    rf"(?:(?:\+\+|[+#])(?![A-Za-z0-9+#])|(?<=(?<![A-Za-z])[A-Z])-(?![\w>-])|(?<=(?<![A-Za-z])[A-Z][A-Z])-(?![\w>-]))?"
)
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12",
          "xiii": "13", "xiv": "14", "xv": "15", "xvi": "16", "xvii": "17", "xviii": "18"}  # fmt: skip
_ROMAN_LETTERS = {"I": "1", "V": "5", "X": "10"}
_DAYS = {"mon": "monday", "tue": "tuesday", "tues": "tuesday", "wed": "wednesday", "thu": "thursday",
         "thur": "thursday", "thurs": "thursday", "fri": "friday", "sat": "saturday", "sun": "sunday"}  # fmt: skip
_DECADES = {"twenties": "1920s", "thirties": "1930s", "forties": "1940s", "fifties": "1950s", "sixties": "1960s",
            "seventies": "1970s", "eighties": "1980s", "nineties": "1990s"}  # fmt: skip
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_IRREGULAR = {"people": "person", "children": "child", "men": "man", "women": "woman", "feet": "foot", "teeth": "tooth",
              "mice": "mouse", "canoes": "canoe",
              "oboes": "oboe", "geese": "goose", "criteria": "criterion", "phenomena": "phenomenon", "lives": "life",
              "wolves": "wolf", "leaves": "leave", "halves": "half", "knives": "knife", "wives": "wife"}  # fmt: skip
# British and American: colour, centre, organise, licence, travelling
_SPELLINGS = [(re.compile(old), new) for old, new in (
    (r"(?<=[a-z]{2})our(?=s?$|ed$|ing$|ful$|able$|ite$"
     r"|ist$)", "or"), (r"(?<=[bt])re$", "er"), (r"is(?=(?:e[drs]?|ing|ation)$)", "iz"),
    (r"ys(?=e[drs]?$)", "yz"), (r"ogue$", "og"), (r"(?<=[aeiou])ll(?=(?:ing|ed|er)$)", "l"), (r"^grey$", "gray"),
    (r"^programme", "program"), (r"(?<=[ln])ence$", "ense"), (r"^alumin(?:i)?um$", "aluminum"), (r"^jewell", "jewel"),
    (r"^tyre$", "tire"), (r"^aeroplane", "airplane"), 
    (r"aeo|^[fh]?oe(?=[a-z]{3})|(?<=rh)oe|(?<=man)oe(?=u)|(?<=[a-z])ae(?=[a-z]{2})", "e"),
    (r"^yoghurt|^yoghourt", "yogurt"), (r"^sulph", "sulf"), (r"^cheque", "check"),
)]  # fmt: skip
FUNCTION_WORDS_TEXT = (
    "a an the and or of in on at by to for from with as than that this these those it its is are was were be been "
    "being "
    "am do does did has have had will would can could may might shall should must there here which who whom whose "
    "what when where how why so also only just very their his her our your my they we you he she i s into about "
    "的 了 是 在 和 与 及 或 为 于 以 之 该 此 这 那 就 都 也 还 被 把 由 从 向 到 按 个"
)
FUNCTION_WORDS = frozenset(FUNCTION_WORDS_TEXT.split())


@dataclass(frozen=True)
class Word:
    """A word of a text: `key` is what it is compared by, `start` and `end` are characters of the plain text."""

    key: str
    raw: str
    start: int
    end: int

    @property
    def is_name(self) -> bool:
        """Whether it begins with a capital."""
        return self.raw[:1].isupper()


@dataclass(frozen=True)
class Place:
    """Where a text states something; `in_words`: in the words of the accepted answer."""

    start: int
    end: int
    in_words: bool = False


@dataclass(frozen=True)
class Read:
    """A text as it is compared. Each part is read when it is first asked for."""

    text: str  # plain
    lang: Language

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words in order; of Chinese every character is one."""
        words = [_word(match) for match in _WORD.finditer(self.text)]
        for i, word in enumerate(words[1:], start=1):
            if word.raw in _ROMAN_LETTERS and words[i - 1].is_name and self.text[words[i - 1].end : word.start] == " ":
                words[i] = replace(word, key=_ROMAN_LETTERS[word.raw])  # World War I, George V
        return tuple(words)

    @cached_property
    def quantities(self) -> Sequence[Quantity]:
        """Its amounts, parts of dates and times of day among them."""
        return read_quantities(self.text, self.lang)

    @cached_property
    def amounts(self) -> Sequence[Quantity]:
        """Its amounts alone."""
        return [one for one in self.quantities if one.unit not in ("date", "clock")]

    @cached_property
    def dates(self) -> Sequence[Date]:
        """Its days, months and years."""
        return find_dates(self.text, self.lang)

    @cached_property
    def times(self) -> Sequence[Time]:
        """Its times of day."""
        return find_times(self.text)

    @cached_property
    def content(self) -> tuple[Word, ...]:
        """Its words without those that only join others."""
        return tuple(word for word in self.words if word.key not in FUNCTION_WORDS)


@dataclass(frozen=True)
class Asked:
    """A question with what its accepted answers are, and the words of its evidence where it has a quote."""

    question: Question
    read: Read
    accepted: tuple[Read, ...]
    quote: Read
    keys: frozenset[str] = field(default=frozenset())  # of the question's words

    @property
    def lang(self) -> Language:
        """Of the comparison."""
        return self.read.lang

    @cached_property
    def stems(self) -> frozenset[str]:
        """Its words without their endings, invent of "invented"."""
        return frozenset(stem_of(word.key) for word in self.read.content)

    def echoes(self, word: Word) -> bool:
        """Whether a word is one of the question's in another form: discovery, of "who discovered"."""
        return self.lang == "en" and stem_of(word.key) in self.stems

    @cached_property
    def head(self) -> str:
        """What is asked for in one word, the first after "who" or "what": capital, of "what is the capital of Peru"."""
        return next((word.key for word in self.read.content), "")


@lru_cache(maxsize=2048)
def read_text(text: str, lang: Language) -> Read:
    """The text, read."""
    return Read(plain_form(text, lang), lang)


@lru_cache(maxsize=1024)
def read_asked(question: Question, lang: Language) -> Asked:
    """The question, read."""
    read = read_text(question.text, lang)
    quote = question.evidence.quote if question.evidence and question.evidence.quote else ""
    accepted = tuple(read_text(answer, lang) for answer in question.answers)
    return Asked(question, read, accepted, read_text(quote, lang), frozenset(word.key for word in read.words))


def _word(match: re.Match[str]) -> Word:
    return Word(word_key(match.group()), match.group(), *match.span())


@lru_cache(maxsize=65536)
def word_key(raw: str) -> str:
    """A word without case, accents, plural and the spelling of one country; ordinals and Roman numerals as digits."""
    key = fold_letters(raw).removesuffix("'s").replace("'", "")
    if raw[:1].isupper() and key in _DAYS:
        return _DAYS[key]
    if key in _DECADES or re.fullmatch(r"\d0s", key):
        return _DECADES.get(key, f"19{key}")
    if not key.isalpha() or not key.isascii():
        ordinal = _ORDINAL.fullmatch(key)
        return ordinal[1] if ordinal else key
    if key in _ROMAN and (raw.isupper()):
        return _ROMAN[key]
    if key in ORDINALS:
        return str(ORDINALS[key])
    key = _singular(key)
    key = key.removesuffix("s") if key.removesuffix("s") in _DAYS.values() else key
    if len(key) >= 4:
        for old, new in _SPELLINGS:
            key = old.sub(new, key)
    return key


def _singular(key: str) -> str:
    if key in _IRREGULAR:
        return _IRREGULAR[key]
    if key.endswith("ies") and len(key) > 4:
        return key[:-3] + "y"
    if re.search(r"(?:ss|x|z|ch|sh|[a-z]{3}o)es$", key):
        return key[:-2]
    return key[:-1] if key.endswith("s") and len(key) > 3 and not key.endswith(("ss", "us", "is")) else key
