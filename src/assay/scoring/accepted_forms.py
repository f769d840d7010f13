"""An accepted answer in the forms that say as much: with and without an explanation. Knows no question."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from assay.scoring.answer_language import Language
from assay.scoring.read_text import Read, read_text
from assay.scoring.values.units import BY_NAME

__all__ = ["REGIONS", "accepted_forms"]

_BRACKETS = re.compile(r"\s*(?:\((?!\d{1,2}\)|[a-z]\))([^()]*)\)|\[([^\[\]]*)\])\s*")
_EXPLAINED = re.compile(
    r"(?:,\s+|;\s+|\s-\s|\s?:\s+)(?=(?:of|in|from|who|which|that|an?|also|formerly|born|near|at|capital|because|so|as|where|when|now|then|known)\b)",
    re.IGNORECASE,
)
_ZH_SUFFIX = re.compile(
    r"(?:(?:股份|责任)?有限(?:责任)?公司|集团公司|集团|(?<=[\u4e00-\u9fff]{2})[市省县]|(?<=[\u4e00-\u9fff]{3})[山河江湖岛])$"
)
_ZH_PLACE = re.compile(r"([\u4e00-\u9fff]{2,8}?)(?:省|自治区)([\u4e00-\u9fff]{2,6}?)市?")
_REGIONS_TEXT = (
    "北京 上海 天津 重庆 中国 广东 江苏 浙江 山东 河南 河北 湖南 湖北 四川 福建 安徽 江西 云南 贵州 陕西 山西 "
    "辽宁 吉林 黑龙江 甘肃 青海 海南 台湾 广西 西藏 新疆 宁夏 内蒙古 香港 澳门"
)
REGIONS = _REGIONS_TEXT.split()
_ZH_REGION = re.compile(rf"({'|'.join(REGIONS)})(?:省|市)?([\u4e00-\u9fff]{{2,6}}?[市区县州镇])")
_ARTICLES = re.compile(r",\s+an?\b.*\band an?\b", re.IGNORECASE)  # a red, a white and a blue one: no explanation
_CIRCLED_NOTE = re.compile(r"(?<=\w\w)\s?[\u2460-\u2473]+\s*$")  # 范博文②
_GLUED_NOTE = re.compile(r"(?<=[a-zà-þ]{3})\d{1,2}$")  # Sebastian Faulks1
_COUNTED = re.compile(r"(?:\d{1,2}|two|three|four|five)(?: [a-z]+){0,2}: ")
_COUNTED_ZH = re.compile(r"[\d一二两三四五六七八九十]+[\u4e00-\u9fff]{1,2}[：:，,](?:分别)?[是为]?")
_SHARE_ZH = re.compile(r"[\u4e00-\u9fff]{1,8}的(\d+(?:\.\d+)?%)")  # 工资的8%
_STATE_OF = re.compile(
    r"(?:the )?(?:republic|kingdom|state|city|town|village|county|province|commonwealth|planet) (?:of )?(?=[A-Z])",
    re.IGNORECASE,
)
_SURNAME_FIRST = re.compile(r"([A-ZÀ-Þ][\w'-]+), ([A-ZÀ-Þ][\w'.-]*(?: (?:[A-ZÀ-Þ][\w'.-]*|van|von|de|da|der)){0,2})")
_ALMOST = Decimal("0.06")
_IN_ORDER = re.compile(r"(第\d+)[名位次届期批版代]")  # whoever is asked which place says 第三


@lru_cache(maxsize=2048)
def accepted_forms(answer: str, lang: Language, of_person: bool = True) -> tuple[Read, ...]:
    """The answer itself first; then without what stands in brackets, without an explanation after a comma.

    What stands in brackets is a form of its own where it is another name: WHO (World Health Organization). A list and
    an amount keep what follows their commas. "Berg, Anna" is turned round where it may be the name `of_person`.
    """
    whole = read_text(answer, lang)
    forms = [whole]
    if noted := _CIRCLED_NOTE.search(answer):
        forms.append(read_text(answer[: noted.start()], lang))
    bare = _BRACKETS.sub(" ", whole.text).strip()
    if bare and bare != whole.text:
        forms.append(read_text(bare, lang))
        forms += [read_text(name, lang) for name in _other_names(whole.text)]
    if lang == "zh" and (in_order := _IN_ORDER.fullmatch(bare)):
        forms.append(read_text(in_order[1], lang))
        if in_order.group()[-1] in "届期批版代":
            forms.append(read_text(in_order.group()[1:], lang))
    if lang == "zh" and (name := _ZH_SUFFIX.sub("", bare)) != bare and len(name) >= 2:
        forms.append(read_text(name, lang))
    if lang == "zh" and (inner := _ZH_REGION.fullmatch(bare)):
        forms += [read_text(inner[2], lang), read_text(f"{inner[1]}市{inner[2]}", lang)]
    if lang == "zh" and (last := _ZH_PLACE.fullmatch(bare)):
        forms += [read_text(last[2], lang), read_text(last[1] + last[2], lang)]
    forms += [read_text(form, lang) for form in _as_data_sets_write(bare or whole.text, lang)]
    if lang == "en" and of_person and (inverted := _SURNAME_FIRST.fullmatch((bare or whole.text).strip(" ."))):
        forms.append(read_text(f"{inverted[2]} {inverted[1]}", lang))
    forms += [
        read_text(match[1] or match[2], lang)
        for match in _BRACKETS.finditer(whole.text)
        if _is_converted(bare, match[1] or match[2] or "", lang)
    ]
    head = bare if _ARTICLES.search(bare) else _EXPLAINED.split(bare)[0].strip()
    if lang == "en" and head and head != bare and re.search(r"[^\W\d_]", head):
        forms.append(read_text(head, lang))
    return tuple(dict.fromkeys(forms))


def _as_data_sets_write(text: str, lang: Language) -> Iterator[str]:
    """Without the digit of a footnote, a count before a list, "the Republic of"; a name with the surname first."""
    if lang == "zh":
        if share := _SHARE_ZH.fullmatch(text):
            yield share[1]
        if counted := _COUNTED_ZH.match(text):
            yield text[counted.end() :]
        return
    if _GLUED_NOTE.search(text) and " " in text:
        yield _GLUED_NOTE.sub("", text)
    if counted := _COUNTED.match(text):
        yield text[counted.end() :]
    if state := _STATE_OF.match(text):
        yield text[state.end() :]


def _is_converted(text: str, bracketed: str, lang: Language) -> bool:
    """Whether a bracket tells the same amount in another unit: 30 m (98 ft)."""
    pair = [read_text(one, lang).amounts for one in (text, bracketed)]
    if any(len(amounts) != 1 for amounts in pair):
        return False
    (one,), (other,) = pair
    this, that = BY_NAME.get(one.unit), BY_NAME.get(other.unit)
    if this is None or that is None or this == that or this.dimension != that.dimension:
        return False
    return abs(one.value * this.factor - other.value * that.factor) <= abs(one.value * this.factor) * _ALMOST


def _other_names(text: str) -> list[str]:
    """What stands in brackets, where it begins with a capital as the name before it does."""
    return [
        name
        for match in _BRACKETS.finditer(text)
        if (name := (match[1] or match[2] or "").strip())
        and name[0].isupper()
        and text[:1].isupper()
        and _initials(name) == _initials(text[: match.start()])
    ]


def _initials(text: str) -> str:
    letters = re.findall(r"[A-Z]", text)
    return "".join(letters)
