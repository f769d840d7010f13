"""Whether a text denies what stands at a place of it. Knows clauses and negations, not what the words mean."""

import re

from assay.scoring.read_text import Asked, Place, Read

__all__ = ["is_denied"]

_FAR = 9  # words between a negation and what it denies
_FAR_ZH = 14  # characters
_SAME = 15  # characters before a place; where the evidence has them too, what denies it there is part of the answer
_CLAUSE = re.compile(
    r"[,;:!?()\n]|\.(?=\s|$)| - |\b(?:but|however|because|although|though|while|whereas|since|and|yet|still|so)\b",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"(?:\b(?:not|never|nor|neither|except|no|isn't|wasn't|aren't|without|excluding|unlike|barring|non)"
    r"|\b(?:under|in|on|by|at) no (?:circumstances?|case|account|conditions?|event|means|time)"
    r"|\b(?:rather|other|different) than|instead of|"
    r"apart from|except for|different from|\bnot (?:in|by|on|at|for|the|a|an|my|your|our|their|to|from"
    r"|exactly))\s*(?:(?:the|a|an|your|our|their|my|its|any)\s)?\W*$",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|never|cannot|no longer|neither|nor|nobody|no one|without|rather than|instead of|other than"
    r"|apart from|excluding|except)\b|n't\b",
    re.IGNORECASE,
)
# negations that deny something else, or nothing: "not only", "not until 1974", "not more than 5", "who do not"
_LIMITS = re.compile(
    r"\b(?:only|just|merely|until|till|before|after|beyond|more|less|fewer|later|earlier|longer than|over|past"
    r"|exceed\w*|within|if|unless|"
    r"than|below|above|under|up to|anything|sure|certain|know|known|specif\w+|mention\w*|stat\w+|explicit\w*"
    r"|forget|confus\w*)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:who|which|that|if|when|whenever|unless|where|those|anyone|whose|until)\b", re.IGNORECASE)
_AFTER = re.compile(
    r"(?!\s*,\s*never\b)\W{0,2}\s*(?:(?:[a-z]+ly|also|still|currently|itself|himself|herself|alone)\s+)?"
    r"(?:(?:do|does|did|is|are|was|were|can|could|will|would|shall|should|must|has|have|had|may|might"
    r"|need)(?:\s+(?:also\s+)?not\b|n't)|cannot\b|never\b|no longer\b)"
    r"(?!\s+(?:only|just|merely|include|enough|the only))",
    re.IGNORECASE,
)
_ZH_CLAUSE = re.compile(r"[，。；：！？,;:!?()\n]|但是?|而是|因为|不过|然而|应该?是|改为")
_ZH_NEAR = re.compile(
    r"(?:不必|不用|不需要?|无需)(?:戴|带|用|填|交|给|有)?$|(?:不是|并非|而非|非|不为|不等于|没有|没|不|无|除了|除"
    r"|不再是|不再|不再有|别|勿|未|不含|不包括|不在|不由"
    r"|不用|并不)$"
)
_ZH_NOT = re.compile(
    r"不再|并非|而非|不是|并不|没有|无权|不能|不可|不得(?!超过|少于|低于|高于|晚于|早于|多于)|不享有|无法|没(?!错)"
    r"|(?<!除)非(?!常)"
    r"|未(?!满|来|到|经)|除了|不(?!超过|少于|低于|高于|同|仅|但|管|论|晚于|早于|满|到|足|大于|小于|多于|断|久|得"
    r"|只|单|过|含|计|包括)"
)
_ZH_PASSED = re.compile(r"的|才|只|仅|超过|直到|如果|若|当|以前|之前|后|除非|少于|多于|确定|知道|清楚|说明|提")
_ZH_EXCEPT = re.compile(r"^(?:以外|之外|除外)")
_ZH_ONLY = re.compile(r"^(?:以外|之外|外)?[，,]?(?:其他|别的|哪|谁|什么|任何)[^。，]{0,6}[都也](?:不|没)")
_ZH_AFTER = re.compile(
    r"^(?:(?:也|都|均|并|则|目前|已经?)?(?:不(?!仅|但|同|超过|少于|含|包括|包含|计|低于|高于|等|久|断|足|满)|没有?"
    r"|无权|未(?!来)|无法|并非))"
)
_ARTICLE = r"\s*(?:(?:in|on|at|by|with|to|from|for)\s+)?(?:(?:the|a|an|our|your|its)\s+)?$"
_ONLY = re.compile(
    rf"\b(?:nobody|no one|none|nothing|nowhere|no \w+)(?: else)? (?:other than|but|except|besides){_ARTICLE}",
    re.IGNORECASE,
)
_ALL_BUT = re.compile(
    rf"\b(?:any\w*|every\w*|all|each)(?: \w+)? (?:but|except|other than|besides){_ARTICLE}", re.IGNORECASE
)
_SUPPOSED = re.compile(
    r"\b(?:one|1|you|some|people|many|i|we)\s(?:might|may|could|would|often|first|wrongly)?\s?(?:be )?(?:think"
    r"|thought|assume|assumed|believe|believed|expect|guess|say)\b[^.;!?]*$"
    r"|\bat first\b[^.;!?]*$|\b(?:seems?|looks?|appears?) (?:like|to be)\b[^.;!?]*$|(?:也许会?|可能会?|大家"
    r"|很多人|不少人|人们|有人"
    r"|一般)(?:以为|认为|觉得|说)[^。；！？]*$|原以为[^。；！？]*$",
    re.IGNORECASE,
)
_BUT = re.compile(
    r"^[^.!?。]{0,40}\b(?:but|however|actually|in fact)\b|^[^。！？]{0,20}(?:但|其实|不过|实际)", re.IGNORECASE
)
_WAS = re.compile(
    r"\b(?:was|were|used to be|formerly|previously|originally)\b|原来|以前|之前|过去|原本|曾", re.IGNORECASE
)
_FORMER = re.compile(
    r"\b(?:used to be|formerly|previously)\b[^.;]{0,20}$|(?:以前|从前|原先|曾经?)是?$|(?:19|20)\d\d年(?:以前|之前)是?$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"^ (?:was|were) [^.;,]{0,30}\buntil (?:1\d|20)\d\d\b")
_NOW = re.compile(
    r"^[^.!?]{0,40}[,;.]?\s*\b(?:now|today|currently|nowadays|since then|meanwhile it is|no longer|not any ?more)\b"
    r"|^[^。！？]{0,20}[，；。]?(?:现在|如今|目前|现已|现为|改为)",
    re.IGNORECASE,
)
_ASKED_PAST = re.compile(
    r"\b(?:was|were|did|had|used to|formerly|originally|before)\b|原来|以前|之前|过去|曾", re.IGNORECASE
)
_DOUBLE = re.compile(
    r"不能不|不得不|不可不|不可缺少|必不可少|没有不|无不|莫不|少不了|免不了|缺一不可"
)  # two denials are none
_MUST_ZH = re.compile(r"非[^，。]{1,6}不可")
_COMPARED = re.compile(
    r"\b(?:(?!later|earlier|sooner|older|younger|other|rather|longer|either)[a-z]{3,}er|(?:more|less)"
    r" [a-z]{4,}) than (?:the )?$",
    re.IGNORECASE,
)
_ASKED_NOT = re.compile(
    r"\b(?:not|never|cannot|no|without|except|exclud\w+|n't)\b|n't\b|不|没|未|无|非|除|闭馆|关门|休馆|歇业",
    re.IGNORECASE,
)


def is_denied(said: Read, place: Place, asked: Asked) -> bool:
    """Whether what a text states at a place is denied there.

    Right before it ("not 25 days", 不是25天) or in its clause ("not entitled to 25 days"), or right after it as of a
    subject ("the manager does not"). In a clause, a denial that the question or the evidence has too denies nothing.
    """
    before, after = (_DOUBLE.sub("必须", part) for part in (said.text[: place.start], said.text[place.end :]))
    if said.text[max(0, place.start - _SAME) : place.end] in asked.quote.text:
        return False
    if _ONLY.search(before):
        return False
    if (
        _ALL_BUT.search(before)
        or (_SUPPOSED.search(before) and _BUT.search(after))
        or _is_past_only(before, after, asked)
    ):
        return True
    if (
        place.in_words
        and said.lang == "en"
        and _COMPARED.search(before)
        and not re.search(r"\d", said.text[place.start : place.end])
    ):
        return not re.search(r"\bthan\b", asked.quote.text)
    asks_not = bool(_ASKED_NOT.search(_MUST_ZH.sub("", asked.read.text)))
    if said.lang == "zh":
        return _is_denied_chinese(before, after, asked, asks_not)
    if (
        not (asks_not and len(before) > _SAME)
        and _NEAR.search(before[-24:])
        and not re.search(r"\b(?:why not|no\.|whether or not|not (?:only|to mention))\W*$", before, re.IGNORECASE)
    ):
        return True
    if asks_not or _quote_denies(asked):
        return False
    if _AFTER.match(after[:40]):
        return True
    clause = before[max((match.end() for match in _CLAUSE.finditer(before)), default=0) :]
    negations = list(_NOT.finditer(clause))
    if not negations:
        return False
    last = negations[-1]
    between = clause[last.end() :]
    return not (len(between.split()) > _FAR or _LIMITS.search(between) or _RELATIVE.search(clause[: last.start()]))


def _quote_denies(asked: Asked) -> bool:
    """Whether the evidence denies something: in the sentences that have an accepted answer where there are such."""
    if not _ASKED_NOT.search(asked.quote.text):
        return False
    sentences = re.split(r"[.;!?](?=\s|$)|[。；！？\n]", asked.quote.text)
    own = [one for one in sentences if any(read.text and read.text in one for read in asked.accepted)]
    return any(_ASKED_NOT.search(one) for one in own or sentences)


def _is_past_only(before: str, after: str, asked: Asked) -> bool:
    """Whether it was so and is no longer: "It was Oslo until 2010; now it is Bergen"."""
    clause = re.split(r"[.;!?，。；]|\b(?:and|but)\b|而|但", before)[-1]
    is_past = bool(_WAS.search(clause)) and bool(_NOW.search(after))
    is_former = bool(_FORMER.search(re.split(r"[,，]", clause)[-1])) or bool(_UNTIL.match(after))
    return (is_past or is_former) and not _ASKED_PAST.search(asked.read.text)


def _is_denied_chinese(before: str, after: str, asked: Asked, asks_not: bool) -> bool:
    if re.search(r"除了?$", before) and _ZH_ONLY.match(after):
        return False  # 除了吸烟室，哪里都不行
    near = _ZH_NEAR.search(before.rstrip())
    if near and not (asks_not and (len(before) > _SAME // 3 or near.group() in asked.read.text)):
        return True
    if _ZH_EXCEPT.match(after):
        return True
    if asks_not or _quote_denies(asked):
        return False
    if _ZH_AFTER.match(after):
        return True
    clause = before[max((match.end() for match in _ZH_CLAUSE.finditer(before)), default=0) :]
    negations = list(_ZH_NOT.finditer(clause))
    if not negations:
        return False
    last = negations[-1]
    between = clause[last.end() :]
    return not (
        len(between) > _FAR_ZH or _ZH_PASSED.search(between) or re.search(r"如果|若|当|凡", clause[: last.start()])
    )
