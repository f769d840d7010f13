"""Words that say the opposite of each other, of which a question asks one: open and closed, ends and starts."""

import re
from collections.abc import Iterator

from assay.scoring.read_text import Asked, Place, Read

__all__ = ["OPPOSITES", "says_opposite"]

OPPOSITES = {
    "open": "closed|shut", "closed": "open", "included": "excluded|extra", "valid": "invalid|expired",
    "optional": "mandatory|compulsory|obligatory", "mandatory": "optional|voluntary",
    "compulsory": "optional|voluntary", "obligatory": "optional|voluntary", "required": "optional|voluntary",
    "free": "charged|costs?|pay|pays|paid|fee",
    "available": "unavailable|sold out", "safe": "dangerous|unsafe", "legal": "illegal", "alive": "dead",
    "empty": "full", "full": "empty", "paid": "unpaid",
    "refundable": "nonrefundable", "automatic": "manual", "allowed": "forbidden", "possible": "impossible",
    "passed": "rejected|defeated|voted down", "approved": "rejected|refused|turned down", "granted": "denied|refused",
    "accepted": "rejected|refused", "successful": "unsuccessful", "guilty": "innocent|acquitted", "won": "lost",
}  # fmt: skip
_ENDS, _BEGINS = r"expir\w+|ends?|ended|finish\w*", r"valid from|takes? effect|starts?|started|begins?|began"
_LEAVES = r"resign\w*|retire[ds]?|quits?|step(?:s|ped)? down"
_JOINS = r"appointed|joined|hired|takes? office|took office"
_ASKED_EN = (  # what a question asks about, and the other end of it
    ("closed", "open"), ("open", "closed|shut|closes?"), ("opens", "closes"), ("closes", "opens"),
    (_ENDS, _BEGINS), (_BEGINS, _ENDS), (_LEAVES, _JOINS), (_JOINS, _LEAVES),
    ("born", "died|death"), ("die|died|death", "born"), (r"arriv\w+", r"depart\w*"), (r"depart\w*", r"arriv\w+"),
    ("maximum|highest|most", "minimum|lowest|least"), ("minimum|lowest|least", "maximum|highest|most"),
    ("gross", "net"), ("net", "gross"), ("check[- ]?in", "check[- ]?out"), ("check[- ]?out", "check[- ]?in"),
)  # fmt: skip
_ENDS_ZH, _BEGINS_ZH = "到期|失效|截止|结束|闭幕|期满", "生效|起算|开始|开幕|启动"
_LEAVES_ZH, _JOINS_ZH = "离职|辞职|卸任|退休", "入职|上任|就任|到任|任命"
_ASKED_ZH = (
    ("闭馆|关门|休馆|关闭|歇业", "(?<!不)(?:开放|开门|营业|开馆)"),
    ("开放|开门|营业|开馆", "(?<!不)(?:闭馆|关门|休馆|歇业)"),
    (_ENDS_ZH, _BEGINS_ZH), (_BEGINS_ZH, _ENDS_ZH), (_LEAVES_ZH, _JOINS_ZH), (_JOINS_ZH, _LEAVES_ZH),
    ("出生|生于", "去世|逝世"), ("去世|逝世", "出生|生于"), ("入住", "退房"), ("退房", "入住"),
    ("税前", "税后"), ("税后", "税前"),
    ("最高|最多|最大|最晚", "最低|最少|最小|最早"), ("最低|最少|最小|最早", "最高|最多|最大|最晚"),
)  # fmt: skip
_NOT_ZH = re.compile(r"不(?:用|必|需要?|能|可以?|准|得)?(上班|参加|开放|营业|交|付|收|带|签|去|来|[\u4e00-\u9fff]{2})")
_NOT = re.compile(
    r"(?:\bnot|n't) (?:\w+ )?(covered|included|insured|allowed|permitted|supported|refundable|deductible|eligible)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,.;，。；]|\b(?:and|but)\b|而|但", re.IGNORECASE)


def says_opposite(place: Place, said: Read, asked: Asked) -> bool:
    """Whether the clause of a place says the opposite of what is asked, and not that: open, asked when closed."""
    start = max((match.end() for match in _CLAUSE.finditer(said.text, 0, place.start)), default=0)
    end = _CLAUSE.search(said.text, place.end)
    clause = said.text[start : end.start() if end else len(said.text)]
    return any(
        re.search(opposite, clause, re.IGNORECASE) and not re.search(word, clause, re.IGNORECASE)
        for word, opposite in _asked_for(asked)
    )


def _asked_for(asked: Asked) -> Iterator[tuple[str, str]]:
    if asked.lang == "zh" and (unsaid := _NOT_ZH.search(asked.question.text)):
        yield "[不没无未免休别]", unsaid[1]
    if asked.lang == "en" and (unsaid := _NOT.search(asked.question.text)):
        yield r"\b(?:not|never|no|none|nor|neither|exclud\w+|except|without)\b|n't\b", rf"\b{unsaid[1]}\b"
    for word, opposite in _ASKED_ZH if asked.lang == "zh" else _ASKED_EN:
        bounded = (word, opposite) if asked.lang == "zh" else (rf"\b(?:{word})\b", rf"\b(?:{opposite})\b")
        is_asked, is_other = (re.search(one, asked.question.text, re.IGNORECASE) for one in bounded)
        if is_asked and not is_other:
            yield bounded
