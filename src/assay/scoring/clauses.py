"""A text cut into clauses, each with what it states: words, quantities, names, denials. Knows no question."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Literal

from assay.scoring.answer_language import Language
from assay.scoring.claim_amounts import read_amounts
from assay.scoring.lexicon import load_lexicon, stem_of
from assay.scoring.normalise import normalise
from assay.scoring.sentences import split_sentences
from assay.scoring.surnames import SURNAMES
from assay.scoring.values.quantities import Quantity

__all__ = ["AKIN", "LITTLE", "Clause", "Word", "leading_word", "read_clauses"]

_CHINESE_OPEN = re.compile(r"因为|由于|如果|若|倘若|虽然|尽管|只有|只要|除非|(?:时|后|前|下)$")
_NOT_UNLESS = re.compile(
    r"\b(?:can|do|does|may|must|will|is|are)?\s?(?:not|never|no one|nobody)\b(?P<what>[^.;]{0,80}?)"
    r"\b(?:unless|without|until|before|except)\b"
)
_NAME = re.compile(r"(?<![.!?:]\s)(?<!^)(?<![\w\"“‘(\[*])[A-ZÀ-Þ][\w'’-]+")
_PERIODS = {
    "hourly": "hour",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
    "annually": "year",
}
_ADVERB = re.compile(rf"\b({'|'.join(_PERIODS)})\b", re.I)
_QUARTER = re.compile(r"\b(?:an? )?(quarter|half|three quarters)(?: of)? an hour\b", re.I)
_MINUTES = {"quarter": "15 minutes", "half": "30 minutes", "three": "45 minutes"}
_TWICE = re.compile(r"\b(?:twice a year|two times a year|half-yearly|semi-annually)\b", re.I)
_EACH = re.compile(
    r"\b(?:every |each |(?:within|in|after|for|than|once|about|of) (?=an? ))(?:an? )?"
    r"(?=(?:hour|day|week|month|quarter|year)\b)",
    re.I,
)
_NUMERALS = {numeral: n for n, numeral in enumerate("二三四五六七八九十", start=2)} | {"两": 2}
_CHINESE_EVERY = re.compile(r"(?<=每)[二三四五六七八九十两](?=个|天|周|年|小时)")
_DATE_PART = re.compile(r"(?<= )[年月日号]")
_CHINESE_EACH = re.compile(r"每个?(月|星期|季度|小时)(?=[^\d一二三四五六七八九十两]|[一1]次)")
_YES_OR_NO = re.compile(
    r"^\W*(?:(?P<yes>yes|yeah|是的|没错|可以|能|会|对|有)|(?P<no>no|nope|不是|不可以|不行|不可|不能|不会|不对|没有|不))[,.;:!，。；：！](?=.*\w)\s*",
    re.I,
)
_NUMBER_SIGN = re.compile(r"\bNo\.\s?(?=\d)")
_LIST_MARK = re.compile(r"^\s*(?:[-*•·]|\(?\d{1,2}[.)、．](?!\d)|[（(][一二三四五六七八九十\d]{1,2}[)）])\s*")
_ENGLISH_CUT = re.compile(
    r"[;:]\s+|\s(?:[–—]|--)\s|,\s+(?:and|but|so)\s+|,\s+"
    r"|\s+(?=(?:and|but|while|whereas|because|although|though|if|unless|until|which)\s)"
)
_DENYING_CUT = re.compile(r"\s+(?=(?:without|except|excluding|instead of|rather than|but not)\b)")
_CHINESE_CUT = re.compile(r"[，；：,;。]\s*")
_ENGLISH_BOUND = re.compile(
    r"\b(?:no|not) (?=(?:more|less|fewer|later|earlier|longer|shorter|greater|higher|lower|bigger|smaller|larger) than)"
    r"|\bnot (?=(?:only|just|until)\b)"
    r"|\bno (?=matter\b)"
)
_ENGLISH_DENIALS = "not no never none nobody nothing neither nor without except excluding unless"
_ENGLISH_NO = frozenset(_ENGLISH_DENIALS.split())
_CHINESE_NO = re.compile(
    r"不(?!同|断|仅|但|久|管|论|足|利|良)(?!得?(?:少于|超过|低于|高于|晚于|迟于|多于|早于))"
    r"|没|未(?!来|必)|无(?!论)|非(?!常)|勿"
)
_ARE_NOT = re.compile(r"(?:and|or) (?!(?:is|are|was|were|must|may|can)\b).*?\b(?:is|are|was|were|must|may|can) not\b")
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|must|may|can|could|will|would|do|does|did|should)\b")
_ENGLISH_IF = re.compile(r"(?:and |but |only )?(?:if|unless|until|when|once|provided|before|after|except|without)\b")
_CHINESE_IF = re.compile(r"如果|若|倘若|只有|除非|(?:的|之)?(?:时|后|前)$|以[前后]")
# neither A nor B nor C; excluded are A, B and C: all that follows
_NEITHER = re.compile(
    r"\bneither\b|^(?:excluded|excepted|not (?:covered|included|allowed)|forbidden|prohibited|nothing|none)\b"
)
_ENGLISH_LACK = re.compile(
    r"\b(?:lack(?:s|ed|ing)?|missing|absent|absence|fail(?:s|ed|ure)?|refuse[sd]?|unable|impossible|"
    r"free (?:of|from)(?! charge)|hardly|rarely|seldom|few|little|stop(?:s|ped)?|deny|denie[sd]|avoid(?:s|ed)?|"
    r"prevent(?:s|ed)?)\b"
)
_CHINESE_LACK = re.compile(r"缺少|缺乏|缺|少了|无法|难以|拒绝|没法|避免|防止|停止|失败|很少|不足")
_INHERITS = re.compile(r"^(?:as (?:is|are|does|do|was|were)|nor|neither)\b")
_ENGLISH_FUNCTION = (
    "a an the and or but if of in on at by to for from with as than then that this that these those it its he his she "
    "her they their them we our us you your i my me is are was were be been being am do does did would could might "
    "shall should here there which who whom whose what when where how why so also such other into about per under out "
    "answer yes s both either else very quite while whereas though although because since until unless once own same "
    "too"
)
_FUNCTION_WORDS = frozenset(_ENGLISH_FUNCTION.split()) | _ENGLISH_NO
_ENGLISH_GENERIC = (
    "have has had can may will must get got make made take took give given go went come came use used let set put "
    "include provide need require want thing way lot person people someone anybody everyone anyone one case time only "
    "just any all each every some more most less much many least within later than fewer longer limit"
)
_GENERIC = frozenset(map(stem_of, _ENGLISH_GENERIC.split()))
_CHINESE_FUNCTION = frozenset(
    "的了是在和与及或为于以其之该此这那就都也还被把由从对向到按请您你我他她它们吗呢吧会而且并则便即才所将等一"
)
_CHINESE_GENERIC = frozenset(
    ["可以", "可", "能", "有", "要", "时", "只", "仅", "前", "后", "内", "使", "需要", "须", "应"]
)
_CHINESE_PERSON = re.compile(f"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}")
_CJK = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_CHINESE_PIECE = re.compile(r"[a-z0-9]+|[\u3400-\u4dbf\u4e00-\u9fff]+")
AKIN = 5  # letters in which words that are akin agree at least: intern, internship
LITTLE, _SMALL = 0.3, 2.0  # what a generic word weighs; what a clause must weigh to stand alone


@dataclass(frozen=True)
class Word:
    """A word that says something. Two words say the same where their keys meet."""

    form: str
    keys: frozenset[str]
    weight: float
    is_name: bool = False  # a Chinese word that may be somebody's name


@dataclass(frozen=True)
class Clause:
    """One thing that a text states."""

    text: str
    words: tuple[Word, ...]
    quantities: tuple[Quantity, ...]
    names: frozenset[str]  # stems of capitalised words inside sentences; in Chinese unknown words like people's names
    is_condition: bool  # "if", "unless", "only after": it says when the rest holds
    is_denied: bool | None  # None: it says that something is lacking, which may be said either way

    @cached_property
    def keys(self) -> frozenset[str]:
        """What its words stand for; "~inter" says that one begins so."""
        starts = (f"~{word.form[:AKIN]}" for word in self.words if len(word.form) >= AKIN)
        return frozenset(starts).union(*(word.keys for word in self.words))

    @property
    def weight(self) -> float:
        """How much it states: its words and quantities."""
        return sum(word.weight for word in self.words) + len(self.quantities)


@lru_cache(maxsize=4096)  # a reference is read for each cell
def read_clauses(text: str, lang: Language) -> tuple[Clause, ...]:
    """The clauses of a text in order; a piece that states next to nothing belongs to its neighbour."""
    return tuple(clause for sentence in split_sentences(text) for clause in _of_sentence(sentence, lang))


def leading_word(text: str) -> Literal["yes", "no"] | None:
    """The yes or no that a text begins with, before what it states; None without one."""
    match = _YES_OR_NO.match(text)
    return None if match is None else "yes" if match["yes"] else "no"


def _of_sentence(sentence: str, lang: Language) -> Iterator[Clause]:
    plain = _YES_OR_NO.sub("", _LIST_MARK.sub("", sentence))
    if lang == "en":
        plain = _NOT_UNLESS.sub(r"can \g<what>only if", plain)
    clauses = _merged([piece for piece in _cut(plain, lang) if piece.strip()], lang)
    was_denied = is_listed = False
    for clause in _with_shared_denials(clauses):
        text = clause.text.lower()
        is_listed = is_listed or bool(_NEITHER.search(text))
        inherits = is_listed or (was_denied and bool(_INHERITS.match(text)))
        yield replace(clause, is_denied=True) if inherits else clause
        was_denied = clause.is_denied is True or inherits


def _with_shared_denials(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses of a sentence, those of a list denied with it: "not A, B or C", "A, B and C are not allowed"."""
    made = list(clauses)
    for place, clause in enumerate(clauses):
        first = next((i for i in range(place) if made[i].is_denied), None)
        if clause.text.startswith("or ") and first is not None:
            made[first:] = [replace(one, is_denied=True) for one in made[first:]]
        if clause.is_denied and _ARE_NOT.match(clause.text) and not any(_VERB.search(one.text) for one in made[:place]):
            made[:place] = [replace(one, is_denied=True) for one in made[:place]]
    return made


def _cut(sentence: str, lang: Language) -> list[str]:
    if lang == "zh":
        return _CHINESE_CUT.split(sentence)
    return [part for piece in _ENGLISH_CUT.split(sentence) for part in _DENYING_CUT.split(piece)]


def _merged(pieces: Sequence[str], lang: Language) -> list[Clause]:
    """The clauses of the pieces: one too small is read together with what stands before it, the first with the next."""
    made: list[Clause] = []
    joint = "，" if lang == "zh" else " "
    for piece in pieces:
        clause = _read(piece.strip(), lang)
        if made and _belong_together(made[-1], clause, lang):
            made[-1] = _read(f"{made[-1].text}{joint}{clause.text}", lang)
        else:
            made.append(clause)
    return [clause for clause in made if clause.weight > LITTLE]


def _belong_together(before: Clause, clause: Clause, lang: Language) -> bool:
    if before.is_denied != clause.is_denied:
        return False
    if lang == "zh":
        return min(before.weight, clause.weight) < _SMALL or bool(_CHINESE_OPEN.search(before.text))
    least = _SMALL + 1 if clause.text.startswith("and ") else _SMALL
    return before.weight < least or clause.weight < least


def _read(text: str, lang: Language) -> Clause:
    text = _say_one(_NUMBER_SIGN.sub("", text), lang)
    quantities, rest = read_amounts(text, lang)
    if lang == "zh":
        words, denials = _chinese_words(rest)
        people = frozenset(word.form for word in words if word.is_name)
        return Clause(
            text, words, quantities, people, bool(_CHINESE_IF.search(text)), _is_denied(text, denials, _CHINESE_LACK)
        )
    plain = _ENGLISH_BOUND.sub("", normalise(text, lang))
    words, denials = _english_words(rest)
    denials += sum(word in _ENGLISH_NO for word in plain.split()) - ("neither" in plain and "nor" in plain.split())
    if re.search(r"\b(?:no one|nobody|nothing|none) else\b", text.lower()):
        denials -= 1
    names = _names(text) & {word.form for word in words}
    return Clause(
        text,
        words,
        quantities,
        names,
        bool(_ENGLISH_IF.match(text.lower())),
        _is_denied(text.lower(), denials, _ENGLISH_LACK),
    )


def _is_denied(text: str, denials: int, lack: re.Pattern[str]) -> bool | None:
    return None if lack.search(text) else denials % 2 == 1


def _say_one(text: str, lang: Language) -> str:
    """The text with the amounts that words imply: "monthly" -> "every 1 month", "within a day" -> "within 1 day"."""
    if lang == "zh":
        text = text.replace("一刻钟", "15分钟")
        return _CHINESE_EVERY.sub(lambda match: str(_NUMERALS[match[0]]), _CHINESE_EACH.sub(r"每1个\1", text))
    text = _QUARTER.sub(lambda match: _MINUTES[match[1].split()[0].lower()], text)
    text = _TWICE.sub("every 6 months", _ADVERB.sub(lambda match: f"every 1 {_PERIODS[match[1].lower()]}", text))
    return _EACH.sub(r"\g<0>1 ", text)


def _names(text: str) -> frozenset[str]:
    """The stems of capitalised words, the first one of a clause left out."""
    return frozenset(stem_of(name) for found in _NAME.findall(text) for name in normalise(found, "en").split())


def _english_words(text: str) -> tuple[tuple[Word, ...], int]:
    """The words of a normalised clause and how many of them deny."""
    lexicon = load_lexicon("en")
    tokens = [(token, stem_of(token)) for token in text.split()]
    words: list[Word] = []
    denials = place = 0
    while place < len(tokens):
        for length in range(min(lexicon.longest, len(tokens) - place), 0, -1):
            form = " ".join(stem for _, stem in tokens[place : place + length])
            sense = lexicon.sense(form)
            if sense is not None and (length > 1 or tokens[place][0] not in _FUNCTION_WORDS or sense.denies):
                break
        else:
            form, sense = tokens[place][1], None
        denials += sense is not None and sense.denies
        if sense is not None or (
            tokens[place][0] not in _FUNCTION_WORDS and not form.lstrip("-").replace(".", "").isdigit()
        ):
            keys = frozenset([form]) | (sense.groups if sense else frozenset())
            is_generic = all(stem in _GENERIC or stem in _FUNCTION_WORDS for stem in form.split())
            words.append(Word(form, keys, LITTLE if is_generic else 1.0))
        place += length
    return tuple(words), denials


def _chinese_words(text: str) -> tuple[tuple[Word, ...], int]:
    """The known words of a normalised clause, the longest first; what stands between them in pairs of characters."""
    text = _DATE_PART.sub(" ", text)
    words: list[Word] = []
    denials = 0
    for piece in _CHINESE_PIECE.findall(text):
        if not _CJK.match(piece):
            words += [] if piece.isdigit() else [Word(piece, frozenset([piece]), 1.0)]
            continue
        found, n = _cut_chinese(piece)
        words += found
        denials += n
    return tuple(words), denials


def _cut_chinese(piece: str) -> tuple[list[Word], int]:
    lexicon = load_lexicon("zh")
    words: list[Word] = []
    denials, run, place = 0, "", 0
    while place < len(piece):
        for length in range(min(lexicon.longest, len(piece) - place), 0, -1):
            form = piece[place : place + length]
            sense = lexicon.sense(form)
            if sense is not None and length > 1:
                break
        else:
            form, sense = piece[place], None
        if sense is None:
            run += form
        else:
            words += _of_run(run)
            denials += len(_CHINESE_NO.findall(run)) + sense.denies
            run = ""
            words.append(Word(form, frozenset([form]) | sense.groups, LITTLE if form in _CHINESE_GENERIC else 1.0))
        place += length
    return [*words, *_of_run(run)], denials + len(_CHINESE_NO.findall(run))


def _of_run(run: str) -> list[Word]:
    """The pairs of neighbouring characters of what no list knows; together they weigh half as much as characters.

    What may be somebody's name stays whole.
    """
    words = []
    for part in re.split(f"[{''.join(sorted(_CHINESE_FUNCTION))}不没未无非]+", run):
        if _CHINESE_PERSON.fullmatch(part):
            words.append(Word(part, frozenset([part, part[-2:]]), len(part) / 2, is_name=True))
            continue
        pairs = [part[i : i + 2] for i in range(len(part) - 1)] or ([part] if part else [])
        words += [Word(pair, _pair_keys(pair), max(len(part), 1) / 2 / len(pairs)) for pair in pairs]
    return words


def _pair_keys(pair: str) -> frozenset[str]:
    """Itself, and what it stands for where it is a word of one character."""
    sense = load_lexicon("zh").sense(pair)
    return frozenset([pair]) | (sense.groups if sense else frozenset())
