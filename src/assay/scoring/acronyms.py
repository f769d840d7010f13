"""Where initials stand for a name or some words, or these for them: WHO, DNA, WWII, PC. Knows no other short names."""

import re
from collections.abc import Iterator, Sequence

from assay.scoring.read_text import Asked, Place, Read, Word, word_key

__all__ = ["code_of_state", "find_acronym"]

_CAPITALS = re.compile(r"\b[A-Z]{3,5}\b")
_CAPITALISED = re.compile(r"\b[A-Z](?:[.&]?[A-Z]|[a-z]{3,}\b)")
_LEAST_INITIALS = 3
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV", "5": "V"}
_SHORT = (
    ("us", "united states"), ("us", "united states america"), ("usa", "united states"),
    ("usa", "united states america"), ("uk", "united kingdom"), ("uae", "united arab emirates"),
    ("eu", "european union"), ("un", "united nations"), ("ussr", "soviet union"), ("dc", "district columbia"),
    ("la", "los angeles"), ("nyc", "new york city"), ("tv", "television"),
)  # fmt: skip


_STATES_TEXT = (
    "AL alabama AK alaska AZ arizona AR arkansas CA california CO colorado CT connecticut DE delaware FL "
    "florida GA georgia HI hawaii ID idaho IL illinois IN indiana IA iowa KS kansas KY kentucky LA louisiana "
    "ME maine MD maryland MA massachusetts MI michigan MN minnesota MS mississippi MO missouri MT montana NE "
    "nebraska NV nevada OH ohio OK oklahoma OR oregon PA pennsylvania TN tennessee TX texas UT utah VT vermont "
    "VA virginia WA washington WI wisconsin WY wyoming"
)
_STATES: dict[str, str] = {
    name: code for code, name in zip(*[iter(_STATES_TEXT.split())] * 2, strict=True)
}  # of one word


def code_of_state(name: str) -> str:
    """PA for Pennsylvania; "" for what is no state of the USA."""
    return _STATES.get(name.lower(), "")


def find_acronym(accepted: Read, said: Read, asked: Asked) -> list[Place]:
    """Where a name's initials stand for it, or it for its initials: WHO, the World Health Organization, DNA, WW2.

    Not where the question has them: NATO is no answer to what NATO stands for.
    """
    found = _find_acronym(accepted, said)
    return [one for one in found if word_key(said.text[one.start : one.end]) not in asked.keys]


def _find_acronym(accepted: Read, said: Read) -> list[Place]:
    letters = "".join(re.findall(r"[A-Z]", accepted.text))
    if re.fullmatch(r"(?:the )?(?:[A-Z]\.? ?){2,6}", accepted.text.strip()):
        return list(_runs_of_initials(letters, said))
    key = " ".join(word.key for word in accepted.content)
    names = [r"\.?".join(short.upper()) for short, long in _SHORT if _keys(long) == key]
    if code := code_of_state(accepted.text.strip(" .")):
        names.append(code)
    if len(accepted.content) == 2 and re.search(r" (?:and|&) ", accepted.text):
        names.append("&".join(word.raw[0].upper() for word in accepted.content))  # M&S
    if _is_short_for(said, accepted.content):
        return [Place(0, len(said.text), True)]
    if not _CAPITALISED.search(said.text):
        return []
    return [
        Place(match.start(), match.end(), True)
        for name in [*names, *_initialisms(accepted.content, said)]
        for match in re.finditer(rf"(?<!\w)(?:{name})(?!\w)", said.text)
    ]


def _initialisms(words: Sequence[Word], said: Read) -> Iterator[str]:
    """Patterns of the initials of some words; a number at the end stays one: WWII is not WWI."""
    if len(words) > 2 and words[0].key in _ROMAN and not words[0].raw.isdigit():  # the First World War
        rest = "".join(word.raw[0].upper() for word in words[1:])
        yield rf"{rest}\s?(?:{_ROMAN[words[0].key]}|{words[0].key})"
    number = words[-1] if len(words) > 2 and words[-1].key.isdigit() else None
    initials = "".join(word.raw[0].upper() for word in words if word is not number)
    if number is not None:
        yield rf"{initials}\s?(?:{number.raw}|{number.key})"
    elif len(initials) >= _LEAST_INITIALS and initials.isalpha():
        yield r"\.?".join(initials)
        if len(initials) > _LEAST_INITIALS:
            yield initials.title()  # Unesco
    if len(words) == 2 and initials.isalpha():
        inner = "".join(word.raw.upper() for word in words)
        yield from (short for short in _CAPITALS.findall(said.text) if _is_compound(short, inner, initials))


def _is_short_for(said: Read, words: Sequence[Word]) -> bool:
    """Whether a text is just two capitals that stand for two words: PC, NY."""
    short = "".join(word.raw for word in said.content).replace(".", "")
    if len(said.words) > 3 or len(words) != 2 or not re.fullmatch(r"[A-Z]{2}", short):
        return False
    return "".join(word.raw[0].upper() for word in words) == short


def _is_compound(short: str, inner: str, initials: str) -> bool:
    """DNA of "deoxyribonucleic acid": more letters than words."""
    rest = iter(inner)
    return short[0] == initials[0] and short[-1] == initials[-1] and all(letter in rest for letter in short)


def _keys(words: str) -> str:
    return " ".join(word_key(word) for word in words.split())


def _runs_of_initials(letters: str, said: Read) -> Iterator[Place]:
    words = said.content
    long_names = [_keys(long).split() for short, long in _SHORT if short == letters.lower()]
    for start in range(len(words)):
        for n in {len(letters), *map(len, long_names)}:
            run = words[start : start + n]
            if len(run) != n or not all(word.is_name and len(word.raw) > 1 for word in run):
                continue
            initials = "".join(word.raw[0] for word in run)
            if (n >= 3 and initials == letters) or [word.key for word in run] in long_names:
                yield Place(run[0].start, run[-1].end, True)
