"""The words by which a judge is asked, in English and Chinese, and how yes and no are read. Knows no model."""

import re

from assay.judges.judge import Pair
from assay.models.engine import Conversation, Message
from assay.scoring.answer_language import Language
from assay.scoring.clean_text import clean_text

__all__ = ["JUDGE_PROMPT_VERSION", "YES_NO", "judge_conversation", "read_yes_no"]

JUDGE_PROMPT_VERSION = 1  # opinions are kept under it: count up when a word below changes

YES_NO: dict[Language, tuple[str, str]] = {"en": ("yes", "no"), "zh": ("是", "否")}

_RULE: dict[Language, str] = {
    "en": (
        "You check whether an answer may stand. Beside the question you see a reference, which is correct. The answer "
        "may stand if whoever reads it learns all that was asked, as the reference has it. Its wording, its order of "
        "sentences and true details that come on top make no difference. It may not stand if an amount, a time, a "
        "name, a condition or the order of steps is another one, if it allows what the reference forbids or the "
        "reverse, if something that was asked for is left out, or if it claims something that cannot be true beside "
        "the reference."
    ),
    "zh": (
        "你要核对一个回答能否成立。除了问题，你还会看到一段正确的参考内容。读了回答的人如果能知道问题所问的全部内容，"
        "并且与参考内容一致，回答就成立；措辞不同、句子顺序不同、多出真实的细节，都没有关系。"
        "如果数量、时间、名称、条件或步骤的先后与参考内容不同，如果把禁止说成允许或把允许说成禁止，"
        "如果漏掉了问题所问的内容，或者说了与参考内容不能同时为真的话，回答就不成立。"
    ),
}
_LABELS: dict[Language, tuple[str, str, str]] = {
    "en": ("Question: ", "Reference: ", "Answer: "),
    "zh": ("问题：", "参考内容：", "回答："),
}
_ASKED: dict[Language, str] = {
    "en": "May the answer stand? Reply with yes or no only.",
    "zh": "这个回答成立吗？只回复“是”或“否”。",
}

_EXAMPLES: dict[Language, tuple[tuple[Pair, bool], ...]] = {
    "en": (
        (
            Pair(
                "How do I book the rowing boat?",
                "Put your name on the list in the boathouse by Thursday evening and leave a deposit of 20 euros with "
                "the warden.",
                "",
                "The warden takes a deposit, EUR 20, and the list you sign hangs in the boathouse; do it no later than "
                "Thursday night.",
            ),
            True,
        ),
        (
            Pair(
                "How do I book the rowing boat?",
                "Put your name on the list in the boathouse by Thursday evening and leave a deposit of 20 euros with "
                "the warden.",
                "",
                "Put your name on the list in the boathouse by Tuesday evening and leave a deposit of 20 euros with "
                "the warden.",
            ),
            False,
        ),
        (
            Pair(
                "Who may open the seed vault, and when?",
                "Only the two curators together may open the seed vault, and never while the alarm is being tested.",
                "",
                "It takes both curators at once to open the vault. They must not do so during a test of the alarm. The "
                "vault was built in 1994.",
            ),
            True,
        ),
        (
            Pair(
                "Who may open the seed vault, and when?",
                "Only the two curators together may open the seed vault, and never while the alarm is being tested.",
                "",
                "Either of the two curators can open the seed vault, except while the alarm is being tested.",
            ),
            False,
        ),
        (
            Pair(
                "What happens to bread that is not sold, and who decides it?",
                "Bread left over at closing time goes to the shelter in Mill Lane; the shift leader decides how much "
                "is kept for the next day.",
                "",
                "Whatever is left when the shop closes is handed to the shelter in Mill Lane.",
            ),
            False,
        ),
        (
            Pair(
                "Why did the ferry stop running in winter?",
                "The ferry stopped running in winter because ice damaged the landing stage and the island school had "
                "closed, so that hardly anybody crossed.",
                "",
                "There was next to nobody left to carry once the school on the island had shut, and the landing stage "
                "suffered from the ice. That is why there is no winter service.",
            ),
            True,
        ),
    ),
    "zh": (
        (
            Pair(
                "怎样预订划艇？",
                "周四晚上之前在船库的名单上登记姓名，并向管理员交20元押金。",
                "",
                "押金二十元，交给管理员；名单挂在船库里，最晚周四晚上把名字写上去。",
            ),
            True,
        ),
        (
            Pair(
                "怎样预订划艇？",
                "周四晚上之前在船库的名单上登记姓名，并向管理员交20元押金。",
                "",
                "周二晚上之前在船库的名单上登记姓名，并向管理员交20元押金。",
            ),
            False,
        ),
        (
            Pair(
                "谁可以打开种子库，什么时候可以？",
                "只有两名馆员同时在场才可以打开种子库，而且测试警报期间一律不得打开。",
                "",
                "要两位馆员一起才能开库，测试警报的时候不能开。种子库建于1994年。",
            ),
            True,
        ),
        (
            Pair(
                "谁可以打开种子库，什么时候可以？",
                "只有两名馆员同时在场才可以打开种子库，而且测试警报期间一律不得打开。",
                "",
                "两名馆员中任何一人都可以打开种子库，但测试警报期间除外。",
            ),
            False,
        ),
        (
            Pair(
                "没卖完的面包怎么处理，由谁决定？",
                "关门时剩下的面包送到磨坊巷的收容所；留多少到第二天由值班组长决定。",
                "",
                "店里关门时剩下的面包都送到磨坊巷的收容所。",
            ),
            False,
        ),
        (
            Pair(
                "渡船为什么冬天停航？",
                "渡船冬天停航，是因为冰损坏了码头，而且岛上的学校关闭了，几乎没有人过河。",
                "",
                "岛上的学校一关，几乎就没有乘客了，码头又被冰弄坏，所以冬天不开船。",
            ),
            True,
        ),
    ),
}

_PARTING = re.compile(r"[\s.,;:!?\"'“”‘’()*_。，；：！？、（）「」]+")
_YES, _NO = frozenset({"yes", "是", "是的"}), frozenset({"no", "否", "不是"})


def judge_conversation(pair: Pair, lang: Language, answer_first: bool = False) -> Conversation:
    """A rule, six worked examples, then the pair; `answer_first` has every answer before its reference."""
    turns = [Message("system", _RULE[lang])]
    for example, is_right in _EXAMPLES[lang]:
        said = YES_NO[lang][0 if is_right else 1]
        turns += [_ask(example, lang, answer_first), Message("assistant", said)]
    return (*turns, _ask(pair, lang, answer_first))


def _ask(pair: Pair, lang: Language, answer_first: bool) -> Message:
    question, reference, answer = (
        label + text for label, text in zip(_LABELS[lang], (pair.question, pair.reference, pair.answer), strict=True)
    )
    shown = (answer, reference) if answer_first else (reference, answer)
    return Message("user", "\n".join([question, *shown]) + f"\n\n{_ASKED[lang]}")


def read_yes_no(reply: str) -> bool | None:
    """Whether a reply says yes; None where it says neither, or both. Only its first word can say it."""
    words = [word for word in _PARTING.split(clean_text(reply).casefold()) if word]
    if not words or words[0] not in _YES | _NO:
        return None
    says_yes = words[0] in _YES
    return None if (_NO if says_yes else _YES) & set(words) else says_yes
