"""Chinese words in the forms that say as much: short names of bodies, denials, descriptions. Knows no meaning."""

import re
from collections.abc import Iterator, Sequence

from assay.scoring.accepted_forms import REGIONS
from assay.scoring.chinese_sounds import sound_alike
from assay.scoring.nations import land_before
from assay.scoring.phrase_heads import chinese_heads
from assay.scoring.read_text import Asked, Place, Read, read_text
from assay.scoring.word_search import find_words

__all__ = ["ASKS_WHERE_ZH", "chinese_forms", "find_chinese"]

_DENIALS_ZH = (
    (re.compile("没有|并无|没|缺少?(?=[\u4e00-\u9fff])"), "无"),
    (re.compile("不用|无需|无须|不必|不需要?|毋须"), "不需"),
    (re.compile("冠军|首位|头名"), "第1"), (re.compile("亚军"), "第2"), (re.compile("季军"), "第3"),
    (re.compile("首席执行官"), "CEO"), (re.compile("首席技术官|技术总监"), "CTO"),
    (re.compile("首席财务官|财务总监"), "CFO"),
    (re.compile("人力资源部?"), "HR"),
    (re.compile("总工程师"), "总工"),
    (re.compile("(?:星期|礼拜)(?=[一二三四五六日天])"), "周"), (re.compile("中午(?:12(?:点|:00))?"), "12:00"),
    (re.compile("(?<=[点午0日])[之以]前"), "前"), (re.compile(r"(?<![\d:])12点(?=前|$)"), "12:00"),
    (re.compile("元宵节?"), "农正月15"), (re.compile("端午节?"), "农5月初五"), (re.compile("七夕节?"), "农7月初七"),
    (re.compile("中秋节?"), "农8月15"), (re.compile("重阳节?"), "农9月初九"), (re.compile("腊八节?"), "农腊月初八"),
    (re.compile("(?:农历|阴历|夏历)(?=[正腊\\d])"), "农"), (re.compile("农1月"), "农正月"),
    (re.compile(r"(?<![农\d])(?=[正腊]月)"), "农"),
    (re.compile(r"(?<![农\d年])(?=\d{1,2}月(?:初[一二三四五六七八九十]|\d{1,2}(?![\d日号])))"), "农"),
    (re.compile("(?:将会|就会|会|将)(?=被)"), ""),
    (re.compile("的?地方$|之处$"), "处"),
    (re.compile("(?<=[\u4e00-\u9fff])(?:部门?|处|科室?)的?(?=经理|主任|总监|主管|负责人)"), ""),
    (re.compile("不可以?|无法|不予|不得|不准|不许|不允许|禁止|严禁"), "不能"),
)  # fmt: skip
_BODY = re.compile(
    r"(?:大学|学院|银行|公司|委员会|医院|局|部|院|所|社|协会|中心|中学|小学|组织|联盟|联合会|基金会"
    r"|[站厂馆桥港园峰山江河湖])$"
)
_TYPE = re.compile(r"(?:大学|学院|组织|联盟|联合会|基金会|[峰江河])$")  # what the short name of a body may leave out
_LAND = re.compile(r"^(?:中华人民共和国|中国)(?=[\u4e00-\u9fff]{3})")
_DEGREE = re.compile(r"(?:非常|严重|已经|过于|比较|太(?![阳平空太])|很)(?=[\u4e00-\u9fff]{2})")
_SHORT_SCHOOL = 4  # characters of a university that has two in short
_LEAST_MISSPELT = 5  # characters, mostly of foreign names: of a short name each is chosen, 青阳 and 青羊
_DIFFERS = frozenset("不没未无非一二两三四五六七八九十百千万东南西北上下左右前后内外大小")  # each makes another thing
_CHOSEN = re.compile(r"公司|科技|集团|[局部院厂店路街村镇]$")
_LAW = ("法", "条例", "规定", "办法")
_PERSON_ZH = re.compile(  # 实业家孟广德, 法国作家雨果
    r".{1,16}?(?:[家师员官匠王帝民手]|诗人|[院校局处科部市省县镇村队班站店厂社所]长|主任|经理|主管|专员|助理|秘书|组长|工程师|总监|主席|书记"
    r"|教授|老师|导演"
    r"|将军|医生|博士|总理|总统|作者|学者"
    r"|僧人)(?P<name>[\u4e00-\u9fff]{2,4}(?:[·・][\u4e00-\u9fff]+)*)(?<![会部局处组院厅队社团所])"
)
_CODED_ZH = re.compile(
    r"([A-Za-z]+-?\d[\w-]*)(?:号|型)?(?:表格?|单|号|型|文件)|(?:表格?|单|型号|编号)([A-Za-z]+-?\d[\w-]*)"
)
_DYNASTY_ZH = re.compile(r"哪个?一?朝|什么朝|朝代")
_TEAM_ZH = re.compile(r"哪[支个]?球?队|谁")
_BODY_ZH = re.compile(r"部门|工厂|厂家|哪家|科室|处室|哪个[部处科室]")
_LEAST_BODY = 3
ASKS_WHERE_ZH = re.compile(r"哪里|哪儿|何处|何地|在哪|哪个城市|什么地方")
_LANGUAGE_ZH = re.compile(r"语言|什么[语话]|哪种[语话]")
_BESIDE_ZH = re.compile("的?(?:隔壁|对面|旁边|附近|助理|副手)")
_LANDS_ZH_TEXT = "葡萄牙 西班牙 意大利 俄罗斯 阿拉伯 德意志 法兰西 越南 印度尼西亚 波斯 罗马尼亚 蒙古"
_LANDS_ZH = frozenset(_LANDS_ZH_TEXT.split())
_PERSON = re.compile(r"谁|哪位")


def chinese_forms(text: str, asked: Asked) -> Iterator[str]:
    """Without the country before a town, the people of a country, the description before a thing."""
    land = land_before(text) or next((region for region in REGIONS if text.startswith(region)), "")
    if len(text) - len(land) >= 2 and land and ASKS_WHERE_ZH.search(asked.question.text) and not _BODY.search(text):
        yield from (text[len(land) :], f"{land}省{text[len(land) :]}")
    if coded := _CODED_ZH.fullmatch(text):
        yield coded[1] or coded[2]
    if _DYNASTY_ZH.search(asked.question.text) and text[-1:] in ("代", "朝"):
        yield text[:-1] + ("朝" if text[-1] == "代" else "代")
    if _TEAM_ZH.search(asked.question.text) and text.endswith("队") and len(text) > _LEAST_BODY - 1:
        yield text[:-1]
    if (law := _LAND.sub("", text.strip("《》"))) != text and law.endswith(_LAW):
        yield law
    if _LANGUAGE_ZH.search(asked.question.text) and text[-1:] in ("语", "文"):
        yield text[:-1] + ("文" if text[-1] == "语" else "语")
    if _LANGUAGE_ZH.search(asked.question.text) and text[:-1] in _LANDS_ZH:
        yield from (text[0] + "语", text[0] + "文")
    if _PERSON.search(asked.question.text) and (described := _PERSON_ZH.fullmatch(text)):
        yield described["name"]
    if _BODY_ZH.search(asked.question.text) and text[-1:] in tuple("部处科室司厂") and len(text) > _LEAST_BODY:
        yield text[:-1]
    if _PERSON.search(asked.question.text) and text[-1:] in ("部", "科", "处") and len(text) == _LEAST_BODY:
        yield text[:-1]
    if "颜色" in asked.question.text and text.endswith("色") and len(text) > _LEAST_BODY - 1:
        yield from (text[:-1], text[:-1] + "的")
    if text[-1:] == "术" and len(text) > _LEAST_BODY - 1:
        yield text[:-1]
    if text[-1:] in ("树", "木", "花") and len(text) > _LEAST_BODY - 1:
        yield text[:-1]
    yield from chinese_heads(text, asked)


def find_chinese(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """Where a text has a Chinese answer in other words of denial, by a short name, or with one character misspelt."""
    return _undenied(accepted, said) or _shortened(accepted, said) or _misspelt(accepted, said, asked)


def _misspelt(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """Where a text has the accepted answer with one other character of the same sound: 柴科夫斯基 for 柴可夫斯基."""
    name = accepted.text.strip(" 。")
    if len(name) < _LEAST_MISSPELT or not re.fullmatch(r"[\u4e00-\u9fff]+", name) or _CHOSEN.search(name):
        return ()
    found = []
    for start in range(len(said.text) - len(name) + 1):
        pairs = [(a, b) for a, b in zip(name, said.text[start:], strict=False) if a != b]
        if (
            len(pairs) == 1
            and not _DIFFERS & set(pairs[0])
            and sound_alike(*pairs[0])
            and said.text[start : start + len(name)] not in asked.quote.text
        ):
            found.append(Place(start, start + len(name), True))
    return found


def _undenied(accepted: Read, said: Read) -> Sequence[Place]:
    """Where a text says with another word of denial what the accepted answer denies: 无密码, 没有密码."""
    wanted, given = _written(accepted.text), _DEGREE.sub("", _written(said.text))
    if wanted == accepted.text and given == said.text:
        return ()
    read = read_text(given, "zh")
    found = [one for one in find_words(read_text(wanted, "zh"), read) if not _BESIDE_ZH.match(read.text, one.end)]
    return [Place(0, len(said.text), True)] if found else ()


def _shortened(accepted: Read, said: Read) -> Sequence[Place]:
    """The short name of a body, the whole of an answer: 北大, 中科院, 世卫组织, 清华, 工行."""
    full, short = accepted.text.strip(), re.sub(r"^(?:是|在|于|由)|[。.]$", "", said.text.strip())
    names = {full, _LAND.sub("", full)}
    return [Place(0, len(said.text), True)] if any(_is_short_for(short, name) for name in names) else ()


def _is_short_for(short: str, name: str) -> bool:
    if not _BODY.search(name) or len(name) < 4 or not 2 <= len(short) <= len(name):
        return False
    kept = _TYPE.sub("", name)
    if (short in (name, kept) and len(kept) > 1) or (name.endswith(short) and len(short) >= 4):
        return True
    if name.endswith("委员会") and short.endswith("委会") and short[:2] == name[:2]:
        return _is_within(short, name)  # 国际奥委会
    return any(_is_initialism(*pair) for pair in ((short, name), (short, kept), (_TYPE.sub("", short), kept)))


def _is_initialism(short: str, name: str) -> bool:
    if not 2 <= len(short) <= 3 or (short[-1] == "大" and len(name) > _SHORT_SCHOOL):
        return False  # 北大 is not 北京师范大学
    return short[0] == name[0] and short[-1] in name[-2:] and _is_within(short, name)


def _is_within(short: str, name: str) -> bool:
    rest = iter(name)
    return all(char in rest for char in short)


def _written(text: str) -> str:
    for several, one in _DENIALS_ZH:
        text = several.sub(one, text)
    return text
