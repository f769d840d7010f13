"""Answers of training data that decline: then a question has no answer in its documents. Knows usual phrases only.

The marks have a reader of their own for what a model says (`assay.scoring.refusal`). Here a phrase must be the whole
answer, since a wrong guess would take a right answer away.
"""

import re

__all__ = ["declines", "greets"]

_LONGEST = 200  # characters

_KIND = (
    r"(?:texts?|passages?|documents?|documentation|contexts?|information|sources?|articles?|excerpts?|materials?"
    r"|sections?|contents?|handbooks?|manuals?|polic(?:y|ies)|guides?|files?|pages?)"
)
_GIVEN = r"(?:provided|given|available|above|retrieved)"
_THERE = rf"(?:(?:the|these|this|your|our|any of the)\s+)?(?:{_GIVEN}\s+)?{_KIND}(?:\s+{_GIVEN})?"
_SAID = (
    r"(?:stated|specified|mentioned|provided|given|known|available|included|found|listed|disclosed|indicated|covered"
    r"|answered|addressed)"
)
_SAY = r"(?:say|state|specify|mention|tell|answer|contain|provide|cover|include|give|address|indicate)"
_NOT = r"(?:(?:do|does|did|can|could|is|are|was|were|am)\s?(?:not|n['’]t)|cannot)"
_ABOUT = (
    r"(?:\s+(?:this|that|it|the answer|an answer|the question|your question|any information|enough information"
    r"|(?:so|about|on|for|to|from|in|based on)\s+[^.!?]{0,60}))*"
)
_I_DO_NOT = (
    r"(?:know|have (?:enough |any |that |the )?information|find|answer|say|tell|determine)"
    r"|i(?:['’]m| am) (?:not sure|unable to (?:answer|say|find|determine))"
)
_ENGLISH = (
    rf"i\s+(?:really\s+)?{_NOT}\s+{_I_DO_NOT}",
    rf"(?:the answer|this|that|it|this information|the information)\s+{_NOT}\s+(?:be\s+)?{_SAID}",
    rf"{_THERE}\s+{_NOT}\s+{_SAY}",
    rf"(?:this|the|that)(?:\s+question)?\s+{_NOT}\s+be\s+{_SAID}",
    rf"not\s+(?:{_SAID}|answerable|enough information)",
    rf"(?:there\s+is\s+)?(?:no|insufficient)\s+(?:answer|(?:relevant )?information|data|mention)(?:\s+{_SAID})?",
    r"unanswerable|unknown|no idea|n/a|cannot answer|can['’]t answer|not answerable",
)
_HERE = (
    r"(?:根据)?(?:上述|所给|提供的|给定的|以上|该|这些|这份)?"
    r"(?:文档|文件|资料|材料|文本|上下文|内容|信息|原文|文章|手册)(?:中|里|里面)?[，,]?"
)
_CHINESE = (
    r"我?(?:不知道|不清楚|不确定|无法(?:回答|确定|得知|判断|找到答案)|没有答案|不能回答|答不上来)(?:这个问题|该问题|答案)?",
    rf"{_HERE}(?:并)?(?:没有|未|并未|无)(?:说明|提到|提及|涉及|规定|给出|提供|写明|相关信息|相关内容|找到)[^。！？]{{0,20}}",
    r"(?:没有|无)(?:相关|足够的?)?(?:信息|内容|资料|答案)|未提及|未说明",
)
_LEAD = (
    r"(?:(?:sorry|unfortunately|i['’]m sorry|i am sorry|i['’]m afraid|i am afraid|(?:my )?apologies)[,.;:]?\s*"
    r"(?:but\s+|that\s+)?|(?:很?抱歉|对不起)[，,]?)?"
)
_DECLINES = re.compile(rf"{_LEAD}(?:(?:{'|'.join(_ENGLISH)}){_ABOUT}|{'|'.join(_CHINESE)})\s*[.!。！]*", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|welcome|thanks|thank you|thx"
    r"|ok(?:ay)?|great|cool|bye|goodbye|how are you(?: doing)?(?: today)?|nice to meet you|there|all|everyone|assistant"
    r"|bot|dear|team|again|so much|very much|you|please|help(?: me)?|can you help me|i need help|i have a question"
    r"|你好|您好|嗨|哈喽|早上好|下午好|晚上好|大家好|在吗|请问在吗|谢谢|再见|我有个问题)[\s,.!?;:，。！？~…👋🙂😊-]*)+",
    re.IGNORECASE,
)


def declines(answer: str) -> bool:
    """Whether an answer says, in one sentence and with nothing beside it, that there is none."""
    return len(answer) <= _LONGEST and _DECLINES.fullmatch(answer.strip()) is not None


def greets(text: str) -> bool:
    """Whether a turn of a person is a greeting or thanks alone, and asks for nothing."""
    return len(text) <= _LONGEST and _GREETING.fullmatch(text.strip()) is not None
