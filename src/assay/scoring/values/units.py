"""The names of units in English and Chinese, and how they convert. Knows no numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from assay.scoring.dates import MONTHS
from assay.scoring.money import CURRENCIES

__all__ = [
    "BY_NAME",
    "ENGLISH_UNITS",
    "QUALIFIERS",
    "SPEEDS",
    "Unit",
    "find_unit",
    "is_symbol",
    "noun_of",
    "unit_of_chinese",
]


@dataclass(frozen=True)
class Unit:
    """A unit by its canonical name; amounts of one dimension convert by the factor."""

    name: str
    dimension: str
    factor: Decimal


# name | dimension | factor | symbols, case as written | English words | Chinese names | prefixes that it takes.
# Months convert to years, days to weeks, and no further: "a month" is not a number of days.
_TABLE = """
second|time|1|s sec secs|second seconds|秒 秒钟|nμm
minute|time|60|min mins|minute minutes|分钟|
hour|time|3600|h hr hrs|hour hours|小时 个小时 钟头 个钟头|
day|time|86400|d|day days|天 日 个工作日 工作日 个自然日 自然日 昼夜|
week|time|604800|wk wks|week weeks|周 个星期 星期 个礼拜|
fortnight|time|1209600||fortnight fortnights||
month|months|1|mo mos|month months|个月|
quarter|months|3||quarter quarters|个季度 季度|
year|months|12|yr yrs y|year years annum|年 周年|
decade|months|120||decade decades|个年代|
century|months|1200||century centuries|个世纪 世纪|
metre|length|1|m|metre metres meter meters|米 公尺|nμmcdk
inch|length|0.0254|in|inch inches|英寸 寸|
foot|length|0.3048|ft|foot feet|英尺|
yard|length|0.9144|yd yds|yard yards||
mile|length|1609.344|mi|mile miles|英里|
nautical mile|length|1852|nmi|nauticalmile nauticalmiles|海里|
fathom|length|1.8288||fathom fathoms|英寻|
furlong|length|201.168||furlong furlongs||
light year|length|9460730472580800|ly|lightyear lightyears|光年|
gram|mass|0.001|g gr|gram grams gramme grammes|克|nμmk
kilogram|mass|1||kilo kilos|公斤|
jin|mass|0.5|||斤 市斤|
tonne|mass|1000|t|tonne tonnes ton tons|吨 公吨|k
pound|mass|0.45359237|lb lbs|||
ounce|mass|0.028349523125|oz|ounce ounces|盎司|
stone|mass|6.35029318|st||英石|
carat|mass|0.0002|ct|carat carats|克拉|
litre|volume|0.001|l L|litre litres liter liters|升 公升|nμmcdh
cubic centimetre|volume|0.000001|cc|||
gallon|volume|0.003785411784|gal|gallon gallons|加仑|
pint|volume|0.000473176473|pt|pint pints|品脱|
quart|volume|0.000946352946|qt|quart quarts||
barrel|volume|0.158987294928|bbl|barrel barrels|桶|
cup|volume|0.0002365882365||cup cups||
hectare|area|10000|ha|hectare hectares|公顷|
acre|area|4046.8564224|ac|acre acres|英亩|
mu|area|666.6666666667|||亩|
hertz|frequency|1|Hz|hertz|赫兹|kMGT
rpm|rotation|1|rpm RPM||转/分钟 转/分 转每分钟 转每分|
rps|rotation|60|rps||转/秒钟 转/秒 转每秒|
rph|rotation|0.0166666667|rph||转/小时 转每小时|
bit|data|0.125|bit bits|bit bits||kMGT
byte|data|1|B|byte bytes|字节|kMGTP
kibibyte|data|1024|KiB|||
mebibyte|data|1048576|MiB|||
gibibyte|data|1073741824|GiB|||
volt|voltage|1|V|volt volts|伏 伏特|nμmkM
watt|power|1|W|watt watts|瓦 瓦特|nμmkMGT
horsepower|power|745.6998715823|hp HP|horsepower|马力|
watt hour|energy|3600|Wh|watthour watthours|瓦时|mkMGT
kilowatt hour|energy|3600000|||度电 千瓦小时|
joule|energy|1|J|joule joules|焦耳|mkMGT
calorie|energy|4.184|cal|calorie calories|卡路里|k
electronvolt|energy|0.0000000000000000001602176634|eV|electronvolt electronvolts|电子伏特|kMGT
ampere|current|1|A|ampere amperes amp amps|安 安培|nμmk
ampere hour|charge|1|Ah||安时|m
ohm|resistance|1|Ω|ohm ohms|欧姆|mkM
farad|capacitance|1|F|farad farads|法拉|pnμm
newton metre|torque|1|Nm|newtonmetre newtonmetres newtonmeter|牛米 牛·米|
newton|force|1|N|newton newtons|牛顿 牛|kM
pascal|pressure|1|Pa|pascal pascals|帕斯卡 帕|mhkMG
bar|pressure|100000|bar|bar bars||m
psi|pressure|6894.757293|psi PSI|||
atmosphere|pressure|101325|atm|atmosphere atmospheres|个大气压 大气压|
mmHg|pressure|133.322387415|mmHg|||
mole|substance|1|mol|mole moles|摩尔|nμm
decibel|level|1|dB|decibel decibels|分贝|
lumen|light|1|lm|lumen lumens|流明|
lux|illuminance|1|lx|lux|勒克斯|
candela|intensity|1|cd|candela candelas|坎德拉|
becquerel|activity|1|Bq|becquerel becquerels|贝克勒尔|kMG
sievert|dose|1|Sv|sievert sieverts|希沃特|nμm
gray|absorbed|1|Gy||戈瑞|m
tesla|field|1|T|tesla|特斯拉|nμm
celsius|temperature|1||celsius centigrade|摄氏度|
fahrenheit|fahrenheit|1||fahrenheit|华氏度|
kelvin|kelvin|1|K|kelvin kelvins|开尔文|
degree|angle|1||degree degrees|度|
percent|percent|1|%|percent percentage|%|
per mille|percent|0.1|‰||‰|
basis point|percentage points|0.01|bp bps|basispoint basispoints|个基点 基点|
percentage point|percentage points|1|pp|percentagepoint percentagepoints|个百分点 百分点|
ppm|ppm|1|ppm|||
dots per inch|dpi|1|dpi DPI|||
pixel|pixels|1|px|pixel pixels|像素|M
point|points|1||point points|分 积分|
night|nights|1||night nights|晚 夜|
li|length|500|||里 华里|
year of age|age|1|||周岁 岁|
person|people|1||person persons people employees employee staff|人次 人 名 位 名员工 名人 个人|
times|times|1||times|次 倍|
"""
_PREFIXES = {  # symbol -> factor, English, Chinese
    "p": ("0.000000000001", "pico", "皮"), "n": ("0.000000001", "nano", "纳"), "μ": ("0.000001", "micro", "微"),
    "m": ("0.001", "milli", "毫"), "c": ("0.01", "centi", "厘"), "d": ("0.1", "deci", "分"),
    "h": ("100", "hecto", "百"), "k": ("1000", "kilo", "千"), "M": ("1000000", "mega", "兆"),
    "G": ("1000000000", "giga", "吉"), "T": ("1000000000000", "tera", "太"), "P": ("1000000000000000", "peta", "拍"),
}  # fmt: skip
_MORE_SYMBOLS = {
    "mcg": "microgram", "us": "microsecond", "uA": "microampere", "ug": "microgram", "um": "micrometre",
    "uF": "microfarad", "uL": "microlitre", "ul": "microlitre", "KB": "kilobyte", "KHz": "kilohertz", "Kg": "kilogram",
    "KG": "kilogram", "KM": "kilometre", "Km": "kilometre", "KW": "kilowatt", "KWh": "kilowatt hour",
    "Mbit": "megabit", "Gbit": "gigabit", "kbit": "kilobit", "Kbit": "kilobit", "Tbit": "terabit",
    "Mb": "megabit", "Gb": "gigabit", "kb": "kilobit", "mb": "megabyte", "gb": "gigabyte", "tb": "terabyte",
    "Hrs": "hour", "Min": "minute", "Kelvin": "kelvin", "Volts": "volt", "ML": "millilitre", "kilo": "kilogram",
    "cals": "calorie", "Cal": "kilocalorie", "M": "", "micron": "micrometre", "microns": "micrometre",
    "NM": "nautical mile",
}  # fmt: skip
_MORE_CHINESE = {
    "公里": "kilometre", "兆": "megabyte", "兆赫": "megahertz", "兆瓦": "megawatt", "兆帕": "megapascal",
    "大卡": "kilocalorie", "千卡": "kilocalorie", "兆字节": "megabyte", "毫升": "millilitre", "千米": "kilometre",
    "公分": "centimetre", "丝米": "", "吉瓦": "gigawatt", "平米": "square metre", "平方": "square metre",
    "平方公里": "square kilometre",
}  # fmt: skip
# "per" written as one word or sign: numerator and denominator
SPEEDS = {
    "mph": ("mile", "hour"), "kmh": ("kilometre", "hour"), "kph": ("kilometre", "hour"), "kmph": ("kilometre", "hour"),
    "kn": ("nautical mile", "hour"), "kt": ("nautical mile", "hour"), "knot": ("nautical mile", "hour"),
    "knots": ("nautical mile", "hour"), "节": ("nautical mile", "hour"), "bps": ("bit", "second"),
    "kbps": ("kilobit", "second"), "Kbps": ("kilobit", "second"), "Mbps": ("megabit", "second"),
    "mbps": ("megabit", "second"), "Gbps": ("gigabit", "second"), "gbps": ("gigabit", "second"),
    "MBps": ("megabyte", "second"), "GBps": ("gigabyte", "second"), "fps": ("frame", "second"),
    "mpg": ("mile", "gallon"), "dpi": ("dot", "inch"), "DPI": ("dot", "inch"),
}  # fmt: skip


def _rows() -> Iterator[tuple[Unit, list[str], list[str], list[str]]]:
    """Each unit with its symbols, words and Chinese names, every prefix and power of it as a unit of its own."""
    for line in _TABLE.strip().splitlines():
        name, dimension, factor, *names, prefixes = line.split("|")
        symbols, words, chinese = (part.split() for part in names)
        base = Unit(name, dimension, Decimal(factor))
        yield base, symbols, words, chinese
        for prefix in prefixes:
            by, english, sign = _PREFIXES[prefix]
            larger = Unit(english + name, dimension, base.factor * Decimal(by))
            more = [english + word for word in words]
            yield (
                larger,
                [prefix + one for one in symbols[:1] + symbols[1:2] * (name == "litre")],
                more,
                [sign + one for one in chinese],
            )
            if name == "metre":
                yield from _powers(larger, [prefix + "m"], more, [sign + one for one in chinese])
        if dimension == "length":
            yield from _powers(base, symbols, words, chinese)


def _powers(
    unit: Unit, symbols: list[str], words: list[str], chinese: list[str]
) -> Iterator[tuple[Unit, list[str], list[str], list[str]]]:
    for power, dimension, english, sign in ((2, "area", "square", "平方"), (3, "volume", "cubic", "立方")):
        larger = Unit(f"{english} {unit.name}", dimension, unit.factor**power)
        signs = [f"{one}{power}" for one in symbols] + [f"{one}^{power}" for one in symbols]
        short = {2: "sq", 3: "cu"}[power]
        yield (
            larger,
            signs,
            [f"{p} {one}" for one in [*words, *symbols] for p in (english, short)],
            [sign + one for one in chinese],
        )


BY_NAME: dict[str, Unit] = {}
_SYMBOLS: dict[str, str] = {}
_WORDS: dict[str, str] = {}
_CHINESE: dict[str, str] = {}
for _unit, _symbols, _words, _chinese in _rows():
    BY_NAME.setdefault(_unit.name, _unit)
    for _table, _names in ((_SYMBOLS, _symbols), (_WORDS, _words), (_CHINESE, _chinese)):
        for _name in _names:
            _table.setdefault(_name, _unit.name)
_SYMBOLS |= _MORE_SYMBOLS
_CHINESE |= _MORE_CHINESE | {names[0]: code for code, names in CURRENCIES.items()}
_CURRENCY = {code.upper(): code for code in CURRENCIES}
_FOLDED: dict[str, set[str]] = {}
for _symbol, _name in _SYMBOLS.items():
    _FOLDED.setdefault(_symbol.casefold(), set()).add(_name)
_AMBIGUOUS = {
    "in",
    "us",
    "st",
    "ac",
    "mo",
    "bar",
    "min",
    "sec",
}  # words of other meanings where no number stands before
ENGLISH_UNITS = {*_WORDS, *(one for one in _SYMBOLS if len(one) > 1 and one.isalpha())} - _AMBIGUOUS
_MEASURE_WORDS = frozenset(
    "个件台只张份套间辆部条家页级层款本艘架座棵头匹根颗种项门所笔户栋"
)  # what they count follows: 5台 are not 5个
_CHINESE_BY_LENGTH = sorted(_CHINESE, key=len, reverse=True)

# words between a number and its unit that say nothing about how much
QUALIFIERS_TEXT = (
    "working calendar business consecutive full paid extra additional more whole official net further approx "
    "approximately straight total metric annual vacation long short separate different new"
)
QUALIFIERS = frozenset(QUALIFIERS_TEXT.split())
_FUNCTION_WORDS = (
    "or and to of in on at by for from with is are was were be been per as than that which if when but not no "
    "only with within after before until through a an the it they you we he she this these those must may can "
    "will shall should because since so then also each every both over under up out do does did has have had "
    "who whom whose where there here until till via into onto about around between"
)
_NOT_UNITS = frozenset(_FUNCTION_WORDS.split()) | frozenset(MONTHS)


@cache
def find_unit(word: str) -> str:
    """The canonical name of an English unit by a symbol, case as written, or a word; "" for what is none.

    mW and MW are two units. A symbol in another case is taken where it can mean one thing only: KHZ, gb.
    """
    folded = word.casefold()
    if word in _SYMBOLS:
        return _SYMBOLS[word]
    if word.upper() in _CURRENCY:
        return _CURRENCY[word.upper()]
    if folded in _WORDS:
        return _WORDS[folded]
    if word[:1] in ("m", "M") and not folded.endswith(("hz", "b", "bps", "wh")):
        return ""  # milli or mega
    could_be = _FOLDED.get(folded, set())
    return next(iter(could_be)) if len(could_be) == 1 and len(word) > 1 else ""


def noun_of(word: str) -> str:
    """The singular of an English word that may be what is counted ("ferries" -> "ferry"); "" for a function word."""
    word = word.casefold()
    if not word.isalpha() or word in _NOT_UNITS:
        return ""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def is_symbol(word: str) -> bool:
    """Whether a word that no table knows looks like the sign of a unit: kgf, XYZ; a noun has vowels and no capitals."""
    return len(word) <= 5 and (
        not set(word.casefold()) & set("aeiouy") or (len(word) > 1 and word[1:] != word[1:].lower())
    )


def unit_of_chinese(following: str) -> tuple[str, int]:
    """The canonical unit that the characters after a number begin with, and its length; "" and 0 when none is known."""
    for name in _CHINESE_BY_LENGTH:
        if following.startswith(name):
            return _CHINESE[name], len(name)
    return (following[0], 1) if following and following[0] in _MEASURE_WORDS else ("", 0)
