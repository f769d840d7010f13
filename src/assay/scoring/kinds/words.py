"""Free words: what is no value of another type, compared word by word. Knows no meaning."""

import re
from collections.abc import Iterator, Sequence

from assay.scoring.accepted_forms import REGIONS
from assay.scoring.chinese_sounds import sound_alike
from assay.scoring.elements import find_element
from assay.scoring.kinds.kind import Kind
from assay.scoring.kinds.names import asks_for_person
from assay.scoring.nations import find_nation, land_before
from assay.scoring.phrase_heads import chinese_heads, find_head
from assay.scoring.read_text import Asked, Place, Read, Word, read_text
from assay.scoring.values.quantities import same_amount
from assay.scoring.word_forms import find_deed, find_player
from assay.scoring.word_search import (
    alike,
    find_acronym,
    find_loose,
    find_turned,
    find_words,
    opposes,
    without_articles,
)

__all__ = ["WORDS", "asks_for_one"]

_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_LEADING = re.compile(
    r"^(?:with|using|in|at|on|by|for|of|as|to|from|via|through|about|because of|because|due to)\s+(?=\w)", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"^(?:they|it|he|she|you|we|this|that)(?:'s|'re| is| are| was| were| will be| gets?)\s+(?!not\b|never\b)(?=\w)",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"^(?:(?:mainly|mostly|primarily|chiefly|largely|usually|typically|generally|its|their|his|her|our"
    r"|your)\s+)+(?=\w)",
    re.IGNORECASE,
)
_IN_A_PLACE = re.compile(r"^in an? (.+) (?:place|way|manner|condition|state|environment)$", re.IGNORECASE)
_PRONOUN = re.compile(r"^(?:they|it|he|she|you|we|one) (?=[a-z]{3,}(?:s|ed)\b)", re.IGNORECASE)
_OBJECT = re.compile(r"(?<=[a-z]{3}s) (?:them|it|him|her)$")
_BY_DOING = re.compile(r"^(?:by )?([a-z]{3,})ing(?= (?:the|a|an|it|your|on|in|to|for)\b)")
_PURPOSE = re.compile(r"^to ([a-z]{3,})(?=\s)")
_CHINESE_LEADING = re.compile(
    r"^(?:(?:发|打)(?=[\u4e00-\u9fff]{3})|乘坐|乘|坐|骑|在|于|由|是|为|用|通过|因为|以|从|向|到)(?=[\u4e00-\u9fff]{2})"
)
_CHINESE_TRAILING = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:的|了|等|等等|里|中|上|内|(?<=[深浅淡暗亮]\S)色)$")
_GENERIC_TEXT = (
    "inc ltd llc corp corporation co company plc gmbh ag sa mount mt lake river sea ocean desert strait peninsula "
    "canal archipelago the hms rms uss ss mv"
)
_GENERIC = frozenset(_GENERIC_TEXT.split())
_PLAIN_TEXT = (
    "north south east west black white red yellow blue green dead new great long big little upper lower central first "
    "second royal national"
)
_PLAIN = frozenset(_PLAIN_TEXT.split())  # what is no name without the lake or the river that it is of
_NEGATES_TEXT = "not no never without non un anti"
_NEGATES = frozenset(_NEGATES_TEXT.split())
_DENIALS_ZH = (
    (re.compile("没有|并无|没"), "无"), (re.compile("不用|无需|无须|不必|不需要?|毋须"), "不需"),
    (re.compile("冠军|首位|头名"), "第1"), (re.compile("亚军"), "第2"), (re.compile("季军"), "第3"),
    (re.compile("首席执行官"), "CEO"), (re.compile("首席技术官|技术总监"), "CTO"),
    (re.compile("首席财务官|财务总监"), "CFO"),
    (re.compile("人力资源部?"), "HR"),
    (re.compile("总工程师"), "总工"),
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
_TITLED = re.compile(
    r"(?:the )?(?:saint|st\.?|sir|king|queen|pope|emperor|empress|prince|princess|dr\.?) (?=[A-Z]\w+ (?:of|the) )",
    re.IGNORECASE,
)
_LONGEST_SHORT = 5  # characters of the short name of a body: 国际奥委会
_SHORT_SCHOOL = 4  # characters of a university that has two in short
_NUMBER_WORDS = frozenset(("no", "number", "p", "pg", "nr"))
_LEAST_MISSPELT = 5  # characters, mostly of foreign names; of a shorter one each is chosen: 华星, 华兴
_DIFFERS = re.compile(
    r"[不没未无非一二两三四五六七八九十百千万东南西北上下左右前后内外大小]|公司|科技|集团|[局部院厂店路街村镇]$"
)  # of which one makes another thing
_BRACKETED = re.compile(r"[(\[（]([^()\[\]（）\d]{2,30})[)\]）]")
_ALSO = re.compile(r"^(?:also |or |aka |also called |又称|又名|俗称|也称|也叫|即|原名)", re.IGNORECASE)
_NO_NAME = re.compile(
    r"(?:since|in|of|with|formerly|born|about|full|part|incl|excl|e\.g|i\.e|see|only|up|per|each|not|optional"
    r"|if|at|from|to|for|by|as|on)\b",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\W*(?:where\b|(?:in |at |from |to )?(?:what|which) (?:\w+ )?(?:city|country|town|place|state|village|island"
    r"|location|region)\b)",
    re.IGNORECASE,
)
_LAW = ("法", "条例", "规定", "办法")
_PERSON_ZH = re.compile(  # 实业家孟广德, 法国作家雨果
    r".{1,16}?(?:[家师员官匠王帝民手]|诗人|[院校局处科部市省县镇村队班站店厂社所]长|主任|经理|总监|主席|书记"
    r"|教授|老师|导演"
    r"|将军|医生|博士|总理|总统|作者|学者"
    r"|僧人)(?P<name>[\u4e00-\u9fff]{2,4}(?:[·・][\u4e00-\u9fff]+)*)(?<![会部局处组院厅队社团所])"
)
_DYNASTY_ZH = re.compile(r"哪个?一?朝|什么朝|朝代")
_TEAM_ZH = re.compile(r"哪[支个]?球?队|谁")
_BODY_ZH = re.compile(r"部门|工厂|厂家|哪家|科室|处室|哪个[部处科室]")
_LEAST_BODY = 3
_WHERE_ZH = re.compile(r"哪里|哪儿|何处|何地|在哪|哪个城市|什么地方")
_LANGUAGE_ZH = re.compile(r"语言|什么[语话]|哪种[语话]")
_PERSON = re.compile(r"\bwho(?:m|se)?\b|谁|哪位", re.IGNORECASE)


def _variants(accepted: Read, asked: Asked) -> Iterator[Read]:
    """An accepted answer in the forms that say as much: without a preposition, without words of the question."""
    lang, text = accepted.lang, accepted.text
    for form in dict.fromkeys(_forms(text, lang)):
        if form.strip():
            yield read_text(form.strip(), lang)
    if lang == "en":
        yield from _without_asked(accepted, asked)
    else:
        yield from (read_text(form, lang) for form in _chinese_forms(text.strip(" 。"), asked))


def _forms(text: str, lang: str) -> Iterator[str]:
    yield text
    bare = _BRACKETS.sub(" ", text).strip().rstrip(".")
    yield bare
    if lang == "zh":
        yield _CHINESE_TRAILING.sub("", _CHINESE_LEADING.sub("", bare))
    else:
        yield _LEADING.sub("", bare)
        yield _SUBJECT.sub("", bare)
        yield _OBJECT.sub("", _PRONOUN.sub("", bare))
        yield _HEDGED.sub("", _LEADING.sub("", bare))
        yield _IN_A_PLACE.sub(r"\1", bare)
        if way := _BY_DOING.match(bare):
            yield from (base + bare[way.end() :] for base in _bases(way[1]))
        if purpose := _PURPOSE.match(bare):
            yield from (form + bare[purpose.end() :] for form in _gerunds(purpose[1]))
        bare = _LEADING.sub("", bare).removeprefix("the ")
        bare = bare.replace('"', "")
        kept = [word for word in bare.split() if word.strip(".,").casefold() not in _GENERIC]
        is_name = any(word.casefold() not in _PLAIN for word in kept)
        if is_name and len(kept) < len(bare.split()) and kept[0][0].isupper():
            yield " ".join(kept).rstrip(",")


def _chinese_forms(text: str, asked: Asked) -> Iterator[str]:
    """Without the country before a town, the people of a country, the description before a thing."""
    land = land_before(text) or next((region for region in REGIONS if text.startswith(region)), "")
    if len(text) - len(land) >= 2 and land and _WHERE_ZH.search(asked.question.text) and not _BODY.search(text):
        yield from (text[len(land) :], f"{land}省{text[len(land) :]}")
    if _DYNASTY_ZH.search(asked.question.text) and text[-1:] in ("代", "朝"):
        yield text[:-1] + ("朝" if text[-1] == "代" else "代")
    if _TEAM_ZH.search(asked.question.text) and text.endswith("队") and len(text) > _LEAST_BODY - 1:
        yield text[:-1]
    if (law := _LAND.sub("", text.strip("《》"))) != text and law.endswith(_LAW):
        yield law
    if _LANGUAGE_ZH.search(asked.question.text) and text[-1:] in ("语", "文"):
        yield text[:-1] + ("文" if text[-1] == "语" else "语")
    if _PERSON.search(asked.question.text) and (described := _PERSON_ZH.fullmatch(text)):
        yield described["name"]
    if _BODY_ZH.search(asked.question.text) and text[-1:] in tuple("部处科室司厂") and len(text) > _LEAST_BODY:
        yield text[:-1]
    if text[-1:] in ("树", "木", "花") and len(text) > _LEAST_BODY - 1:
        yield text[:-1]
    yield from chinese_heads(text, asked)


def _bases(root: str) -> Iterator[str]:
    """hold for holding, make for making, run for running."""
    yield from (root, root + "e")
    if root[-1] == root[-2]:
        yield root[:-1]


def _gerunds(verb: str) -> Iterator[str]:
    """studying for study, making for make, running for run."""
    yield verb + "ing"
    if verb.endswith("e"):
        yield verb[:-1] + "ing"
    else:
        yield verb + verb[-1] + "ing"


def _without_asked(accepted: Read, asked: Asked) -> Iterator[Read]:
    """Red of "red roof", where the roof is what the question is about; nothing of a name, no denial is left away."""
    if _PERSON.search(asked.question.text) or asks_for_person(asked):
        if titled := _TITLED.match(accepted.text):
            yield read_text(accepted.text[titled.end() :], "en")
        return
    if len(accepted.words) > 8:
        return
    rest = [word for word in accepted.content if word.key not in asked.keys]
    left_out = [word for word in accepted.content if word.key in asked.keys]
    if not rest or not left_out or any(word.key in _NEGATES for word in accepted.words):
        return
    if any(word.is_name or word.key[0].isdigit() for word in left_out) or all(len(word.key) < 3 for word in rest):
        return
    start, end = rest[0].start, rest[-1].end
    if all(word in rest for word in accepted.content if start <= word.start < end):
        yield read_text(accepted.text[start:end], "en")


def find_free(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """Where a text has the words of an accepted answer, in one of its forms."""
    places: Sequence[Place] = ()
    for form in _variants(accepted, asked):
        places = [
            place for place in find_words(form, said) or find_acronym(form, said) if not _turns(accepted, said, place)
        ]
        if places:
            return places
    if places := _find_place(accepted, said, asked) or find_nation(accepted, said, asked):
        return places
    if places := find_element(accepted, said, asked) or find_head(accepted, said, asked):
        return places
    if accepted.lang == "en" and (places := find_deed(accepted, said) or find_player(accepted, said, asked)):
        return places
    if _is_bare_code(accepted, said, asked):
        return [Place(0, len(said.text), True)]
    if bracketed := _find_bracketed(accepted, said, asked):
        return bracketed
    if accepted.lang == "zh" and (plain := _undenied(accepted, said) or _shortened(accepted, said)):
        return plain
    if accepted.lang == "zh" and (misspelt := _misspelt(accepted, said, asked)):
        return misspelt
    places = find_loose(accepted, said) or find_turned(accepted, said)
    return [place for place in places if _same_numbers(accepted, said, place)] or _head(accepted, said, asked)


def _is_bare_code(accepted: Read, said: Read, asked: Asked) -> bool:
    """Whether a text is just the number or the letter of a thing that the question names: 3, for "platform 3"."""
    wanted, given = ([word for word in read.content if word.key not in asked.keys] for read in (accepted, said))
    given = [word for word in given if word.key not in _NUMBER_WORDS]
    is_code = len(wanted) == 1 and (
        wanted[0].key[-1].isdigit() or (len(wanted[0].raw) == 1 and wanted[0].raw.isupper())
    )
    return (
        accepted.lang == "en"
        and is_code
        and len(accepted.content) > 1
        and [word.key for word in given] == [wanted[0].key]
    )


def _find_bracketed(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """The whole of a text where it is the other name that stands in brackets: Burma, of "Myanmar (Burma)"."""
    if _WHERE.match(asked.question.text) or _WHERE_ZH.search(asked.question.text):
        return ()  # "Springfield (Illinois)" is not Illinois
    given = [word.key for word in said.content if word.key != "是"]
    for match in _BRACKETED.finditer(accepted.text):
        name = read_text(_ALSO.sub("", match[1]), accepted.lang)
        if given and given == [word.key for word in name.content] and not _NO_NAME.match(name.text):
            return [Place(0, len(said.text), True)]
    return ()


def _misspelt(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """Where a text has the accepted answer with one other character of the same sound: 柴科夫斯基 for 柴可夫斯基."""
    name = accepted.text.strip(" 。")
    if len(name) < _LEAST_MISSPELT or not re.fullmatch(r"[\u4e00-\u9fff]+", name) or _DIFFERS.search(name):
        return ()
    found = []
    for start in range(len(said.text) - len(name) + 1):
        pairs = [(a, b) for a, b in zip(name, said.text[start:], strict=False) if a != b]
        if len(pairs) == 1 and sound_alike(*pairs[0]):
            found.append(Place(start, start + len(name), True))
    return found


def _undenied(accepted: Read, said: Read) -> Sequence[Place]:
    """Where a text says with another word of denial what the accepted answer denies: 无密码, 没有密码."""
    wanted, given = _written(accepted.text), _DEGREE.sub("", _written(said.text))
    if wanted == accepted.text and given == said.text:
        return ()
    found = find_words(read_text(wanted, "zh"), read_text(given, "zh"))
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


def _find_place(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """Where a text names the place alone of "Brussels, Belgium", and no other land after it."""
    parts = re.fullmatch(r"([A-ZÀ-Þ][^,;]*), ([A-ZÀ-Þ][^,;]*)", accepted.text.strip(" ."))
    if not parts or not _WHERE.match(asked.question.text):
        return ()
    return [
        place
        for place in find_words(read_text(parts[1], "en"), said)
        if not re.match(r",? (?:in )?[A-ZÀ-Þ]", said.text[place.end :])
        or said.text[place.end :].lstrip(", ").startswith(parts[2])
    ]


def _turns(accepted: Read, said: Read, place: Place) -> bool:
    """Whether the word before a place turns round what the accepted answer begins with: "from Oslo", not "to Oslo"."""
    before = [word for word in said.words if word.end <= place.start][-1:]
    return bool(before) and bool(accepted.words) and opposes(accepted.words[0], before[0])


def _same_numbers(accepted: Read, said: Read, place: Place) -> bool:
    here = [one for one in said.amounts if place.start <= one.start < place.end]
    return all(any(same_amount(one, other) for other in here) for one in accepted.amounts if one.unit)


def _head(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """The whole of a short text, where it is the head of the accepted phrase: "Battle of Hastings" of "… in 1066"."""
    if accepted.lang == "zh" or len(said.words) > 8:
        return ()
    stated = re.sub(
        r"^(?:it (?:is|was)|the answer is|they (?:are|were)|this is|that is|he (?:is|was)|she (?:is|was))\s+",
        "",
        said.text.strip(" ."),
        flags=re.IGNORECASE,
    )
    head = read_text(stated, "en")
    wanted, given = without_articles(accepted.words), without_articles(head.words)
    if not given or not _same_words(wanted, given) or len(given) >= len(wanted):
        return ()
    last = wanted[len(given) - 1]
    tail = accepted.text[last.end :]
    content = head.content
    is_name = sum(word.is_name for word in content) >= 2
    if re.match(r"(?:an?|the)\s", accepted.text, re.IGNORECASE) and re.fullmatch(r",\s(?!(?:and|or)\b)[^,;]+", tail):
        return () if re.search(r"\b(?:and|or)\b", tail) else [Place(0, len(said.text), True)]
    if re.match(r"\s*[(\[]|,?\s+(?:who|which|that)\b| - |,\s+(?:a|an|the)\b", tail) and content:
        return [Place(0, len(said.text), True)]
    is_titled = _TITLED.match(accepted.text) and len(given) == 2 and re.match(r" (?:of|the) ", tail)
    if is_titled or (re.match(r",?\s+(?:in|near|at|on|from|during|by)\b", tail) and is_name):
        return [Place(0, len(said.text), True)]
    if (
        re.match(r",\s", tail)
        and content
        and asks_for_one(asked)
        and "," not in tail[1:]
        and not re.search(r"\b(?:and|or)\b", tail)
    ):
        return [Place(0, len(said.text), True)]
    return ()


def _same_words(wanted: Sequence[Word], given: Sequence[Word]) -> bool:
    return all(alike(one, word) for one, word in zip(wanted, given, strict=False))


def asks_for_one(asked: Asked) -> bool:
    """Whether the question asks for one thing, so that what follows a comma says more of it: "Oslo, Norway"."""
    return bool(
        re.match(
            r"\W*(?:where|(?:what|which) (?:is|was|city|country|town|place|state|kind|type|sort|breed|animal"
            r"|colou?r)\b|who (?:is|was)\b|in (?:what|which) (?:city|country|town|place|state)\b)",
            asked.question.text,
            re.IGNORECASE,
        )
    )


WORDS = Kind(name="text", reads=lambda accepted, asked: True, find=find_free)
