"""Codes, versions, numbers of sections, telephone numbers, signs: what must be the same sign by sign."""

import re
from collections.abc import Sequence

from assay.scoring.kinds.kind import Kind
from assay.scoring.normalise import fold_letters
from assay.scoring.read_text import Asked, Place, Read

__all__ = ["CODE", "PHONE", "SIGN"]

_NAMED_BY = (
    r"versions?|ver|v|releases?|firmware|build|revision|rev|sections?|sec|chapters?|ch|clauses?|articles?|paragraphs?"
    r"|para|tables?"
    r"|figures?|fig|appendix|annex|rule|regulation|part number|model|extension|ext|phone|telephone|fax|hotline"
    r"|postcode|zip|iban"
    r"|account|serial|ip|port|code|id|isbn"
    r"|版本|型号|编号|附录|章节?|条款?|第几|电话|号码|分机|邮编|热线|端口|代码|编码|账号|热线"
)
_PRODUCTS = r"python|java|node|ubuntu|postgres(?:ql)?|kernel|windows|android|ios|php|ruby|debian|cuda|driver"
_ASKED_FOR = re.compile(rf"(?<![a-z])(?:{_NAMED_BY}|{_PRODUCTS})(?![a-z])", re.IGNORECASE)
_PREFIX = re.compile(
    r"^(?:the )?(?:ch\.|v(?:er(?:sion)?)?\.?|versions?|release|firmware|section|sec\.|chapter|clause|article|§|no\."
    r"|number|code|版本号?|第)\s*(?=v?\d)v?",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"(?:[A-Za-z]+[\s-]?)?v?\d+(?:\.\d+)+[a-z]?\d*", re.IGNORECASE)
_FILE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[A-Za-z][A-Za-z0-9]{0,9}")
_ASKS_FILE = re.compile(r"\b(?:file|script|module|host|domain|site|address)s?\b|文件|脚本|域名", re.IGNORECASE)
_PLAIN = re.compile(r"\d{1,4}[a-z]?")
_PHONE = re.compile(r"\+?\(?\d[\d\s()./-]{5,}\d")
_BEFORE = 30  # characters before a number in which the name of its thing may stand: Apache License 2.0
_GENERIC = re.compile(rf"{_NAMED_BY}|it|is|the|at|least|use|uses|needs?|requires?", re.IGNORECASE)
_SIGNS = re.compile(r"[^\w\s\u4e00-\u9fff]+")


def _bare(accepted: Read) -> str:
    return re.sub(r"\s*[章节条款版]$", "", _PREFIX.sub("", accepted.text.strip()).strip(" .。"))


def _is_dotted(accepted: Read, asked: Asked) -> bool:
    """A version or a section: 3.10 where such a thing is named, 4.3.0 anywhere."""
    text = _bare(accepted)
    if text != accepted.text.strip(" .。") and _PLAIN.fullmatch(text):
        return True  # Chapter 7
    if not _DOTTED.fullmatch(text) or len(accepted.amounts) > 1 or any(one.unit for one in accepted.amounts):
        return False
    named = text != accepted.text.strip() or text[:1].isalpha() or text.count(".") > 1
    return named or bool(_ASKED_FOR.search(asked.question.text))


def _is_phone(accepted: Read) -> bool:
    digits, is_parted = re.sub(r"\D", "", accepted.text), bool(re.search(r"\d[\s()/-]+\d|\+", accepted.text))
    is_phone = (
        bool(_PHONE.fullmatch(accepted.text.strip()))
        and (len(digits) >= 9 or digits[:1] == "0" or "+" in accepted.text or len(digits) == 7)
        and is_parted
    )
    return is_phone and not accepted.dates and "." not in accepted.text


def _reads(accepted: Read, asked: Asked) -> bool:
    is_file = _FILE.fullmatch(accepted.text.strip()) and _ASKS_FILE.search(asked.question.text)
    return bool(is_file) or _is_dotted(accepted, asked)


def _find(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    if not _DOTTED.fullmatch(_bare(accepted)) and not _PLAIN.fullmatch(_bare(accepted)):
        return _find_literally(accepted.text.strip(), said)
    text = fold_letters(_bare(accepted))
    letters, number = re.fullmatch(r"([a-z]*)[\s-]*(v?[\d.]+[a-z]?\d*)", text).groups()  # type: ignore[union-attr]
    number = number.removeprefix("v")
    pattern = re.compile(rf"(?<![\d.])(?<!\d[,-])v?{re.escape(number)}(?![A-Za-z0-9_]|\.\d|-\d)")
    found = [
        match for match in pattern.finditer(fold_letters(said.text)) if len(fold_letters(said.text)) == len(said.text)
    ]
    counted = {one.start for one in said.amounts if one.unit and one.is_known_unit}
    return [
        Place(*match.span(), True)
        for match in found
        if match.start() not in counted and (not letters or _names(letters, said, match.start(), asked))
    ]


def _find_phone(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    digits = re.sub(r"\D", "", accepted.text)
    return [Place(*match.span(), True) for match in _PHONE.finditer(said.text) if _same_number(match.group(), digits)]


def _find_literally(text: str, said: Read) -> Sequence[Place]:
    """Where a code stands sign by sign, and no letter, digit or dash of another one beside it."""
    pattern = rf"(?<![\w+#-])(?<!\w\.){re.escape(text)}(?![A-Za-z0-9_+#]|[-.]\w)"
    return [Place(*match.span(), True) for match in re.finditer(pattern, said.text)]


def _names(letters: str, said: Read, start: int, asked: Asked) -> bool:
    """Whether the number is of the thing that is named: its name stands before it, or no other name does."""
    before = re.search(r"([^\W\d_]+)[\s-]*(?:v|version)?\s*$", said.text[:start])
    if letters in fold_letters(said.text[max(0, start - _BEFORE) : start]).split():
        return True
    if before is None or fold_letters(before[1]) == letters or _GENERIC.fullmatch(before[1]):
        return True
    return not before[1][:1].isupper()


def _same_number(text: str, digits: str) -> bool:
    """With or without the country's code: +47 22 33 44 55 and 22 33 44 55."""
    given = re.sub(r"\D", "", text)
    shorter = min(len(given), len(digits))
    return shorter >= 7 and given[-shorter:] == digits[-shorter:] and abs(len(given) - len(digits)) <= 4


CODE = Kind(name="code", reads=_reads, find=_find, can_be=lambda accepted, asked: bool(accepted.text))


PHONE = Kind(name="phone", reads=lambda accepted, asked: _is_phone(accepted), find=_find_phone)


def _reads_sign(accepted: Read, asked: Asked) -> bool:
    return not accepted.words and bool(accepted.text.strip())


def _find_sign(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    wanted = accepted.text.strip()
    runs = [(match.group().strip("\"'()").rstrip(".,"), match.start()) for match in _SIGNS.finditer(said.text)]
    if said.text.strip() == wanted:
        return [Place(0, len(said.text), True)]
    return [Place(start, start + len(run), True) for run, start in runs if run == wanted]


SIGN = Kind(name="sign", reads=_reads_sign, find=_find_sign)
