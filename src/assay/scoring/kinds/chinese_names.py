"""Chinese names, and foreign ones in characters: 王建国, 列夫·托尔斯泰. Knows no Latin letters."""

import re
from collections.abc import Sequence

from assay.scoring.read_text import Asked, Place, Read
from assay.scoring.surnames import SURNAMES
from assay.scoring.word_search import find_words

__all__ = ["find_chinese_name", "is_chinese_name"]

_PARTED = re.compile("[·・]")
_WHO_ZH = re.compile(r"谁|哪位|何人|哪个人|名字|姓名|叫什么")
_SURNAMES = frozenset(
    SURNAMES + "张劉陳楊黃趙吳馬孫羅鄭謝許韓馮鄧蕭葉蘇呂盧鍾譚陸範賈韋鄒龍顧龔萬錢嚴湯欧司诸上"
)  # and in traditional characters
_BODY = re.compile(r"[\u4e00-\u9fff]{2}[会部局处组室厅队社委]$")  # 董事会
_TWO_CHARACTERS_TEXT = "欧阳 司马 诸葛 上官 司徒 东方 南宫 慕容 夏侯 皇甫 令狐 公孙 长孙 宇文"
_TWO_CHARACTERS = frozenset(_TWO_CHARACTERS_TEXT.split())
_NO_NAMES_TEXT = "高管 经理 主管 方案 金融 石油 周一 向导 任何 万人 马上 武警 江苏 陆军 史官"
_NO_NAMES = frozenset(_NO_NAMES_TEXT.split())
_TITLES_ZH = re.compile(
    "先生|女士|小姐|博士|教授|老师|律师|医生|医师|工程师|同志|院士|师傅|总监|助理|秘书|董事|会计|护士|队长|校长"
    "|局长|科长|站长|班长"
)
_AFTER_NAME = frozenset(
    "吧呢啊嘛了的是在负和与及为担说提任将会于也都由向对咨询报处联系饰扮即那这等先女小经主总教老同博院部处科组审批签管编写创著发译制领带通已可应需给让把被从跟或做当去来到有没不该要"
    "请随则即便本就合演唱画拍配赢夺打参加出进导执认指表建设开获完办接受收理回答复告者工员一二三两四五所以兼共亲自来协起获被称曾专首单独最终统"
)


def is_chinese_name(accepted: Read, asked: Asked) -> bool:
    """A foreign name in parts; else, where it is asked who, two to four characters with a usual surname first."""
    text = accepted.text.strip()
    if _PARTED.search(text):
        return True
    return (
        _WHO_ZH.search(asked.question.text) is not None
        and bool(re.fullmatch(r"[\u4e00-\u9fff]{2,4}", text))
        and text[0] in _SURNAMES
        and text not in _NO_NAMES
        and not _BODY.search(text)
    )


def find_chinese_name(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """A foreign name: all its parts, or some with the last, which alone will do where the question asks who."""
    if not re.search("[·・]", accepted.text):
        places = [place for place in find_words(accepted, said) if _ends_there(said.text, place)]
        places = places or [
            Place(*match.span(), True)
            for match in re.finditer(rf"(?<![\u4e00-\u9fff]){accepted.text.strip()[1:]}(?![\u4e00-\u9fff])", said.text)
            if len(accepted.text.strip()) == 3
        ]
        return places or _find_titled(accepted.text.strip(), said, asked)
    parts = [part for part in re.split(r"[·・]", accepted.text) if part]
    places = list(find_words(accepted, said))
    for match in re.finditer(r"[\u4e00-\u9fffA-Za-z.]+(?:[·・][\u4e00-\u9fffA-Za-z.]+)+", said.text):
        given = re.split(r"[·・]", match.group())
        last = next((i for i, part in enumerate(given) if i and part.startswith(parts[-1])), None)
        if last is None or not given[0].endswith(tuple(parts[:-1])):
            continue
        middle, wanted = given[1:last], parts[1:-1]
        fewer, more = sorted((middle, wanted), key=len)
        if all(part in more for part in fewer):
            places.append(Place(*match.span(), True))
    who = re.search(r"谁|哪位|何人|哪个人|名字|姓名", asked.question.text)
    if not places and who and len(parts[-1]) > 1 and parts[-1] not in asked.question.text:
        places += [
            Place(*match.span(), True)
            for match in re.finditer(
                rf"(?:(?<![·・\u4e00-\u9fff])|(?<=[是由为叫即和与给被向员家师人者王帝手]))(?<![·・]){re.escape(parts[-1])}(?![·・])",
                said.text,
            )
        ]
    return places


def _find_titled(name: str, said: Read, asked: Asked) -> Sequence[Place]:
    """Where a surname with a title stands for a person, 王经理 for 王建国, if the evidence has no other of it."""
    if name[:2] in _TWO_CHARACTERS:
        titled = re.compile(rf"{name[:2]}(?:先生|女士|总|经理|主任|老师|教授|博士|[院局处部校]长|医生|律师)")
        return (
            [Place(*match.span(), True) for match in titled.finditer(said.text)]
            if name[:2] not in asked.quote.text.replace(name, "")
            else ()
        )
    others = {match for match in re.findall(rf"{name[0]}[\u4e00-\u9fff]{{{len(name) - 1}}}", asked.quote.text)} - {name}
    if others or len(name) > 3:
        return ()
    titled = re.compile(
        rf"(?<![\u4e00-\u9fff]){name[0]}(?:先生|女士|总|经理|主任|老师|教授|博士|工|处长|局长|部长|医生|律师|师傅"
        rf"|总监)|是{name[0]}(?:先生|女士|总|经理|主任|老师|教授|博士|医生|律师|总监)"
    )
    return [Place(*match.span(), True) for match in titled.finditer(said.text)]


def _ends_there(text: str, place: Place) -> bool:
    """Whether a Chinese name ends where it was found: 张伟 is not in 张伟明; after a name stands a title or a verb."""
    after = text[place.end : place.end + 1]
    if _TITLES_ZH.match(text, place.end):
        return True
    return after in _AFTER_NAME or not "\u4e00" <= after <= "\u9fff"
