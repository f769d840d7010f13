"""Both or neither of two things that a question names: the left or the right wing. Knows no lists."""

import re

from assay.scoring.kinds.kind import Kind, Outcome
from assay.scoring.read_text import Asked, Read

__all__ = ["BOTH"]

_BOTH = re.compile(
    r"both(?: (?:of )?(?:them|these|those|the (?:two|\w+)))?(?:(?: of)?(?: the)? [a-z]+){0,2}\W*", re.IGNORECASE
)
_NEITHER = re.compile(
    r"(?:neither|none)(?: (?:one|1))?(?: of (?:them|these|those|the \w+))?(?: (?:is|was|did|does|do|are|were|has))?\W*",
    re.IGNORECASE,
)
_BOTH_ZH = re.compile(
    r"(?:两[者个侧边方舷样种]|二者)?[都均皆](?![不没未无])[\u4e00-\u9fff]{1,4}|两[者个侧边方舷样种]都?|都"
)
_NEITHER_ZH = re.compile(r"(?:两[者个侧边方舷样种]|二者)?[都均皆](?:不是|不|没有|没|未)[\u4e00-\u9fff]{0,3}")
_SAYS_BOTH = {
    "en": re.compile(r"(?<!not )(?<!n't )\bboth\b", re.IGNORECASE),
    "zh": re.compile(r"[都均皆](?![不没未无])|两[者个侧边方舷样种]"),
}
_SAYS_NEITHER = {
    "en": re.compile(
        r"\bneither\b|\bnone of (?:the (?:two|2)|them|these|those)\b|\bnot either\b|n't either\b", re.IGNORECASE
    ),
    "zh": re.compile(r"[都均皆](?:不|没|未|无)|既不|既没|也(?:不|没|未)"),
}
_OR = re.compile(
    r"(?:\b(?:the|an?|is|are|was|were|be|it|by|in|on|at|of|to|from|with|for)\s|,\s|^)(?!(?:the|an?)\s)(\w+)(?:\s\w+)?,?"
    r"\sor\s(?:the\s|an?\s)?(\w+)",
    re.IGNORECASE,
)
_OR_ZH = re.compile(r"(?:^|[是由在，,：:])?([\u4e00-\u9fff]{1,5})(?:还是|或者?)([\u4e00-\u9fff]{1,6})")
_NO = re.compile(r"(?:no|not)\b\s*(?:an? |the )?", re.IGNORECASE)
_NO_ZH = re.compile(r"(?:它们|两者|二者|都|均)*(?:不是|没有|不|没)")
_AND_ZH = re.compile(r"[\u4e00-\u9fff][和与、][\u4e00-\u9fff]")
_JOINED = (
    r"(?: (?!is\b|was\b|are\b|were\b|has\b|had\b|did\b|not\b|or\b|but\b)\w+){{0,3}},?"
    r" (?:and|as well as|along with|together with|plus|and also|but also)(?: (?!is\b|was\b|not\b)\w+){{0,3}}?"
    r" {second}\b"
)


def _alternatives(asked: Asked) -> tuple[str, str] | None:
    """The two things that a question asks to choose of, by a word each."""
    match = (_OR_ZH if asked.lang == "zh" else _OR).search(asked.question.text)
    if match is None:
        return None
    first, second = match[1], match[2]
    if asked.lang == "zh":
        first = re.split(r"[是由在]", first)[-1]
        return first, second[: max(2, len(first))]
    return first, second


def _names_both(said: Read, asked: Asked) -> bool:
    pair = _alternatives(asked)
    if pair is None:
        return False
    for first, second in (pair, pair[::-1]):
        if asked.lang == "zh":
            little = "[^，。或不没]{0,4}"
            joined = f"{re.escape(first)}{little}(?:和|与|及|、|以及|跟|同){little}{re.escape(second)}"
        else:
            joined = rf"\b{re.escape(first)}\b" + _JOINED.format(second=re.escape(second))
        if re.search(joined, said.text, re.IGNORECASE):
            return True
    return False


def _whole(accepted: Read) -> str:
    """ "both" or "neither" where an answer says just that; "" for another."""
    text = accepted.text.strip(" .。")
    both, neither = (_BOTH_ZH, _NEITHER_ZH) if accepted.lang == "zh" else (_BOTH, _NEITHER)
    if " and " in text:
        return ""
    return "neither" if neither.fullmatch(text) else "both" if both.fullmatch(text) else ""


def _reads(accepted: Read, asked: Asked) -> bool:
    whole = _whole(accepted)
    is_choice = _alternatives(asked) is not None or bool(_AND_ZH.search(asked.read.text))
    if accepted.lang == "zh" or accepted.text.lower().startswith("none"):
        return bool(whole) and is_choice
    return bool(whole)


def _denies_all(said: Read, asked: Asked) -> bool:
    """Whether a short text just denies what is asked of the two, and names neither: no moons, 不是鱼."""
    match = (_NO_ZH if said.lang == "zh" else _NO).match(said.text.strip(" .!。！"))
    if match is None:
        return False
    rest = said.text.strip(" .!。！")[match.end() :]
    words, pair = [word.key for word in Read(rest, said.lang).content], _alternatives(asked) or ()
    named = any(re.search(rf"\b{re.escape(one)}\b", said.text, re.IGNORECASE) for one in pair)
    return not named and all(key in asked.keys for key in words) and not _AND_ZH.search(rest)


def _decides(accepted: Read, said: Read, asked: Asked) -> Outcome | None:
    neither = bool(_SAYS_NEITHER[said.lang].search(said.text)) and not re.search(
        r"\bneither of (?:which|whom)\b", said.text
    )
    both = not neither and (bool(_SAYS_BOTH[said.lang].search(said.text)) or _names_both(said, asked))
    if not neither and not both:
        return "right" if _whole(accepted) == "neither" and _denies_all(said, asked) else None
    return "right" if (_whole(accepted) == "neither") == neither else "contradicted"


BOTH = Kind(name="both", reads=_reads, decides=_decides)
