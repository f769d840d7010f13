"""Names of people: with more or fewer parts, initials, titles. Knows no other names; those are compared as words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assay.scoring.acronyms import find_acronym
from assay.scoring.kinds.chinese_names import find_chinese_name, is_chinese_name
from assay.scoring.kinds.kind import Kind
from assay.scoring.numerals import ORDINALS
from assay.scoring.phrase_heads import find_body
from assay.scoring.read_text import FUNCTION_WORDS, Asked, Place, Read, Word, word_key
from assay.scoring.word_search import alike, find_words, sounds_alike

__all__ = ["NAME"]

_TITLES_TEXT = (
    "mr mrs ms miss dr prof professor sir dame lord lady king queen prince princess president senator judge justice "
    "captain general colonel major lieutenant sergeant rev reverend father saint st pope emperor sultan count duke "
    "chancellor minister secretary governor mayor director manager doctor chief officer ceo cfo actor actress singer "
    "author writer director composer architect engineer baron earl madame monsieur herr frau don doña ambassador "
    "admiral marshal chairman chairwoman former then vice founder coach player fellow poet painter"
)
_TITLES = frozenset(_TITLES_TEXT.split())
_INVERTED = re.compile(r"([A-ZÀ-Þ][\w'-]+), ([A-ZÀ-Þ][\w'.-]*(?: [A-ZÀ-Þ][\w'.-]*)?)")  # Berg, Anna
_LOWER = re.compile(r"(?<!')\b[^\W\d_]+\b")
_CAMEL = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z])")
_THE_NTH = re.compile(rf"(?<=[a-z]) the ({'|'.join(list(ORDINALS)[:10])})\b", re.IGNORECASE)
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_SPOKEN = 8  # words of a text without capitals that is a name, or not much more
_NAMED_AFTER_COMMA = re.compile(r",\s*(?:Jr|Sr|Lord|Lady|Baron|Earl|Duke|Count)\b")
_REGNAL = re.compile(r"(?:[1-9]|1\d)")
_SUFFIXES = frozenset(("jr", "sr", "junior", "senior", "phd", "md", "esq", "obe", "cbe", "mbe", "mp", "kc", "qc"))
_PARTICLES_TEXT = "van von v de der den del della di da du la le bin ibn al el ter ten zu dos san"
_PARTICLES = frozenset(_PARTICLES_TEXT.split())
_WHO = re.compile(
    r"\bwho(?:m|se)?\b|\bnamed after\b|\bthe (?:author|inventor|composer|painter|founder|designer) of .*"
    r" called\b|\bname of the (?:person|author|man|woman|founder|director|manager)\b|\bwhich (?:person"
    r"|author|actor|actress|singer|president|player|scientist|artist|king|queen|employee|manager)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(r"\b(?:which|what) (?=([a-z-]+)(?: ([a-z-]+))?)", re.IGNORECASE)
_ISTS = re.compile(r"\w{3}(?:ist|ician|naut|wright|woman)$|^man$")
_ROLES_TEXT = (
    "explorer inventor philosopher mathematician astronomer sculptor musician monarch ruler saint prophet "
    "pilot teacher designer photographer conductor athlete swimmer runner boxer cyclist driver footballer "
    "sailor lawyer surgeon nurse dancer historian librarian goalkeeper skier climber navigator aviator "
    "reformer leader emperor empress pharaoh"
)
_ROLES = frozenset(_ROLES_TEXT.split())
_OF_WOMEN = re.compile(r"(?:a|ette|elle|ine|ene)$")  # Paulette is not Paul
_NO_INITIALS = _TITLES | _SUFFIXES | _PARTICLES
_SHORT_FORMS = [set(one.split()) for one in (
    "william bill will billy", "robert bob rob bobby", "richard dick rick", "james jim jimmy jamie", "john jack johnny",
    "thomas tom "
    "tommy", "michael mike mick", "elizabeth liz beth betty", "margaret maggie meg peggy", "edward ed ted eddie",
    "charles charlie "
    "chuck", "joseph joe", "daniel dan danny", "samuel sam", "benjamin ben", "alexander alex", "anthony tony",
    "christopher chris", "katherine kate kathy catherine", "stephen steve steven", "matthew matt", "nicholas nick",
    "patricia pat", "jennifer jen jenny", "david dave", "kenneth ken", "donald don", "ronald ron", "gregory greg",
    "theodore teddy ted", "andrew andy "
                          "drew", "peter pete", "susan sue", "deborah debbie", "lawrence larry", "timothy tim",
)]  # fmt: skip


@dataclass(frozen=True)
class _Name:
    given: tuple[Word, ...]
    surname: Word
    number: str  # of a king: "2"
    suffix: str  # jr or sr
    start: int
    end: int
    is_titled: bool = False  # King John


def asks_for_person(asked: Asked) -> bool:
    """Whether it is asked who, or which person by what people do: which explorer, which composer."""
    if _WHO.search(asked.question.text):
        return True
    role = _ROLE.search(asked.question.text)
    words = [word.lower() for word in role.groups("")] if role else []
    return any(word in _TITLES or word in _ROLES or _ISTS.search(word) for word in words)


def _name(words: Sequence[Word]) -> _Name | None:
    """The parts of a run of words that are a person's name."""
    parts = [one for word in words for one in _letters(word)]
    while len(parts) > 1 and parts[0].key in _TITLES:
        parts = parts[1:]
    suffix = next((word.key[0] for word in parts if word.key in ("jr", "sr", "junior", "senior")), "")
    parts = [word for word in parts if word.key not in _SUFFIXES]
    parts = [word for word in parts[:-1] if word.key not in _TITLES] + parts[-1:]  # Alfred, Lord Tennyson
    number = (
        parts[-1].key if len(parts) > 1 and _REGNAL.fullmatch(parts[-1].key) and not parts[-1].raw.isdigit() else ""
    )
    parts = parts[:-1] if number else parts
    if not parts:
        return None
    is_titled = len(words) > 1 and words[0].key in _TITLES
    return _Name(tuple(parts[:-1]), parts[-1], number, suffix, words[0].start, words[-1].end, is_titled)


def _letters(word: Word) -> Sequence[Word]:
    """Initials that are written together, one by one: RL of "RL Stevenson"."""
    together = len(word.raw) in (2, 3) and word.raw.isupper() and word.key.isalpha() and word.key not in _NO_INITIALS
    return [replace(word, key=char, raw=char.upper()) for char in word.key] if together else [word]


def _is_role(key: str) -> bool:
    return key in _TITLES or key in _ROLES or bool(_ISTS.search(key) or re.search(r"\w{3}(?:er|or|ian)$", key))


def _runs(read: Read) -> list[list[Word]]:
    """The longest runs of words with capitals, initials and particles between them."""
    runs: list[list[Word]] = [[]]
    for word in read.words:
        between = read.text[runs[-1][-1].end : word.start] if runs[-1] else ""
        touches = (
            not runs[-1]
            or re.fullmatch(r"\.? ?|-", between)
            or (word.key in ("jr", "sr") and between.strip() in (",", ""))
        )
        if "." in between and runs[-1] and len(runs[-1][-1].raw) > 3:
            touches = False  # a new sentence
        is_part = word.is_name or (runs[-1] and word.key in _PARTICLES)
        if is_part and touches:
            runs[-1].append(word)
        else:
            runs.append([word] if word.is_name else [])
    return [_trimmed(run) for run in runs if _trimmed(run)]


def _trimmed(run: list[Word]) -> list[Word]:
    while run and run[-1].key in _PARTICLES:
        run = run[:-1]
    while run and run[0].key in (
        "the",
        "a",
        "an",
        "by",
        "it",
        "he",
        "she",
        "his",
        "her",
        "in",
        "on",
        "at",
        "to",
        "and",
        "but",
        "as",
        "after",
        "when",
    ):
        run = run[1:]
    return run


def _own(accepted: Read) -> Sequence[Word]:
    """Its words without an article before a title, or what the person is: the Reverend John Ashby, German composer …"""
    words = accepted.words[1:] if accepted.words[:1] and accepted.words[0].key in ("the", "a", "an") else accepted.words
    role = next((i for i, word in enumerate(words) if word.raw.islower() and word.key not in _PARTICLES), None)
    if role is not None and role < len(words) - 1 and _is_role(words[role].key):
        return words[role + 1 :]
    return words if len(words) > 1 and words[0].key in _TITLES else accepted.words


def _reads(accepted: Read, asked: Asked) -> bool:
    if accepted.lang == "zh":
        return is_chinese_name(accepted, asked)
    words = _own(accepted)
    if (
        not words
        or any(char in accepted.text for char in ";/")
        or any(word.key[0].isdigit() and word.raw.isdigit() for word in words)
    ):
        return False
    is_name = all(word.is_name or word.key in _PARTICLES for word in words) and len(words) <= 7
    is_titled = words[0].key in _TITLES and len(words) > 1
    return is_name and (asks_for_person(asked) or is_titled) and "," not in _NAMED_AFTER_COMMA.sub("", accepted.text)


def _same_given(a: Word, b: Word) -> bool:
    if len(a.key) == 1 or len(b.key) == 1:
        return a.key[0] == b.key[0]
    if alike(a, b, least=5) or sounds_alike(a, b):
        return True
    shorter, longer = sorted((a.key, b.key), key=len)
    if len(shorter) > 3 and len(longer) > len(shorter) + 3 and longer.startswith(shorter):
        return not _OF_WOMEN.search(longer)
    return any(a.key in forms and b.key in forms for forms in _SHORT_FORMS)


def _is_part_of(fewer: Sequence[Word], more: Sequence[Word]) -> bool:
    """Whether given names are some of the others, in order."""
    rest = iter(more)
    return all(any(_same_given(one, other) for other in rest) for one in fewer)


def _same_person(given: _Name, accepted: _Name, asked: Asked) -> bool:
    are_alike = alike(accepted.surname, given.surname, least=5 if given.given and accepted.given else 7)
    if not are_alike and not sounds_alike(accepted.surname, given.surname):
        return False
    if accepted.number and given.number != accepted.number:
        return False
    if given.number and not accepted.number and accepted.given:
        return False
    if given.suffix and accepted.suffix and given.suffix != accepted.suffix:
        return False
    return _given_agree(given, accepted, asked)


def _given_agree(given: _Name, accepted: _Name, asked: Asked) -> bool:
    a = [word for word in accepted.given if word.key not in _PARTICLES]
    g = [word for word in given.given if word.key not in _PARTICLES]
    if not a:
        return not g or _agrees_with_fuller(given, accepted, asked)
    if not g:  # the surname alone, where nobody else could be meant
        rivals = [one for one in asked.accepted if one.words and one.words[-1].key == accepted.surname.key]
        firsts = {name.given[0].key for one in rivals if (name := _name(_own(one))) and name.given}
        is_asked = accepted.surname.key in asked.keys or _has_namesake(accepted, asked)
        return not is_asked and len(firsts) <= 1 and asks_for_person(asked)
    if (
        len(a) > 1
        and len(g) > 1
        and _same_given(a[0], g[0])
        and not _same_given(a[1], g[1])
        and not (
            len(a) != len(g)
            and min(len(a), len(g)) > 1
            and len(a[1].key) > 1
            and len(g[1].key) > 1
            and _is_part_of(*sorted((a, g), key=len))
        )
    ):
        return False
    return _is_part_of(*sorted((a, g), key=len))


def _agrees_with_fuller(given: _Name, accepted: _Name, asked: Asked) -> bool:
    """Whether given names are those of a fuller accepted name of that surname, if there is one: no Erasmus Darwin."""
    names = [name for read in asked.accepted if (name := _name(_own(read))) and name.given]
    fuller = [name for name in names if name.surname.key == accepted.surname.key]
    return not fuller or any(_given_agree(given, name, asked) for name in fuller)


def _has_namesake(accepted: _Name, asked: Asked) -> bool:
    """Whether the evidence names somebody else of that surname."""
    names = [name for run in _runs(asked.quote) if (name := _name(run))]
    given = accepted.given[0]
    return any(
        name.surname.key == accepted.surname.key and name.given and not _same_given(name.given[0], given)
        for name in names
    )


def _find(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    if accepted.lang == "zh":
        return find_chinese_name(accepted, said, asked) if len(accepted.words) > 1 else find_words(accepted, said)
    wanted = _name(_own(accepted))
    if wanted is None:
        return find_words(accepted, said)
    said = _with_capitals(said, accepted)
    places = []
    for run in _runs(said):
        places += [Place(*span, True) for span in _spans(run, said.text, wanted, asked)]
    return (
        places
        or [place for place in find_words(accepted, said) if _is_joined_or_quoted(place, said, accepted, asked)]
        or find_body(accepted, said, asked)
        or find_acronym(accepted, said, asked)
    )


def _is_joined_or_quoted(place: Place, said: Read, accepted: Read, asked: Asked) -> bool:
    """Whether words of a name are written as one, or stand so in the evidence."""
    is_joined = len(accepted.words) > 1 and " " not in said.text[place.start : place.end]
    return is_joined or said.text[place.start : place.end + 8] in asked.quote.text


def _with_capitals(said: Read, accepted: Read) -> Read:
    """A text in which names can be told: "robert stevenson", "Berg, Anna", RobertStevenson, "John Paul the Second"."""
    text = said.text
    inverted = _INVERTED.fullmatch(text.strip(" ."))
    first, last = accepted.words[0].key, accepted.words[-1].key
    if inverted and last == word_key(inverted[1]) and first[0] == inverted[2][0].lower():
        text = f"{inverted[2]} {inverted[1]}"
    if not any(word.is_name for word in said.words[1:]) and len(said.words) <= _SPOKEN:
        text = _LOWER.sub(lambda match: _capital(match.group()), text)
    if not _CAMEL.search(accepted.text):
        text = _CAMEL.sub(" ", text)
    text = _THE_NTH.sub(lambda match: " " + _ROMAN[ORDINALS[match[1].lower()]], text)
    return said if text == said.text else Read(text, said.lang)


def _capital(word: str) -> str:
    if word.upper() in _ROMAN:
        return word.upper()
    return word if word in FUNCTION_WORDS or word in _PARTICLES or not word.islower() else word.title()


def _spans(run: list[Word], text: str, wanted: _Name, asked: Asked) -> list[tuple[int, int]]:
    """Where a run of capitalised words is the person: the name ends where the run does, or before a number or Jr."""
    found = []
    for end in range(len(run), 0, -1):
        if end < len(run) and text[run[end - 1].end : run[end].start] == "-":
            continue  # half of a double name
        if end < len(run) and (wanted.given or wanted.is_titled) and not _may_follow(run, end, wanted):
            continue
        for start in range(end):
            name = _name(run[start:end]) if start == 0 or run[start - 1].key in _TITLES else None
            if name and (_same_person(name, wanted, asked) or _is_called(name, wanted, asked)):
                found.append((name.start, name.end))
    return found


def _may_follow(run: list[Word], end: int, wanted: _Name) -> bool:
    """Whether what follows a name makes no other one of it: Jr, a number, "de Monroy", a second Spanish surname."""
    if run[end].key in _SUFFIXES or run[end].key.isdigit():
        return True
    is_spanish = any(word.key in ("de", "del") for word in wanted.given) and end + 1 == len(run)
    return run[end].key in ("de", "del", "da", "von") or is_spanish


def _is_called(name: _Name, wanted: _Name, asked: Asked) -> bool:
    """Whether the given name alone is enough: the question has the surname, or the other is a place: da Vinci."""
    if name.given or not wanted.given or name.surname.key != wanted.given[0].key:
        return False
    return wanted.surname.key in asked.keys or wanted.given[-1].key == "da"  # Leonardo


NAME = Kind(
    name="name",
    reads=_reads,
    find=_find,
    can_be=lambda accepted, asked: any(not word.raw.isdigit() for word in accepted.words),
)
