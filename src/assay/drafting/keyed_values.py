"""Questions made of tables, and of lines that hold a key and a value. Knows how they are written, and no documents."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from assay.drafting.spans import Span
from assay.scoring import Language

__all__ = ["find_rows", "find_values"]

_BAR = " | "
_LONGEST_VALUE = {"en": 8, "zh": 16}  # words; Chinese: characters
_LONGEST_NAME = {"en": 8, "zh": 14}  # the same, of columns and keys
_NOTHING = re.compile(r"(?:yes|no|none|n/?a|tbd|true|false|x|✓|✗|[-–—.…]*|是|否|无|有|不适用|同上)$", re.IGNORECASE)
_DATA_TYPE = re.compile(  # what programs keep, which nobody asks for
    r"(?:array|bool(?:ean)?|bytes|date(?:time)?|dict|double|enum|float|int(?:eger)?|json|list|map|null|number|object"
    r"|str(?:ing)?|text|timestamp|tuple|url|uuid|布尔|布尔值|字符串|整数|整型|数组|对象|浮点数)s?\b(?:\W.*)?$",
    re.IGNORECASE,
)
# Columns that hold what their row is about and do not say what it is; columns and keys that are not asked for.
_ANY = re.compile(
    r"(?:values?|details?|descriptions?|notes?|information|comments?|数值|参数|描述|内容|说明|备注|详情)$",
    re.IGNORECASE,
)
_NOT_ASKED = re.compile(
    r"(?:units?|links?|urls?|examples?|e\.g\.?|q|a|answer|question|required|optional|new|changed|removed|fixed|added|notes?|tips?|warning"
    r"|important|caution|see|page|(?:last )?updated|last modified|for example|note that"
    r"|单位|序号|必[选填]项?|是否必[选填需]|链接|示例|例如|注意?|问题?|答案?|提示|第.+[条章款])$",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:manager|owner|chair|head|contact|author|director|responsible|lead|person|officer|approver)$", re.IGNORECASE
)
# Columns that make sense after "What is the"; of others figures are asked for, as figures, and words are not.
_NOUN = re.compile(
    r"\b(?:address|age|allowance|amount|area|bonus|budget|building|capacity|category|certificate|charge|city|class|code"
    r"|colou?r|cost|count|country|current|date|deadline|deductible|department|depth|discount|distance|duration|email"
    r"|extension|fee|floor|form|format|frequency|grade|height|hours|interval|language|length|level|limit|location|margin"
    r"|material|maximum|meaning|method|minimum|mode|model|name|notice|number|office|page|percentage|period|phone|place"
    r"|platform|position|postcode|power|price|product|purpose|range|rate|region|role|room|salary|share|site|size|speed"
    r"|street|team|telephone|temperature|term|time|timeline|title|tool|total|type|version|voltage|volume|weight|width"
    r"|year)(?:\s(?:[A-Z]{3}\b|\d|\().*)?$",
    re.IGNORECASE,
)
_FIGURE = re.compile(  # one figure with its unit, or a range; no list, no version, no address
    r"(?:up to |at least |at most |about )?[±+~<>≤≥-]?(?:[€$£¥]|[A-Z]{3}\s)?\d+(?:,\d{3})*(?:\.\d+)?"
    r"(?:\s?(?:-|–|to)\s?(?:[€$£¥]|[A-Z]{3}\s)?\d+(?:,\d{3})*(?:\.\d+)?)?(?:\s?%|[^\W\d_]{1,4}\b|\s[^\W\d_].{0,40})?",
    re.IGNORECASE,
)
_ZH_NOUN = re.compile(r"(?:颜色|材质|材料|产地|品牌|语言|币种|国家|城市|部门)$")
_SHORTEST_LIST = 2  # lines with a key, from which on they describe a thing, and words are asked for, too
_LONGEST_WORDS = 3
_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b")
# how programs call things, not people: maxRetries, read_timeout, Content-Length
_CODE = re.compile(r"[a-z][A-Z]|_|\w\(|^[^\w\s(\"“]|^[A-Z][a-z]+(?:-[A-Z][a-z]+)+$|^[A-Z]\w*(?:-[A-Z]\w*){2,}$")
_SENTENCE = re.compile(r"[。！？；]|[.!?]$")  # is no name of a column or a row
_KIND = re.compile(r"[a-z][\w-]+(?: [a-z][\w-]+)?")
_NO_KIND = re.compile(
    r"\b(?:you|your|we|name|title|item|detail|resource|action|value|topic|what|who|when|where|how)\b", re.IGNORECASE
)
_LINE = re.compile(r"^[\s•·*-]*([A-ZÀ-Þ\u4e00-\u9fff][^:：|]*?)\**\s?(?::\**\s|：\**)\s*(\S.*)$")
# Where the next key begins in a line whose breaks are lost: behind a figure, its unit or a word without a capital.
_NEXT_PAIR = re.compile(r"(?<=\s)([^A-Z\s:][^\s:]*)\s(?=[A-Z][\w-]*(?:\s[A-Za-z-]+){0,2}:\s)")
_KEY_WITHIN = re.compile(r"[^\W\d_](?::\s|：)")
_ELSEWHERE = re.compile(r"(?:see|as|per|depends|varies)\b|[详参]?见|[按视依]", re.IGNORECASE)
_ZH_LINE = re.compile(  # no mark but a space: what PDF tables leave
    r"^([\u4e00-\u9fff]{2,10}) ([^，。；、\s]*\s?[^，。；、\s]*\d[^，。；、\s]*(?:\s[^，。；、\s]+)?)$"
)
_PERIOD = re.compile(r"(?:季度|年度?|月份?|\d期)$")
_ZH_MOMENT = re.compile(r"\d\s?[日号点]|\d[:：]\d|\d{4}\s?年")
_ZH_TOLD = re.compile(r"(?:[±~<>≤≥约]|零下)?\s?\d|[A-Z]{1,4}\d")
_ZH_FIGURE = re.compile(r"(?:[±~<>≤≥约]|零下)?\s?[\d.,，×x*至到~～\-—\s]+\s?[^\d\s]{0,5}")


def find_rows(text: str, lang: Language) -> Iterator[tuple[Span, str]]:
    """For each cell of the tables that is worth asking for: the value in its row, and the question."""
    lines = text.splitlines()
    for width, group in groupby(lines, key=lambda line: len(line.split(_BAR))):
        kept = list(group)
        rows = [[cell.strip() for cell in line.split(_BAR)] for line in kept]
        if width < 2 or len(rows) < 2:
            continue
        header, body = rows[0], rows[1:]
        key = _key_column(body)
        if key is None or not _is_header(header, lang):
            continue
        seen = [Counter(row[column] for row in body) for column in range(width)]
        for line, cells in zip(kept[1:], body, strict=True):
            for column, value in enumerate(cells):
                is_asked = column != key and not _NOT_ASKED.match(header[column]) and _is_name(cells[key], lang)
                is_class = seen[column][value] > 1 and not re.search(r"\d", value)  # of rows, as a type or a state
                if is_asked and not is_class and _is_value(value, lang) and line.count(value) == 1:
                    yield Span(value, "value", line.strip()), _ask_cell(header, key, column, cells, lang)


def find_values(text: str, lang: Language) -> Iterator[tuple[Span, str]]:
    """For each line "key: value" the value in its line, and the question; "" where none is made."""
    found = [(line, _keyed(line, lang)) for whole in text.splitlines() for line in _pairs(whole, lang)]
    seen = Counter(match.group(1) for _, match in found if match)
    for line, match in found:
        if match is None or not _is_name(match.group(1), lang) or _NOT_ASKED.match(match.group(1)):
            continue
        if seen[match.group(1)] > 1:
            continue  # of which of them?
        key = match.group(1).strip()
        value = re.split(r"[,;，；。](?:\s|$)|[。；，]|\.$|\.\s|\s\(", match.group(2).replace("*", ""))[0].strip()
        is_told = _is_person(key, lang) or (_is_number(value) if lang == "en" else _ZH_TOLD.match(value))
        is_told = is_told or (len(seen) >= _SHORTEST_LIST and _is_trait(key, value, lang))
        if is_told and not _KEY_WITHIN.search(value) and _is_value(value, lang) and line.count(value) == 1:
            yield Span(value, "value", line.strip()), _ask_key(key, value, lang)


def _pairs(line: str, lang: Language) -> list[str]:
    """The line, or its parts where it begins with a key and others follow their values."""
    return _NEXT_PAIR.sub(r"\1\n", line).split("\n") if _keyed(line, lang) else [line]


def _is_trait(key: str, value: str, lang: Language) -> bool:
    """Whether a few words say what the key is of a thing: its colour, its material."""
    if _ELSEWHERE.match(value):
        return False
    if lang == "zh":
        return _ZH_NOUN.search(key) is not None and len(value) <= _LONGEST_WORDS * 2
    return _NOUN.search(key) is not None and len(value.split()) <= _LONGEST_WORDS


def _keyed(line: str, lang: Language) -> re.Match[str] | None:
    if _BAR in line:
        return None
    return _LINE.match(line) or (_ZH_LINE.match(line) if lang == "zh" else None)


def _key_column(body: list[list[str]]) -> int | None:
    """The first column that tells its rows apart, if it does so by words."""
    for column in range(len(body[0])):
        cells = [row[column] for row in body]
        if all(cells) and len(set(cells)) == len(cells):
            return column if all(re.search(r"[^\W\d_]", cell) for cell in cells) else None
    return None


def _is_number(cell: str) -> bool:
    return re.match(r"[\W_]*(?:[A-Z]{3}\s)?\d", cell) is not None


def _is_header(cells: list[str], lang: Language) -> bool:
    return all(_is_name(cell, lang) for cell in cells) and len(set(cells)) == len(cells)


def _length(text: str, lang: Language) -> int:
    return len(text) if lang == "zh" else len(text.split())


def _is_name(cell: str, lang: Language) -> bool:
    has_letters = re.search(r"[^\W\d_]", cell) is not None
    is_said = not _CODE.search(cell) and not _SENTENCE.search(cell) and "http" not in cell
    return has_letters and is_said and _length(cell, lang) <= _LONGEST_NAME[lang]


def _is_value(cell: str, lang: Language) -> bool:
    if not 0 < _length(cell, lang) <= _LONGEST_VALUE[lang] or _NOTHING.match(cell) or _DATA_TYPE.match(cell):
        return False
    return not re.search(r"://|[][{}<>@]|[?？:：]$|^['\"]", cell)


def _ask_cell(header: list[str], key: int, column: int, cells: list[str], lang: Language) -> str:
    name, row, value = header[column], cells[key], cells[column]
    if lang == "zh":
        return _ask_chinese_cell(name, row, value)
    if _ANY.match(name):
        return f"What is the figure for {row}?" if _is_number(value) else ""
    kind = _small(header[key])
    is_kind = _KIND.fullmatch(kind) and not _NO_KIND.search(kind) and kind not in row.lower()
    return _ask_english(name, value, f"the {kind} {row}" if is_kind else row)


def _ask_chinese_cell(name: str, row: str, value: str) -> str:
    unit = re.search(r"[（(]([^（()）]+)[)）]$", name)
    asked = name[: unit.start()] if unit else name
    what = f"多少{unit.group(1)}" if unit else _chinese_what(asked, value)
    if _ANY.match(asked):
        return f"{row}是多少？" if _ZH_FIGURE.fullmatch(value) else ""
    return f"{asked}的{row}是{what}？" if _PERIOD.search(asked) else f"{row}的{asked}是{what}？"


def _ask_key(key: str, value: str, lang: Language) -> str:
    return f"{key}是{_chinese_what(key, value)}？" if lang == "zh" else _ask_english(key, value)


def _ask_english(name: str, value: str, row: str = "") -> str:
    """ "What is the price?", "How many seats are there?", "Who is the manager?", of a row where there is one."""
    noun = _small(re.sub(r"^(?:the|a|an)\s", "", name, flags=re.IGNORECASE))
    of_row = f"{'' if noun.endswith(' for') else ' for'} {row}" if row else ""
    head = re.split(r"\s(?:after|before|for|from|in|of|on|per|to|with)\s", noun)[0]
    is_plural = re.search(r"(?:[^siu]s|people|staff)$", head) is not None
    if is_plural and re.fullmatch(r"\d[\d,]*", value) and re.fullmatch(r"[a-z -]+", noun):
        return f"How many {noun} are there{of_row}?"
    if _is_person(name, "en") and not _is_number(value):
        return f"Who is the {noun}{of_row}?"
    if _NOUN.search(head):
        return f"What {'are' if is_plural else 'is'} the {noun}{of_row}?"
    if not _FIGURE.fullmatch(value):
        return ""
    column, what = name.replace(" (", ", ").rstrip(")"), "date" if _MONTH.search(value) else "figure"
    return f"What is the {what} for {row} ({column})?" if row else f"What is the {what} for {noun}?"


def _is_person(name: str, lang: Language) -> bool:
    return re.search(r"(?:人|者|员|经理|总监|主任|姓名)$" if lang == "zh" else _PERSON, name) is not None


def _chinese_what(name: str, value: str) -> str:
    if _is_person(name, "zh") and not re.search(r"\d", value):
        return "谁"
    if re.search(r"地点|地址|位置|场所", name):
        return "哪里"
    if _ZH_MOMENT.search(value):
        return "什么时候"
    if re.search(r"\d\s?(?:个月|个工作日|天|小时|分钟|秒|周|年)", value) and re.search(r"时间|期限?$|时长|寿命", name):
        return "多久"
    return "多少" if _ZH_FIGURE.fullmatch(value) else "什么"


def _small(name: str) -> str:
    """Without the capital that only its place at the beginning gives."""
    return (
        f"{name[:1].lower()}{name[1:]}"
        if re.match(r"[A-Z][a-z'’-]+(?![A-Za-z])", name) and not re.search(r"\s[A-Z]", name)
        else name
    )
