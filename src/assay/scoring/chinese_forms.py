"""Chinese ways of writing one thing to one form: halves, degrees, weekdays, times of day. Knows no other numbers."""

import re

__all__ = ["write_chinese_forms"]

_MONTHS = re.compile(r"(?<![\d.])(\d{1,2})[~至到-](\d{1,2})月(?!\d)")  # 4-5月
_QUARTER_NUMBERS = {"一": 1, "1": 1, "三": 3, "3": 3}
_QUARTERS = re.compile(r"(?<![点时])([一1三3])刻钟")
_SPEED = re.compile(r"时速(?:为|是|约|最高)?(\d+(?:\.\d+)?)\s?(公里|千米|海里|英里)(?!/)")
_PER_HOUR = re.compile(r"每(?:个)?小时(?:为|是|约|最高)?(\d+(?:\.\d+)?)\s?(公里|千米|海里|英里)(?!/)")
_DEGREES = re.compile(r"°\s?[cC](?![a-zA-Z])")
_BELOW_ZERO = re.compile(r"零下\s?(?=\d)")
_WEEKDAY = re.compile(r"(?:星期|礼拜)(?=[一二三四五六日天])")
_HALF_AFTER = re.compile(r"(?<![\d.])(\d+)\s?(个|年|天|周|分|度|吨|米|公里|千米|斤|公斤|小时|倍|亩|页|元)半")
_HALF_ALONE = re.compile(r"(?<![\d上下前后大小多过])半(?=个?小时|个?钟头|个月|个?学期|年(?!报)|天)")
_FLOOR = re.compile(r"第?(\d+)[层楼](?![梯盘道市主宇次高])")
_HOURS = {hour: str(number) for number, hour in enumerate("一二三四五六七八九十", start=1)} | {"两": "2"}
_SPOKEN_HOUR = re.compile(  # 三点 alone may be three points
    r"(?:(?<=[早晚午])|(?<=早上|晚上|凌晨|傍晚|夜里|半夜|深夜))[一两二三四五六七八九十](?=[点时])"
    r"|^[一两二三四五六七八九十](?=点[钟整]?[。.]?$)|(?<![一二三四五六七八九十])[一两二三四五六七八九十](?=点(?:半|整|钟|[一三]刻|\d{1,2}分))"
)
_TIME = re.compile(
    r"(?P<part>凌晨|清晨|早上|早|上午|中午|下午|傍晚|晚上|晚|夜里|半夜|深夜|午夜)?\s?(?<![第\d.:])(?P<hour>[01]?\d|2[0-4])"
    r"(?::(?P<written>[0-5]\d)(?![\d:])"
    r"|\s?[点时](?:(?P<half>半)|(?P<quarter>[一三])刻|\s?(?P<minute>[0-5]?\d)分|(?P<bare>[0-5]\d)(?![\d分.])|[整钟]?(?!\d)))"
)
_NIGHT = ("晚上", "晚", "夜里", "半夜", "深夜", "午夜", "凌晨")
_LATE = ("下午", "傍晚", "晚上", "晚", "夜里")


def write_chinese_forms(text: str) -> str:
    """The text with 2.5年 for 2年半, -20摄氏度 for 零下20℃, 周三 for 星期三, 21:30 for 晚上9点半.

    Numerals are digits already. A time of day without a part of the day stays as it is said: 9点 is 9:00, not 21:00.
    """
    text = _SPEED.sub(r"\1\2/小时", _PER_HOUR.sub(r"\1\2/小时", text))
    text = _QUARTERS.sub(lambda match: f"{15 * _QUARTER_NUMBERS[match[1]]}分钟", text).replace("正午", "中午12点")
    text = _MONTHS.sub(r"\1月至\2月", text)
    text = _BELOW_ZERO.sub("-", _DEGREES.sub("摄氏度", text))
    text = _WEEKDAY.sub("周", text).replace("周天", "周日")
    text = _FLOOR.sub(r"\1楼", text)
    text = _TIME.sub(_time, _SPOKEN_HOUR.sub(lambda match: _HOURS[match.group()], text))
    return _HALF_ALONE.sub("0.5", _HALF_AFTER.sub(r"\1.5\2", text))


def _time(match: re.Match[str]) -> str:
    """Apart from its neighbours: 早8点晚6点 is two times."""
    hour = int(match["hour"]) + (12 if match["part"] in _LATE and int(match["hour"]) < 12 else 0)
    if hour == 12 and match["part"] in _NIGHT:
        hour = 0
    minute = {None: 0, "一": 15, "三": 45}[match["quarter"]] + (30 if match["half"] else 0)
    return f" {hour}:{int(match['written'] or match['minute'] or match['bare'] or minute):02} "
