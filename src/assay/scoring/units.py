"""The names of units in English and Chinese, and how they convert. Knows no numbers."""

from dataclasses import dataclass
from decimal import Decimal

from assay.scoring.dates import MONTHS
from assay.scoring.money import CURRENCIES

__all__ = ["ENGLISH_UNITS", "QUALIFIERS", "Unit", "unit_of_chinese", "unit_of_noun"]


@dataclass(frozen=True)
class Unit:
    """A unit by its canonical name; amounts of one dimension convert by the factor."""

    name: str
    dimension: str
    factor: Decimal


# name | dimension | factor | English names | Chinese names; years convert to months, weeks to days, and no further:
# "a month" is not a number of days
_TABLE = """
second|time|1|second seconds sec secs s|秒 秒钟
minute|time|60|minute minutes min mins|分钟
hour|time|3600|hour hours hr hrs h|小时 个小时 钟头 个钟头
day|days|1|day days|天 日 个工作日 工作日 个自然日 自然日
week|days|7|week weeks|周 个星期 星期 个礼拜
month|months|1|month months|个月
quarter|months|3|quarter quarters|个季度 季度
year|months|12|year years yr yrs|年 周年
millimetre|length|0.001|millimetre millimetres millimeter millimeters mm|毫米 mm
centimetre|length|0.01|centimetre centimetres centimeter centimeters cm|厘米 cm
metre|length|1|metre metres meter meters m|米 m
kilometre|length|1000|kilometre kilometres kilometer kilometers km|公里 千米 km
mile|miles|1|mile miles|英里
milligram|mass|0.000001|milligram milligrams mg|毫克 mg
gram|mass|0.001|gram grams gramme grammes g|克 g
kilogram|mass|1|kilogram kilograms kilogramme kilogrammes kilo kilos kg|公斤 千克 kg
tonne|mass|1000|tonne tonnes t|吨
pound|pounds|1|lb lbs|磅
litre|volume|1|litre litres liter liters l|升
hertz|frequency|1|hertz hz|赫兹 hz
kilohertz|frequency|1000|kilohertz khz|千赫 千赫兹 khz
megahertz|frequency|1000000|megahertz mhz|兆赫 兆赫兹 mhz
kilobyte|memory|0.001|kilobyte kilobytes kb|kb
megabyte|memory|1|megabyte megabytes mb|兆 mb
gigabyte|memory|1000|gigabyte gigabytes gb|gb
terabyte|memory|1000000|terabyte terabytes tb|tb
volt|volt|1|volt volts v|伏 伏特 v
watt|power|1|watt watts w|瓦 瓦特 w
kilowatt|power|1000|kilowatt kilowatts kw|千瓦 kw
kilowatt hour|energy|1|kwh|千瓦时 度电 kwh
ampere|current|1|ampere amperes amp amps|安 安培
newton metre|torque|1|nm|牛米
celsius|temperature|1|celsius|
degree|angle|1|degree degrees|摄氏度 度
percent|percent|1|percent|%
point|points|1|points|个百分点 分
night|nights|1|night nights|晚 夜
person|people|1|person persons people employees staff|人 名 位 名员工 名人
time|times|1|times|次
"""

_ROWS = [line.split("|") for line in _TABLE.strip().splitlines()]
ENGLISH_UNITS = {name: Unit(row[0], row[1], Decimal(row[2])) for row in _ROWS for name in row[3].split()} | {
    "newton metres": Unit("newton metre", "torque", Decimal(1)),
    "newton metre": Unit("newton metre", "torque", Decimal(1)),
    "n m": Unit("newton metre", "torque", Decimal(1)),
    "degrees celsius": Unit("celsius", "temperature", Decimal(1)),
    "a": Unit("ampere", "current", Decimal(1)),
    "kilowatt hours": Unit("kilowatt hour", "energy", Decimal(1)),
}
_CHINESE = {name: row[0] for row in _ROWS for name in row[4].split()} | {
    names[0]: code for code, names in CURRENCIES.items()
}
_MEASURE_WORDS = frozenset("个件台只张份套间辆部条家页级层岁倍")  # what they count follows: 5台 are not 5个
_CHINESE_BY_LENGTH = sorted(_CHINESE, key=len, reverse=True)

# words between a number and its unit that say nothing about how much
_QUALIFIERS = "working calendar business consecutive full paid extra additional more whole official net further"
QUALIFIERS = frozenset(_QUALIFIERS.split())
_FUNCTION_WORDS = (
    "or and to of in on at by for from with is are was were be been per as than that which if when but not no "
    "only with within after before until through a an the it they you we he she this these those must may can "
    "will shall should because since so then also each every both over under up out "
    "may "
)
_NOT_UNITS = frozenset(_FUNCTION_WORDS.split()) | frozenset(MONTHS)


def unit_of_noun(word: str) -> str:
    """The singular of an English word that may be what is counted ("ferries" -> "ferry"); "" for a function word."""
    if not word.isalpha() or word in _NOT_UNITS:
        return ""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def unit_of_chinese(following: str) -> tuple[str, int]:
    """The canonical unit that the characters after a number begin with, and its length; "" and 0 when none is known."""
    for name in _CHINESE_BY_LENGTH:
        if following.startswith(name):
            return _CHINESE[name], len(name)
    return (following[0], 1) if following and following[0] in _MEASURE_WORDS else ("", 0)
