"""From when a document holds, told by its words, its name or its title. Knows English and Chinese dates, no clock."""

import re
from collections.abc import Iterator

__all__ = ["MONTHS", "MONTH_NUMBERS", "date_document", "end_of", "find_dates", "spaced", "spell_keys", "tells_time"]

MONTHS = "january february march april may june july august september october november december"
MONTH_NUMBERS = {name[:n]: i for i, name in enumerate(MONTHS.split(), start=1) for n in (3, len(name))} | {"sept": 9}
_NAME = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d{2}"
_DATE = re.compile(
    rf"""
      (?<!\d)(?P<y1>{_YEAR})(?:[-/_]|\.(?=\d\d))(?P<m1>0?[1-9]|1[0-2])(?:[-/._](?P<d1>0?[1-9]|[12]\d|3[01]))?(?!\d)
    | (?<!\d)(?P<y2>{_YEAR})\s?年(?:\s?(?P<m2>\d{{1,2}})\s?月(?:\s?(?P<d2>\d{{1,2}})\s?[日号])?)?
    | \b(?P<d3>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\s(?:of\s)?(?P<m3>{_NAME})\b\.?,?\s(?P<y3>{_YEAR})\b
    | \b(?P<m4>{_NAME})\b\.?\s(?P<d4>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,?\s(?P<y4>{_YEAR})\b
    | \b(?P<m5>{_NAME})\b\.?,?\s(?P<y5>{_YEAR})\b
    | (?<![\d$€£.,-])(?P<y6>{_YEAR})(?![\d%]|[.,]\d)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What a number between 1900 and 2099 counts, or numbers: 2000 euros, room 2020.
_COUNTED = re.compile(
    r"\s?(?:(?:eur|euros?|usd|us|dollars?|cents?|pounds?|gbp|chf|francs?|yen|yuan|rmb|km|kms|kg|cm|mm|m|m²|ml|g|mg|kw|kwh|w|v"
    r"|mb|gb|ft|miles?|met(?:er|re)s?|lit(?:er|re)s?|grams?|hours?|hrs?|h|minutes?|mins?|seconds?|days?|weeks?|months?|words?"
    r"|people|persons?|units|pieces|items|times|points|copies|pages|seats|rooms|percent|per|x)\b|[€$£¥%°]|[元块人名个件台套份次米克吨天页字位万亿]|欧元|美元|公里|小时|分钟|平方|员工)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:\b(?:room|office|building|floor|desk|house|flat|apartment|box|form|section|article|clause|paragraph|page|line|number"
    r"|no\.?|nr\.?|model|type|part|item|order|invoice|ticket|case|code|pin|extension|ext\.?|phone|port|bus|flight|train|zip|account"
    r"|customer|product|series|gate|grade|step|error|id|iso|din|iec|en|number\s+is|#)\s?|(?:房间?|房号|工号|编号|号码|型号|第|代码|分机)\s?)$",
    re.IGNORECASE,
)
_DOCUMENT = (
    r"(?:polic(?:y|ies)|rules?|versions?|editions?|handbooks?|guides?|guidelines?|manuals?|reports?|laws?|acts?|regulations?|terms"
    r"|agreements?|contracts?|plans?|schemes?|lists?|updates?|amendments?|revisions?|statements?|filings?|results?|season|fiscal)"
)
_AMOUNT = r"(?:rates?|limits?|prices?|fees?|allowances?|tariffs?|budgets?|salar(?:y|ies)|figures?|amounts?)"
# After the first of these any word may follow ("in 2023 staff could"), after the others a noun is what is counted.
_SURELY_BEFORE = re.compile(
    rf"(?:\b(?:in|since|during|before|after|until|till|years?|fiscal|calendar|fy|q[1-4]|{_DOCUMENT}\s(?:of|from|for))\s?|['’]s\s"
    r"|在|于|自从|截至|截止)$",
    re.IGNORECASE,
)
_TIME_BEFORE = re.compile(
    r"(?:\b(?:by|from|of|for|through|between|and|or|to|than|vs\.?|versus|early|late|mid|end|beginning|start|quarter|spring|summer"
    r"|(?:what|how)\sabout"
    rf"|autumn|fall|winter|{_DOCUMENT}|{_AMOUNT})|\b\d{{4}}\s?[-–/]|[(（《]|[自从到至和与或版]|版本|政策|规定|制度|手册|办法|标准|法)\s?$",
    re.IGNORECASE,
)
_BEGINS_WITH_IN = re.compile(r"(?:^|[.!?;:,]\s*)in\s$", re.IGNORECASE)
_SEVERAL = re.compile(r"\s[^\W\d_]+(?<!s)s\b")
_NOUN_AFTER = re.compile(
    rf"\s?(?:(?:{_DOCUMENT}|{_AMOUNT})\b|版|年|财年|以前|之前|以后|之后|的|政策|规定|制度|手册|办法|标准|法)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s*(?:$|[^\w\s]|[\u3400-\u9fff]|(?:\d{4}|the|a|an|is|are|was|were|be|been|did|does|do|had|has|have|can|could|may|might|must|should|would|will|and"
    r"|or|to|in|on|at|for|from|by|with|than|as|but|still|already|how|what|when|which|who|where|why|if|we|i|you|they|he|she|it|this|that"
    r"|there|my|our|your|their|compared|versus|vs|instead|until|onwards?)\b)",
    re.IGNORECASE,
)
_JOINT = re.compile(r"(?<!\d)[-_]|[-_](?!\d)")
_HEAD = 1500  # characters of a document in which it says from when it holds
_EFFECTIVE = re.compile(
    r"(?:effective(?:\s+(?:date|from|as\s+of|on|since))?|valid\s+(?:from|since|as\s+of)|in\s+force\s+(?:from|since|as\s+of)"
    r"|with\s+effect\s+from|appl(?:y|ies|icable)\s+from|starting(?:\s+(?:from|on))?|as\s+of|生效日期|实施日期|施行日期|自)"
    r"[\s:：*|]{0,4}$",
    re.IGNORECASE,
)
_IN_FORCE_AFTER = re.compile(r"^\s*(?:起|开始)?\s*(?:施行|实施|生效|执行)")
_ENACTED = re.compile(r"通过|公布|修正|修订|发布|印发")
_ISSUED = re.compile(
    r"(?:(?:last\s+)?(?:updated|revised|reviewed|amended|issued|published|modified)|version|edition|revision|date"
    r"|更新|修订|发布|版本|日期)(?:\s+(?:on|of|date))?[\s:：*|]{0,4}$",
    re.IGNORECASE,
)
_KEY = re.compile(r"^[\"']?([\w.-]+)[\"']?\s*[:=]\s*(\S.*)$", re.MULTILINE)
_KEY_EFFECTIVE = re.compile(r"effective|valid[_-]?from|in[_-]?force|applies", re.IGNORECASE)
_KEY_ISSUED = re.compile(r"updat|modif|lastmod|revis|review|amend|issue|publish|pubdate|^date|^version", re.IGNORECASE)
_BEFORE = 40  # characters before a date that may say what it is


def find_dates(text: str) -> Iterator[tuple[str, int, int]]:
    """Each date of a text as "2024", "2024-03" or "2024-03-01", with the offsets where it stands."""
    for match in _DATE.finditer(text):
        parts = {name[0]: value for name, value in match.groupdict().items() if value}
        month = parts.get("m", "")
        number = MONTH_NUMBERS.get(month.lower(), 0) or int(month or 0)
        if number > 12:
            continue
        date = parts["y"] + (f"-{number:02}" if number else "") + (f"-{int(parts['d']):02}" if "d" in parts else "")
        is_bare = match.lastgroup == "y6" or month.lower() == "may"  # "may 2000 euros be spent?"
        if not is_bare or not (_COUNTED.match(text, match.end()) or _NUMBERED.search(text[: match.start()])):
            yield date, match.start(), match.end()


def tells_time(text: str, start: int, end: int) -> bool:
    """Whether what stands there between offsets says when: a bare number does so only with words beside it that do.

    "In 2023", "policy 2023" and "the 2023 rates" tell a year; "of 2000 euros", "2050 Main St" and "room 2020" do not.
    """
    before, after = text[:start], text[end : end + 40]
    if not text[start:end].isdigit() or _NOUN_AFTER.match(after) or _BEGINS_WITH_IN.search(before):
        return True
    if _ENDS.match(after):
        return not before.strip() or any(cue.search(before) for cue in (_SURELY_BEFORE, _TIME_BEFORE))
    return bool(_SURELY_BEFORE.search(before)) and not _SEVERAL.match(after)


def date_document(name: str, title: str, text: str) -> str:
    """The date from which a document holds, as precise as it tells; "" where it does not.

    Of what it says, the first that is there: a date of effect near its beginning ("valid from 1 March 2024",
    自2024年3月1日起施行), a date in its file name, the latest enactment or amendment at the head of a law, a year
    in its title, and last when it was issued or updated.

    Args:
        name: path or name of the file; only its last part is looked at.
        title: of the document.
        text: from the beginning; the first 1,500 characters are looked at.
    """
    head = text[:_HEAD]
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return (
        _first(head, _EFFECTIVE, _IN_FORCE_AFTER)
        or _most_precise(spaced(stem))
        or _latest_enactment(head)
        or _most_precise(title)
        or _first(head, _ISSUED, None)
    )


def spaced(name: str) -> str:
    """A file's name with spaces for the hyphens and underscores that are not within a date; of the same length."""
    return _JOINT.sub(" ", name)


def spell_keys(front_matter: str) -> str:
    """What front matter tells of dates, a line a key, in words that `date_document` knows."""
    lines = []
    for key, value in _KEY.findall(front_matter):
        name = "Effective date" if _KEY_EFFECTIVE.search(key) else "Updated" if _KEY_ISSUED.search(key) else ""
        lines += [f"{name}: {value.strip(chr(34) + chr(39))}\n"] if name else []
    return "".join(lines)


def end_of(date: str) -> str:
    """The last day of a date of any precision: what held "in 2023" is what held at the end of it."""
    return date + "-12-31"[3 * (date.count("-")) :]


def _first(text: str, before: re.Pattern[str], after: re.Pattern[str] | None) -> str:
    for date, start, end in find_dates(text):
        told_before = before.search(text[max(0, start - _BEFORE) : start])
        if told_before or (after is not None and after.search(text[end : end + 8])):
            return date
    return ""


def _most_precise(text: str) -> str:
    return max((date for date, _, _ in find_dates(text)), key=len, default="")


def _latest_enactment(head: str) -> str:
    lines = [line for line in head.split("\n") if _ENACTED.search(line)]
    return max((date for line in lines for date, start, _ in find_dates(line) if start <= 2), default="")
