"""Names of people: with more or fewer parts, initials, titles. Knows no other names; those are compared as words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assay.scoring.kinds.kind import Kind
from assay.scoring.phrase_heads import find_body
from assay.scoring.read_text import Asked, Place, Read, Word, read_text
from assay.scoring.surnames import SURNAMES
from assay.scoring.word_search import alike, find_words

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
_REGNAL = re.compile(r"(?:[1-9]|1\d)")
_SUFFIXES = frozenset(("jr", "sr", "junior", "senior", "phd", "md", "esq", "obe", "cbe", "mbe", "mp", "kc", "qc"))
_PARTICLES_TEXT = "van von de der den del della di da du la le bin ibn al el ter ten zu dos san"
_PARTICLES = frozenset(_PARTICLES_TEXT.split())
_WHO = re.compile(
    r"\bwho(?:m|se)?\b|\bname of the (?:person|author|man|woman|founder|director|manager)\b|\bwhich (?:person"
    r"|author|actor|actress|singer|president|player|scientist|artist|king|queen|employee|manager)\b",
    re.IGNORECASE,
)
_NEGATES = re.compile(r"\bnot\b|n't\b", re.IGNORECASE)
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


_WHO_ZH = re.compile(r"谁|哪位|何人|哪个人|名字|姓名|叫什么")
_SURNAMES = frozenset(
    SURNAMES + "张劉陳楊黃趙吳馬孫羅鄭謝許韓馮鄧蕭葉蘇呂盧鍾譚陸範賈韋鄒龍顧龔萬錢嚴湯欧司诸上"
)  # and in traditional characters
_NO_NAMES_TEXT = "高管 经理 主管 方案 金融 石油 周一 向导 任何 万人 马上 武警 江苏 陆军 史官"
_NO_NAMES = frozenset(_NO_NAMES_TEXT.split())
_TITLES_ZH = re.compile(
    "先生|女士|小姐|博士|教授|老师|律师|医生|医师|工程师|同志|院士|师傅|总监|助理|秘书|董事|会计|护士|队长|校长"
    "|局长|科长|站长|班长"
)
_AFTER_NAME = frozenset(
    "吧呢啊嘛了的是在负和与及为担说提任将会于也都由向对等先女小经主总教老同博院部处科组审批签管编写创著发译制领带通已可应需给让把被从跟或做当去来到有没不该要"
    "请随则即便本就参加出进导执认指表建设开获完办接受收理回答复告者工员一二三两四五所以兼共亲自来协起获被称曾专首单独最终统"
)


@dataclass(frozen=True)
class _Name:
    given: tuple[Word, ...]
    surname: Word
    number: str  # of a king: "2"
    suffix: str  # jr or sr
    start: int
    end: int


def _is_chinese_name(accepted: Read) -> bool:
    """Two to four characters, the first of which is a usual surname."""
    text = accepted.text.strip()
    return bool(re.fullmatch(r"[\u4e00-\u9fff]{2,4}", text)) and text[0] in _SURNAMES and text not in _NO_NAMES


def _asks_for_person(asked: Asked) -> bool:
    return bool(_WHO.search(asked.question.text))


def _name(words: Sequence[Word]) -> _Name | None:
    """The parts of a run of words that are a person's name."""
    parts = list(words)
    while len(parts) > 1 and parts[0].key in _TITLES:
        parts = parts[1:]
    suffix = next((word.key[0] for word in parts if word.key in ("jr", "sr", "junior", "senior")), "")
    parts = [word for word in parts if word.key not in _SUFFIXES]
    number = (
        parts[-1].key if len(parts) > 1 and _REGNAL.fullmatch(parts[-1].key) and not parts[-1].raw.isdigit() else ""
    )
    parts = parts[:-1] if number else parts
    if not parts:
        return None
    return _Name(tuple(parts[:-1]), parts[-1], number, suffix, words[0].start, words[-1].end)


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
    """Its words without an article before a title: the Reverend John Ashby."""
    words = accepted.words
    is_titled = len(words) > 2 and words[0].key == "the" and words[1].key in _TITLES
    return words[1:] if is_titled else words


def _reads(accepted: Read, asked: Asked) -> bool:
    if accepted.lang == "zh":
        return bool(re.search("[·・]", accepted.text)) or (
            _WHO_ZH.search(asked.question.text) is not None and _is_chinese_name(accepted)
        )
    words = _own(accepted)
    if (
        not words
        or any(char in accepted.text for char in ";/")
        or any(word.key[0].isdigit() and word.raw.isdigit() for word in words)
    ):
        return False
    is_name = all(word.is_name or word.key in _PARTICLES for word in words) and len(words) <= 7
    is_titled = words[0].key in _TITLES and len(words) > 1
    return (
        is_name and (_asks_for_person(asked) or is_titled) and "," not in re.sub(r",\s*(?:Jr|Sr)\b", "", accepted.text)
    )


def _same_given(a: Word, b: Word) -> bool:
    if len(a.key) == 1 or len(b.key) == 1:
        return a.key[0] == b.key[0]
    return alike(a, b, least=5) or any(a.key in forms and b.key in forms for forms in _SHORT_FORMS)


def _is_part_of(fewer: Sequence[Word], more: Sequence[Word]) -> bool:
    """Whether given names are some of the others, in order."""
    rest = iter(more)
    return all(any(_same_given(one, other) for other in rest) for one in fewer)


def _same_person(given: _Name, accepted: _Name, asked: Asked) -> bool:
    if not alike(accepted.surname, given.surname, least=5 if given.given and accepted.given else 7):
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
        return True
    if not g:  # the surname alone, where nobody else could be meant
        rivals = [one for one in asked.accepted if one.words and one.words[-1].key == accepted.surname.key]
        firsts = {one.words[0].key for one in rivals if len(one.words) > 1}
        is_asked = accepted.surname.key in asked.keys or _has_namesake(accepted, asked)
        return not is_asked and len(firsts) <= 1 and _asks_for_person(asked)
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
        return _find_chinese(accepted, said, asked) if len(accepted.words) > 1 else find_words(accepted, said)
    wanted = _name(_own(accepted))
    if wanted is None:
        return find_words(accepted, said)
    if not any(word.is_name for word in said.words):
        return find_words(accepted, said)
    if inverted := _INVERTED.fullmatch(said.text.strip(" .")):
        said = read_text(f"{inverted[2]} {inverted[1]}", said.lang)
    places = []
    for run in _runs(said):
        places += [Place(*span, True) for span in _spans(run, said.text, wanted, asked)]
    return (
        places
        or [place for place in find_words(accepted, said) if said.text[place.start : place.end + 8] in asked.quote.text]
        or find_body(accepted, said, asked)
    )


def _spans(run: list[Word], text: str, wanted: _Name, asked: Asked) -> list[tuple[int, int]]:
    """Where a run of capitalised words is the person: the name ends where the run does, or before a number or Jr."""
    found = []
    for end in range(len(run), 0, -1):
        if end < len(run) and text[run[end - 1].end : run[end].start] == "-":
            continue  # half of a double name
        if end < len(run) and wanted.given and run[end].key not in _SUFFIXES and not run[end].key.isdigit():
            continue
        for start in range(end):
            name = _name(run[start:end]) if start == 0 or run[start - 1].key in _TITLES else None
            if name and (_same_person(name, wanted, asked) or _is_called(name, wanted, asked)):
                found.append((name.start, name.end))
    return found


def _is_called(name: _Name, wanted: _Name, asked: Asked) -> bool:
    """Whether the given name alone is told where the question has the surname: "Who is John Berg's brother?" """
    return (
        not name.given
        and bool(wanted.given)
        and name.surname.key == wanted.given[0].key
        and wanted.surname.key in asked.keys
    )


def _find_chinese(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """A foreign name: all its parts, or some with the last, which alone will do where the question asks who."""
    if not re.search("[·・]", accepted.text):
        places = [place for place in find_words(accepted, said) if _ends_there(said.text, place)]
        places = places or [
            Place(*match.span(), True)
            for match in re.finditer(rf"(?<![\u4e00-\u9fff]){accepted.text.strip()[1:]}(?![\u4e00-\u9fff])", said.text)
            if len(accepted.text.strip()) == 3
        ]
        return places or _find_titled(accepted.text.strip(), said, asked)
    parts = [part for part in re.split(r"[·・]", accepted.text) if part]
    places = list(find_words(accepted, said))
    for match in re.finditer(r"[\u4e00-\u9fffA-Za-z.]+(?:[·・][\u4e00-\u9fffA-Za-z.]+)+", said.text):
        given = re.split(r"[·・]", match.group())
        last = next((i for i, part in enumerate(given) if i and part.startswith(parts[-1])), None)
        if last is None or not given[0].endswith(tuple(parts[:-1])):
            continue
        middle, wanted = given[1:last], parts[1:-1]
        fewer, more = sorted((middle, wanted), key=len)
        if all(part in more for part in fewer):
            places.append(Place(*match.span(), True))
    who = re.search(r"谁|哪位|何人|哪个人|名字|姓名", asked.question.text)
    if not places and who and len(parts[-1]) > 1 and parts[-1] not in asked.question.text:
        places += [
            Place(*match.span(), True)
            for match in re.finditer(
                rf"(?:(?<![·・\u4e00-\u9fff])|(?<=[是由为叫即和与给被向]))(?<![·・]){re.escape(parts[-1])}(?![·・])",
                said.text,
            )
        ]
    return places


def _find_titled(name: str, said: Read, asked: Asked) -> Sequence[Place]:
    """Where a surname with a title stands for a person, 王经理 for 王建国, if the evidence has no other of it."""
    others = {match for match in re.findall(rf"{name[0]}[\u4e00-\u9fff]{{{len(name) - 1}}}", asked.quote.text)} - {name}
    if others or len(name) > 3:
        return ()
    titled = re.compile(
        rf"(?<![\u4e00-\u9fff]){name[0]}(?:先生|女士|总|经理|主任|老师|教授|博士|工|处长|局长|部长|医生|律师|师傅"
        rf"|总监)|是{name[0]}(?:先生|女士|总|经理|主任|老师|教授|博士|医生|律师|总监)"
    )
    return [Place(*match.span(), True) for match in titled.finditer(said.text)]


def _ends_there(text: str, place: Place) -> bool:
    """Whether a Chinese name ends where it was found: 张伟 is not in 张伟明; after a name stands a title or a verb."""
    after = text[place.end : place.end + 1]
    if _TITLES_ZH.match(text, place.end):
        return True
    return after in _AFTER_NAME or not "\u4e00" <= after <= "\u9fff"


NAME = Kind(
    name="name",
    reads=_reads,
    find=_find,
    can_be=lambda accepted, asked: any(not word.raw.isdigit() for word in accepted.words),
)
