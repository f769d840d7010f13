"""Where the words of one text stand in another: whole, in one piece, in nearly the same spelling. Knows no meaning."""

import itertools
import re
from collections.abc import Sequence

from assay.scoring.read_text import FUNCTION_WORDS, Place, Read, Word, word_key
from assay.scoring.word_forms import is_adverb_of, is_plural_of, is_unit_of

__all__ = ["alike", "find_loose", "find_turned", "find_words", "opposes", "sounds_alike", "without_articles"]

_ARTICLES = frozenset(("a", "an", "the"))
# before a word, these make another thing of it: non-refundable, ex-employee, vice president
_JOINED_BEFORE_TEXT = (
    "non un in dis ex bi tri semi half anti pre post counter sub vice deputy quasi pseudo multi mid co inter intra "
    "over "
    "under super ultra pro neo proto mis re de mono poly hyper hypo infra extra para step great self half"
)
_JOINED_BEFORE = frozenset(_JOINED_BEFORE_TEXT.split())
_LOOSE_BEFORE_TEXT = (
    "non ex vice deputy former assistant acting anti semi quasi pseudo pre post half bi interim associate junior "
    "past previous ex retired fake unlike"
)
_LOOSE_BEFORE = frozenset(_LOOSE_BEFORE_TEXT.split())
_JOINED_AFTER_TEXT = "free less proof resistant like elect designate"
_JOINED_AFTER = frozenset(_JOINED_AFTER_TEXT.split())
_OTHER_PLACE_TEXT = (
    "new north south east west northern southern eastern western equatorial upper lower central papua saint san "
    "great greater little"
)
_OTHER_PLACE = frozenset(_OTHER_PLACE_TEXT.split())
_OTHER_PLACE_ZH = re.compile(r"(?<![河湖海广江山陕台辽云越济淮华闽])[东南西北新]$")
_CHINESE_BEFORE = re.compile(
    r"(?:椭|倒数|非|不|未|无|副|前|半|0\.5|反|双|伪|准|亚|超|总|次|助理|代理|原|前任|过|多|单|负|(?:^|[\u4e00-\u9fff，：])-(?=$))$"
)
_OPPOSED = [
    {"to", "from"}, {"before", "after"}, {"above", "below"}, {"over", "under"}, {"with", "without"},
    {"inside", "outside"}, {"in", "outside"}, {"upstairs", "downstairs"}, {"until", "from"}, {"since", "until"},
    {"against", "for"}, {"before", "from"}, {"before", "since"},
]  # fmt: skip
_CLAUSE = re.compile(r"[.;!?。；！？\n:：]")
_NEGATES_TEXT = "not no never nor neither without except nor or 不 没 无 未 非 或"
_NEGATES = frozenset(_NEGATES_TEXT.split())
_FOOTNOTE = re.compile(r"[^\W\d_]{3,}[^\W\d_A-Z]\d{1,2}")  # Faulks1
_ABBREVIATED = {
    "st": ("street", "saint"), "mt": ("mount",), "rd": ("road",), "ave": ("avenue",), "dept": ("department",),
    "univ": ("university",), "corp": ("corporation",), "co": ("company",), "inc": ("incorporated",),
    "ltd": ("limited",), "intl": ("international",), "govt": ("government",), "mgr": ("manager",),
    "asst": ("assistant",), "blvd": ("boulevard",), "wm": ("william",), "ft": ("fort",), "approx": ("approximately",),
    "max": ("maximum",), "min": ("minimum",), "temp": ("temperature",), "info": ("information",),
    "admin": ("administrator",), "fall": ("autumn",),
}  # fmt: skip
_SHORT_TEXT = 7  # words of an answer that names a thing and says nothing of it
_BESIDE = frozenset(("beside", "near", "behind", "opposite", "outside", "above", "below", "underneath", "next"))
_VERBS = frozenset(("is", "was", "it", "located", "stands"))
_BESIDE_ZH = re.compile(r"(?:旁边|附近|后面|前面|对面|上方|下方|隔壁)的[\u4e00-\u9fff]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_MOST_BETWEEN = 2  # words that may stand between two words of an answer
_MOST_TURNED = 4  # words that may stand in another order
_LEAST_VOWEL = 7  # letters of a name in which one vowel may be another
_LEAST_FUZZY = 8  # letters of a word in which one may be too many
_SALT = re.compile(r"(?:[aiou]te|[aeio]ne|[aio]de)$")  # in which one letter makes another substance
_MINUS = re.compile(r"(?<=[=<>]\s)-(?=\d)|(?<=[=<>])-(?=\d)")
_LEAST_LONG = 10  # letters of a word in whose middle one vowel may be another


def without_articles(words: Sequence[Word]) -> list[Word]:
    """The words without articles, but for one that stands last or alone: "vitamin A"."""
    return [word for i, word in enumerate(words) if word.key not in _ARTICLES or i == len(words) - 1 or word.raw == "A"]


def find_words(accepted: Read, said: Read) -> list[Place]:
    """Every place of an accepted answer in a text, in one piece and whole.

    "5" is not in "15", C is not in C++, refundable is not in non-refundable. Words may be joined or split: "card-1" is
    in "form card1"; and a long one or a name may differ in a letter.
    """
    wanted, words = without_articles(accepted.words), without_articles(said.words)
    if not wanted:
        return []
    joined = "".join(word.key for word in wanted)
    places = []
    for start, first in enumerate(words):
        end = _joined_end(words, start, joined, wanted) if joined.startswith(first.key) else None
        if (
            end is None
            and len(words) - start >= len(wanted)
            and all(alike(one, words[start + i]) for i, one in enumerate(wanted))
        ):
            end = start + len(wanted)
        if end is not None and _stands_alone(accepted, said, words, wanted, start, end):
            places.append(Place(words[start].start, words[end - 1].end, True))
    return places


def _joined_end(words: Sequence[Word], start: int, joined: str, wanted: Sequence[Word]) -> int | None:
    run, ends = "", set()
    for end in range(start, len(words)):
        run += words[end].key
        if not joined.startswith(run):
            return None
        if run == joined:
            return end + 1 if not _joins_numbers(words[start : end + 1], wanted) else None
        ends.add(len(run))
    return None


def _joins_numbers(words: Sequence[Word], wanted: Sequence[Word]) -> bool:
    """Whether two numbers became one, or one two: "1 20" is not "120", nor 2。5天 25天."""
    return _number_seams(words) != _number_seams(wanted)


def _number_seams(words: Sequence[Word]) -> set[int]:
    at, seams = 0, set()
    for one, after in itertools.pairwise(words):
        at += len(one.key)
        if one.key[-1].isdigit() and after.key[0].isdigit():
            seams.add(at)
    return seams


def _stands_alone(
    accepted: Read, said: Read, words: Sequence[Word], wanted: Sequence[Word], start: int, end: int
) -> bool:
    text, first, last = said.text, words[start], words[end - 1]
    if said.lang == "zh" and (
        _CHINESE_BEFORE.search(text[: first.start]) or (end - start > 2 and _OTHER_PLACE_ZH.search(text[: first.start]))
    ):
        return False
    if last.is_name and re.match(r"-[A-Z]| (?:II|III|IV|VI{0,3}|IX)\b", text[last.end :]):
        return False
    if not _is_head(said, words, wanted, start, end):
        return False
    if start:
        before = words[start - 1]
        gap = text[before.end : first.start]
        if (gap == "-" and before.key in _JOINED_BEFORE) or (
            gap.strip("-") in ("", " ") and before.key in _LOOSE_BEFORE
        ):
            return False
        if opposes(wanted[0], before):
            return False
    if first.is_name and start and _is_part_of_name(text, words[start - 1], first, last):
        return False
    if end < len(words) and text[last.end : words[end].start] == "-" and words[end].key in _JOINED_AFTER:
        return False
    if accepted.text[wanted[0].start : wanted[-1].end].count("+") != text[first.start : last.end].count("+"):
        return False  # UTC+2 is not UTC-2
    if _minus(accepted.text, wanted[0].start, wanted[-1].end) != _minus(text, first.start, last.end):
        return False  # x = 4 is not x = -4
    lead = _lead(accepted.text, wanted[0].start)
    return lead == _lead(text, first.start) if lead else True


def _minus(text: str, start: int, end: int) -> int:
    """How many numbers of a stretch have a minus before them."""
    return sum(match.start() >= start - 1 for match in _MINUS.finditer(text, 0, end))


def _is_part_of_name(text: str, before: Word, first: Word, last: Word) -> bool:
    """Whether a name is the end of another one: New York, West Virginia, Papua New Guinea."""
    return before.is_name and before.key in _OTHER_PLACE and text[before.end : first.start] in (" ", "-")


def _is_head(said: Read, words: Sequence[Word], wanted: Sequence[Word], start: int, end: int) -> bool:
    """Whether a short text does not name something beside it: "the copier beside a paper bin", 废纸篓旁边的复印机."""
    if said.lang == "zh":
        return not _BESIDE_ZH.match(said.text[words[end - 1].end :])
    if len(words) > _SHORT_TEXT or wanted[0].key in _BESIDE or start < 2:
        return True
    before = [word.key for word in words[:start] if word.key not in _ARTICLES]
    return not (set(before[1:]) & _BESIDE) or any(
        key in _VERBS or (key not in _BESIDE and key in FUNCTION_WORDS) for key in before
    )


def _lead(text: str, start: int) -> str:
    """The sign of an option before a word: "--" of --force."""
    match = re.search(r"(?:(?<=^)|(?<=[\s\"'(]))-{1,2}$", text[:start])
    return match.group() if match and text[start : start + 1].isalpha() else ""


def opposes(first: Word, before: Word) -> bool:
    """Whether the word before a place turns round the one it begins with: "from Oslo" is not "to Oslo"."""
    return first.key != before.key and any({first.key, before.key} == pair for pair in _OPPOSED)


def find_loose(accepted: Read, said: Read) -> list[Place]:
    """Where the words stand in order with a word or two between, in one clause and undenied."""
    wanted = accepted.content
    if len(wanted) < 2:
        return []
    places = []
    for start, first in enumerate(said.words):
        if alike(wanted[0], first):
            end = _loose_end(wanted, said, start)
            if end is not None and _stands_alone(accepted, said, said.words, wanted, start, end + 1):
                places.append(Place(said.words[start].start, said.words[end].end, True))
    return places


def _loose_end(wanted: Sequence[Word], said: Read, start: int) -> int | None:
    at, words = start, said.words
    own = {word.key for word in wanted}
    for one in wanted[1:]:
        passed = 0
        for place in range(at + 1, len(words)):
            word = words[place]
            if _CLAUSE.search(said.text[words[place - 1].end : word.start]):
                return None
            if alike(one, word):
                at = place
                break
            if word.key in _NEGATES or word.key in own or word.key[0].isdigit() or (word.is_name and one.is_name):
                return None
            passed += word.key not in FUNCTION_WORDS
            if said.lang == "zh" and passed:
                return None  # 北京师范大学 is not 北京大学
            if passed > (1 if len(wanted) == 2 else _MOST_BETWEEN):
                return None
        else:
            return None
    return at


_COPULA = re.compile(r"\s(?:is|are|was|were)\s(?:too |very )?$", re.IGNORECASE)


def find_turned(accepted: Read, said: Read) -> list[Place]:
    """Where the words stand in another order with "of" or a comma between: head of sales, sales head; Berg, Anna."""
    wanted = accepted.content
    if not 2 <= len(wanted) <= _MOST_TURNED or accepted.lang == "zh":
        return []
    keys = sorted(word.key for word in wanted)
    places = []
    for start in range(len(said.content) - len(wanted) + 1):
        run = said.content[start : start + len(wanted)]
        between = said.text[run[0].start : run[-1].end] + "|" + accepted.text
        is_turned = (
            re.search(r"\b(?:of|for)\b|,|'s\b", between)
            or any(key.isdigit() for key in keys)
            or (run[-1].key == wanted[0].key and _COPULA.search(said.text[run[-2].end : run[-1].start]))
        )
        if "+" in accepted.text and "+" not in between.split("|")[0]:
            continue
        if _minus(said.text, run[0].start, run[-1].end) != _minus(accepted.text, 0, len(accepted.text)):
            continue
        if any(word.end == run[0].start - 1 and word.key in _LOOSE_BEFORE for word in said.words):
            continue  # the deputy head of finance
        if is_turned and sorted(word.key for word in run) == keys and _is_plain(said, run[0].start, run[-1].end):
            places.append(Place(run[0].start, run[-1].end, True))
    return places


def _is_plain(said: Read, start: int, end: int) -> bool:
    """Whether a stretch of a text is of one clause and denies nothing."""
    denies = any(word.key in _NEGATES for word in said.words if start <= word.start < end)
    return not denies and not _CLAUSE.search(said.text[start:end])


def alike(a: Word, b: Word, least: int = 7) -> bool:
    """Whether two words are one, or one spelt in two ways.

    A name of at least `least` letters may differ as transliterations do: a vowel, c and k, a doubled letter, a silent
    h; its first letter may not. Another word by a letter too many or two exchanged, within: "employer" is not
    "employee", nitrite is no nitrate.
    """
    if a.key == b.key or (
        b.key[-1].isdigit() and _FOOTNOTE.fullmatch(b.raw) and word_key(b.raw.rstrip("0123456789")) == a.key
    ):
        return True
    if (
        _umlauts(a.raw) == b.key
        or _umlauts(b.raw) == a.key
        or (a.raw[:1] == "." and a.raw[1:].islower() and a.raw[1:] == b.raw.lower())
    ):
        return True
    if b.key in _ABBREVIATED.get(a.key, ()) or a.key in _ABBREVIATED.get(b.key, ()):
        return True
    if {a.key[0], b.key[0]} in ({"c", "k"}, {"c", "t"}) and a.is_name and b.is_name and len(a.key) >= least:
        return _simplest(a.key) == _simplest(b.key)
    if a.key[0] != b.key[0] or not (a.key + b.key).isalpha():
        return False
    if is_plural_of(a, b) or is_unit_of(a, b) or is_adverb_of(a, b):
        return True
    if abs(len(a.key) - len(b.key)) > 1:
        return False
    shorter = min(len(a.key), len(b.key))
    if a.is_name and (b.is_name or b.raw.islower()) and not a.raw.isupper():
        if shorter >= least - 1 and _simplest(a.key) == _simplest(b.key):
            return True
        if shorter >= _LEAST_VOWEL and len(a.key) == len(b.key) and _without_vowels(a.key) == _without_vowels(b.key):
            return _differ_by_one(a.key, b.key, 1, 0) and not _SALT.search(a.key)
    if shorter >= _LEAST_FUZZY - 1 and {a.key, b.key} == {a.key.removesuffix("e"), a.key.removesuffix("e") + "e"}:
        return a.key.removesuffix("e").endswith("in")  # thiamine; heroin is no heroine
    if shorter < _LEAST_FUZZY:
        return False
    if _DOUBLED.sub(r"\1", a.key) == _DOUBLED.sub(r"\1", b.key):
        return True
    if shorter >= _LEAST_LONG and _without_vowels(a.key) == _without_vowels(b.key):
        return _differ_by_one(a.key, b.key, 3, 5)
    head = 2 if shorter >= _LEAST_LONG else 3
    return (len(a.key) != len(b.key) and _differ_by_one(a.key, b.key, head, 3)) or _exchanged(a.key, b.key)


_LIKE = [(re.compile(old), new) for old, new in (
    (r"^(?:tsch|tch|ch)", "ch"), (r"ie", "i"), (r"ph", "f"), (r"(?<=[a-z])h", ""),
    (r"c(?![eiy])|ck|q", "k"), (r"z", "s"), (r"w", "v"), (r"[yj]", "i"),
    (r"(.)\1", r"\1"),
    (r"ks", "x"), (r"ou", "u"), (r"(?<=[aeo])i(?=[aeo])", ""), (r"e$", ""), (r"ii?$", "i"),
)]  # fmt: skip


_DOUBLED = re.compile(r"(.)\1")


def sounds_alike(a: Word, b: Word) -> bool:
    """Whether two names are one in two spellings that are said alike: Carl and Karl."""
    if min(len(a.key), len(b.key)) > _LEAST_VOWEL and a.key[0] == b.key[0]:
        return _without_vowels(a.key) == _without_vowels(b.key)  # Muhammad, Mohammed
    return min(len(a.key), len(b.key)) > 3 and _simplest(a.key) == _simplest(b.key)


def _umlauts(raw: str) -> str:
    """Mueller for Müller; nothing of a word without one."""
    spelt = raw.translate(_UMLAUTS)
    return "" if spelt == raw else word_key(spelt)


def _simplest(key: str) -> str:
    for old, new in _LIKE:
        key = old.sub(new, key)
    return key


def _without_vowels(key: str) -> str:
    return re.sub(r"[aeiouy]", "_", key)


def _differ_by_one(a: str, b: str, head: int, tail: int) -> bool:
    """Whether one letter is changed, missing or too many, after `head` letters and before the last `tail`."""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    return start >= head and end >= tail and max(len(a), len(b)) - start - end == 1


def _exchanged(a: str, b: str) -> bool:
    if len(a) != len(b):
        return False
    wrong = [i for i in range(len(a)) if a[i] != b[i]]
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]
