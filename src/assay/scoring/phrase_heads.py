"""The head of a phrase where a shorter answer says just that: coins, of a hoard of Roman coins. Knows no meaning."""

import re
from collections.abc import Iterator, Sequence

from assay.scoring.read_text import FUNCTION_WORDS, Asked, Place, Read, Word

__all__ = ["chinese_heads", "find_body", "find_head"]

_DESCRIBED = re.compile(r"(?:an?|some|several|two|three|\d) ", re.IGNORECASE)  # how a thing is described, not named
_HOLDERS_TEXT = (
    "crate hoard box bag basket group set pair series piece pile stack collection bunch bottle cup glass load "
    "heap chest barrel sack row herd flock pack handful layer lump sheet slice number range kind sort type "
    "mixture"
)
_HOLDERS = frozenset(_HOLDERS_TEXT.split())
_TAIL = re.compile(r"[,;(]|\b(?:of|in|on|at|with|from|for|to|by|near|under|over|that|which|who|whose|about)\b")
_NOT_LEFT_OUT_TEXT = (
    "deputy vice former ex acting assistant non not no only half anti pre post fake chief head first last"
)
_NOT_LEFT_OUT = frozenset(_NOT_LEFT_OUT_TEXT.split())
_ASKS_SORT = re.compile(r"\b(?:what|which) (?:kinds?|types?|sorts?|breeds?|colou?rs?)\b|\bhow many\b", re.IGNORECASE)
_LEAST = 3  # words that say something, from which on a phrase describes
_ALONE = re.compile(
    r"^(?:(?:it|that|this|they|there) (?:is|was|are|were|shows?|had|has)|the answer is)\s+", re.IGNORECASE
)
_SHORT = 3  # words of an answer that is a head alone

_BODIES_TEXT = (
    "department office team unit division management service group section board committee desk bureau branch "
    "company co corporation corp inc ltd limited llc plc insurance holding industry partner association "
    "society foundation orchestra choir band club institute agency authority"
)
_BODIES = frozenset(_BODIES_TEXT.split())
_ASKS_BODY = re.compile(
    r"\b(?:which|what) (?:\w+ )?(?:department|office|team|unit|division|section|board|committee|company|firm|insurer"
    r"|bureau|group)\b|\bwho\b",
    re.IGNORECASE,
)

_ZH_DESCRIBED = re.compile(
    r"[1一两几][只头匹条尊座幅把枚颗株棵位名辆艘箱批堆袋盒瓶组套件块张个种群对双片](?P<how>[^，。、]*的)?(?P<what>.{1,6})"
)
_ZH_HOW = re.compile(r"(?:带|有|刻着|刻有|写着|画着)[\u4e00-\u9fff]{1,4}的$|的$")
_ZH_NOT = re.compile(r"[不未无非没\d]")
_ZH_ASKS_SORT = re.compile(r"(?:什么|哪种|何种)(?:动物|植物|鸟|鱼|花|树|水果|乐器)")


def find_head(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """Where a text names the thing that the accepted answer describes, with fewer words and no others of the kind.

    "a hoard of Roman silver coins" is found in "some Roman coins" and "coins", not in "gold coins"; what a name or a
    short phrase leaves out may make another thing of it: a silver medal, maternity leave.
    """
    if accepted.lang == "zh":
        return ()
    return _of_description(accepted, said, asked) or find_body(accepted, said, asked)


def _of_description(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    phrase = _phrase(accepted)
    if not phrase or _ASKS_SORT.search(asked.question.text):
        return ()
    noun, others = phrase[-1], {word.key for word in phrase[:-1]}
    if noun.key in asked.keys or noun.key[0].isdigit():
        return ()
    words, found = said.words, []
    alone = Read(_ALONE.sub("", said.text.strip(" .")), "en").content
    for at, word in enumerate(words):
        if word.key != noun.key:
            continue
        start = at
        while start and words[start - 1].key in others:
            start -= 1
        before = words[start - 1] if start else None
        is_free = before is None or before.key in FUNCTION_WORDS or before.key in ("some", "several", "many")
        ends = at + 1 == len(words) or words[at + 1].key in FUNCTION_WORDS or said.text[word.end] not in " -"
        if is_free and ends and (start < at or (len(alone) == 1 and len(words) <= _SHORT + 1)):
            found.append(Place(words[start].start, word.end, True))
    return found


def _phrase(accepted: Read) -> list[Word]:
    """The words of a description up to what is told of the thing; none of what is no description."""
    text = re.sub(r"\s*[(\[].*$", "", accepted.text)
    if not _DESCRIBED.match(text) or len(Read(text, "en").content) < _LEAST:
        return []
    if any(word.key in _NOT_LEFT_OUT or word.raw.isdigit() for word in Read(text, "en").words[1:]):
        return []
    offset = len(_DESCRIBED.match(text).group())  # type: ignore[union-attr]
    held = re.match(r"(\w+) of ", text[offset:])
    if held and held[1].lower() in _HOLDERS:
        offset += held.end()
    tail = _TAIL.search(text, offset)
    end = tail.start() if tail else len(text)
    words = [word for word in Read(text[:end], "en").content if word.start >= offset]
    return words if len(words) > 1 or held else []


def find_body(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """The whole of a text where it is a department or a company without what such names end with: Facilities."""
    wanted = [word for word in accepted.words if word.key not in ("a", "an", "the")]
    given = [word for word in said.words if word.key not in ("a", "an", "the")]
    if not given or len(given) >= len(wanted) or not _ASKS_BODY.search(asked.question.text):
        return ()
    if [word.key for word in wanted[: len(given)]] != [word.key for word in given]:
        return ()
    if not all(word.key in _BODIES for word in wanted[len(given) :]) or given[-1].key in _BODIES | asked.keys:
        return ()
    rivals = re.findall(
        rf"{re.escape(accepted.text[wanted[0].start : wanted[len(given) - 1].end])}"
        rf" (\w+)",
        asked.quote.text,
    )
    return [Place(0, len(said.text), True)] if {*rivals} <= {wanted[len(given)].raw} else ()


def chinese_heads(text: str, asked: Asked) -> Iterator[str]:
    """The same of a Chinese description: 瓷盘 of 一箱带花纹的瓷盘; a kind alone, 鹤 of 白鹤, where one is asked for."""
    match = _ZH_DESCRIBED.fullmatch(text)
    if match is None or _ZH_NOT.search(text[1:]):
        return
    yield (match["how"] or "") + match["what"]
    if match["how"] or len(text) > _SHORT + 1:
        yield match["what"]
    if len(match["what"]) == 2 and _ZH_ASKS_SORT.search(asked.question.text):
        yield match["what"][-1]
