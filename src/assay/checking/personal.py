"""Personal data in a text: addresses, telephone, identity, card and account numbers, in English and Chinese forms.

Knows no names of people and no postal addresses: telling these from other words takes a model, and is never sure. What
carries a check digit is checked, so that order and part numbers raise no alarm. What belongs to an office rather than
to a person is passed over: support@..., toll-free numbers, reserved example domains.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from typing import Literal, NamedTuple

__all__ = ["PersonalDatum", "PersonalKind", "find_personal_data"]

PersonalKind = Literal["email", "phone", "id", "card", "account"]


class PersonalDatum(NamedTuple):
    """One piece of personal data, as it stands in the text."""

    kind: PersonalKind
    text: str


_EMAIL = re.compile(r"(?<![\w.+-])([\w.%+-]+)@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})(?![\w-])(?!:[\w/])", re.ASCII)
_OFFICE = re.compile(
    r"(?:info|contact|office|hello|mail|support|help|helpdesk|servicedesk|service|sales|orders?|press|media|hr|people"
    r"|jobs|careers|it|admin|webmaster|postmaster|root|security|privacy|compliance|legal|finance|accounts?|invoices?|billing"
    r"|expenses?|payroll|travel|no-?reply|do-?not-?reply|feedback|team|git)(?:[.+_-].*)?",
    re.IGNORECASE,
)
_RESERVED = re.compile(r"(?:.*\.)?example\.(?:com|org|net)|.*\.(?:example|test|invalid|localhost)", re.IGNORECASE)

_SEPARATOR = r"(?:[.\-/()]| (?!\d{1,2}[.:]\d\d(?!\d))){0,2}"  # what follows is no time of day: "0100 7.30"
_PHONE = re.compile(
    r"(?<![\w.+第-])(?:"
    r"(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}"  # Chinese mobile
    r"|\(?0(?:10|2\d|[3-9]\d{2})\)?[ -]\d{3,4}[ -]?\d{4}"  # Chinese landline
    rf"|\+[1-9]\d{{0,2}}{_SEPARATOR}\d(?:{_SEPARATOR}\d){{6,13}}"  # international
    r"|(?:\+?1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[.-])[2-9]\d{2}[.-]\d{4}"  # North American, with its separators
    r")(?![\w-]|\.\d)",
    re.ASCII,
)
_TOLL_FREE = re.compile(r"(?:\+?1[ .-]?)?\(?8(?:00|33|44|55|66|77|88)\)?[ .-]|(?:\+?86[ -]?)?[48]00[ -]?\d")
_TOLD_PHONE = re.compile(
    r"(?:\b(?:tel|telephone|phone|mobile|fax)\b|电话|手机号?码?|传真|联系方式)[^\d+\n]{0,12}"
    rf"(\+?\(?\d(?:{_SEPARATOR}\d){{6,14}})(?![\w-]|\.\d)",
    re.IGNORECASE,
)

_CHINESE_ID = re.compile(r"(?<![0-9A-Za-z])([1-9]\d{5})(\d{4})(\d{2})(\d{2})\d{3}[0-9Xx](?![0-9A-Za-z])", re.ASCII)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_SSN = re.compile(r"(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])", re.ASCII)
_TOLD_ID = re.compile(
    r"(?:身份证号?码?|护照号?码?|\bpassport (?:no|number)\b|\bID card (?:no|number)\b)[^A-Za-z0-9\n]{0,8}"
    r"(?:is |为|是)?([A-Z]{0,2}\d{7,17}[0-9Xx])(?![0-9A-Za-z])",
    re.IGNORECASE,
)

_DIGITS = re.compile(r"(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-]|\.\d)", re.ASCII)
_CARD = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}"
    r"|3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|6(?:011|5\d\d)\d{12}|62\d{14,17}"
)

_ACCOUNT = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}", re.ASCII)
_ACCOUNT_LENGTHS_TEXT = (
    "AD24 AE23 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 HR21 HU28 "
    "IE22 IL23 IS26 IT27 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MT31 NL18 NO15 PL28 PT25 RO24 RS22 SA24 SE24 SI19 "
    "SK24 SM27 TR26 UA29"
)
_ACCOUNT_LENGTHS = {entry[:2]: int(entry[2:]) for entry in _ACCOUNT_LENGTHS_TEXT.split()}  # the IBAN registry's


def find_personal_data(text: str) -> list[PersonalDatum]:
    """The personal data of a text, each once, by kind; full-width forms count too."""
    plain = unicodedata.normalize("NFKC", text)
    found: dict[PersonalDatum, None] = {}
    for kind, find in _FINDERS:  # what is found is taken out: an identity number is no card as well
        for piece in list(find(plain)):
            found[PersonalDatum(kind, piece)] = None
            plain = plain.replace(piece, "※")
    return list(found)


def _emails(text: str) -> Iterator[str]:
    for match in _EMAIL.finditer(text):
        if not _OFFICE.fullmatch(match.group(1)) and not _RESERVED.fullmatch(match.group(2)):
            yield match.group()


def _ids(text: str) -> Iterator[str]:
    for match in _CHINESE_ID.finditer(text):
        if _is_day(*match.group(2, 3, 4)) and _has_id_check(match.group()):
            yield match.group()
    yield from (match.group(1) for match in _TOLD_ID.finditer(text))
    yield from (match.group() for match in _SSN.finditer(text))


def _accounts(text: str) -> Iterator[str]:
    for match in _ACCOUNT.finditer(text):
        wanted = _ACCOUNT_LENGTHS.get(match.group()[:2], 0)
        places = [place for place, char in enumerate(match.group()) if char != " "]
        if 0 < wanted <= len(places):
            piece = match.group()[: places[wanted - 1] + 1]
            if _has_account_check(piece.replace(" ", "")):
                yield piece


def _cards(text: str) -> Iterator[str]:
    for match in _DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if _CARD.fullmatch(digits) and _has_luhn_check(digits):
            yield match.group()


def _phones(text: str) -> Iterator[str]:
    for match in _PHONE.finditer(text):
        if not _TOLL_FREE.match(match.group()):
            yield match.group()
    for match in _TOLD_PHONE.finditer(text):
        if not _TOLL_FREE.match(match.group(1)):
            yield match.group(1)


_FINDERS: tuple[tuple[PersonalKind, Callable[[str], Iterator[str]]], ...] = (
    ("email", _emails),
    ("id", _ids),
    ("account", _accounts),
    ("card", _cards),
    ("phone", _phones),
)


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        return date(1850, 1, 1) < date(int(year), int(month), int(day)) <= date.today()
    except ValueError:
        return False


def _has_id_check(number: str) -> bool:
    """GB 11643-1999 (ISO 7064, mod 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    return _ID_CHECKS[total % 11] == number[-1].upper()


def _has_luhn_check(digits: str) -> bool:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _has_account_check(account: str) -> bool:
    """ISO 13616: the number, letters as 10 to 35 and the first four characters at the end, is 1 modulo 97."""
    return int("".join(str(int(char, 36)) for char in account[4:] + account[:4])) % 97 == 1
