"""The types that a question may say its answer has, by the names that people give them. Knows not how they compare."""

from assay.questions.normalising import squash

__all__ = ["TYPES", "type_named"]

# our name -> further ones, compared without case, spaces and punctuation
TYPES = {
    "quantity": "number, numeric, integer, float, amount, money, currency, price, duration, percentage, percent, "
    "measure, measurement, "
    "数量, 数字, 数值, 金额, 时长, 百分比, 整数, 价格",
    "date": "day, year, month, 日期, 年份, 月份",
    "time": "time of day, clock time, 时刻, 时间点",
    "range": "interval, 范围, 区间",
    "frequency": "how often, 频率, 频次",
    "list": "set, several, items, 列表, 清单, 多项",
    "name": "person, 人名, 姓名, 名字",
    "code": "version, identifier, phone, phone number, symbol, sign, 编号, 代码, 版本, 版本号, 电话, 符号",
    "yes/no": "yes no, boolean, bool, true/false, 是否, 是/否, 是非, 判断",
    "text": "words, string, free text, phrase, 文本, 文字, 词语",
}
_BY_NAME = {squash(name): name for name in TYPES} | {
    squash(other): name for name, others in TYPES.items() for other in others.split(", ")
}


def type_named(name: str) -> str | None:
    """Our name of a type as somebody wrote it; None for none."""
    return _BY_NAME.get(squash(name))
