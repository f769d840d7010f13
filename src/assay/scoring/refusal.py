"""Whether an answer declines to answer. Knows the usual phrases of models, not whether declining was right."""

import re

from assay.questions.question import REFUSAL_TEXT
from assay.scoring.sentences import split_sentences

__all__ = ["REFUSAL_TEXT", "is_refusal"]

_SOURCE = (
    r"(?:(?:the|these|this|any of the|none of the|no|your|our)?\s*(?:provided|given|available|above"
    r"|retrieved|supplied|relevant)?\s*"
    r"(?:text|passage|document|context|information|source|article|excerpt|material|snippet|paragraph|section|content)s?)"
)
_LEAD = (
    r"^(?:(?:sorry|unfortunately|i'?m sorry|i am sorry|i apologi[sz]e|apologies|hmm|well|no)[,.;:]?\s*(?:but\s+)?)*"
    r"(?:(?:based on|according to|from|in|within|given)\s+(?:only\s+)?[\w\s]{0,40}?(?:text|passage"
    r"|document|context|information|source|"
    r"article|excerpt|page|polic(?:y|ie)|material|provided|given|above)s?(?: (?:provided|given|above"
    r"|alone))?[,:]?\s*)?"
    r"(?:(?:the answer is|answer)[:\s]*)?"
)
_NOT = (
    r"(?:do not|does not|did not|don'?t|doesn'?t|didn'?t|can ?not|can'?t|could not|couldn'?t|is not"
    r"|isn'?t|are not|aren'?t)"
)
_SAID = (
    r"(?:stated|specified|mentioned|provided|given|known|available|included|found|listed|defined|disclosed"
    r"|indicated|described|"
    r"addressed|covered|answered|determined|applicable|clear)"
)
# What a policy does not cover is an answer; what it does not state is none.
_RULES = (
    r"(?:(?:the|this|our|your|that)\s+)?(?:[\w-]+\s+)?"
    r"(?:it|they|polic(?:y|ies)|handbook|manual|guide|page|file|reference)"
)
_STATE = r"(?:say|state|specify|mention|indicate|tell|disclose|explicitly|directly|specifically|appear to|seem to)"
_SAY = (
    r"(?:say|state|specify|mention|provide|contain|include|give|indicate|answer|tell|address|cover|list"
    r"|disclose|define|describe|"
    r"have (?:any |enough |the )?information|explicitly|directly|specifically|clearly|appear to|seem to)"
)
# Anywhere in the answer, and whatever else it says: the answer itself is declined.
_STRONG = re.compile(
    rf"{_LEAD}(?:"
    r"(?:i|we)\s+(?:really\s+|honestly\s+|currently\s+|unfortunately\s+)?(?:do not|don'?t|did not|didn'?t) "
    r"(?:know|have (?:that|this|any|enough|the|sufficient|access|information|data|details|knowledge|an answer)\b|see any |find |see (?:it|this|that)\b)"
    r"|(?:i|we)\s+(?:have|found|see|find) (?:no|nothing|not enough|insufficient)(?:\s+(?:\w+\s+)?(?:information|details?|data|mention|answer|knowledge|idea|record|reference|clue|evidence)\b"
    r"|\s+(?:about|on|regarding|that)\b|[\s.!]*$)"
    r"|(?:i|we) lack\b"
    r"|(?:i|we)\s+(?:can ?not|can'?t|could not|couldn'?t|am unable to|are unable to|am not able to|was unable to|'m unable to|'m not able to|'re unable to)\s+"
    r"(?:answer|find|determine|tell|say|provide|locate|confirm|give|help|see|know|establish|verify|respond|infer|identify)"
    r"|(?:i(?:'m| am)|we(?:'re| are)) (?:not sure|unsure|unable|not able|not aware|not certain|uncertain)"
    r"|(?:this|the|your|that) (?:question|answer|information)(?: to (?:this|the"
    r"|your) question)? (?:can ?not|can'?t|could not) be "
    r"(?:answered|determined|found|given)"
    r"|it (?:is|'s) (?:impossible|not possible) to (?:answer|say|tell|know|determine)"
    r"|(?:there is|there'?s) (?:no|not enough|insufficient) (?:specific |relevant |explicit |such |direct "
    r"|sufficient )?"
    r"(?:information|mention|data|details?|answer|evidence)"
    r")",
    re.I,
)
# Only as the first thing said: later, they are a remark beside an answer.
_WEAK = re.compile(
    rf"{_LEAD}(?:"
    rf"(?:it|this|that|that information|this information|the \w+(?: \w+){{0,6}}) (?:is|are|was|were|has"
    rf"|have)(?: not|n'?t)(?: been)? "
    rf"(?:explicitly |directly |specifically |clearly )?{_SAID}(?P<tail1>.*)"
    rf"|(?:not|never) (?:explicitly |directly |specifically |clearly )?{_SAID}(?P<tail2>.*)"
    rf"|{_SOURCE}(?: (?:provided|given|above|you gave|supplied))? {_NOT} {_SAY}\b"
    rf"|{_RULES} {_NOT} {_STATE}\b"
    rf"|(?:none of )?{_SOURCE} (?:says?|states?|mentions?|specif(?:y|ies)|provides?|contains?|makes?|has"
    rf"|have|gives?) "
    r"(?:nothing|no (?:mention|information|details?|answer|indication|data))\b"
    rf"|(?:the |this |that |your )?(?:answer|information|detail|figure|data) (?:is|was|are|were) (?:missing|absent|lacking|unavailable)\b"
    rf"|(?:the |this |that |your )?(?:answer|information|detail|figure|data|it) (?:is not|isn'?t|was not|wasn'?t|cannot be|can'?t be|could not be) (?:found |present |contained |included |given )?(?:in|within|part of|anywhere in|among) (?:any of )?{_SOURCE}\b"
    rf"|nothing (?:is (?:said|stated|mentioned|given|specified|provided|written)|(?:in|within) {_SOURCE})(?:[^.]*(?:answer|say|state|mention|about|cover|address|help|relat)\w*)?"
    rf"|(?:{_SOURCE}|{_RULES}) (?:is|are|remains?|stays?) silent\b|(?:{_SOURCE}|{_RULES}) (?:lacks?|omits?|leaves? (?:this|that|it) (?:open|out))\b"
    rf"|(?:that|this|it|the question)(?:'s| is| goes)? (?:outside|beyond|out of|not within|not in) (?:the scope|my|what|the {_SOURCE})"
    rf"|(?:none of the|no) {_SOURCE}(?: (?:provided|given|above))? (?:says?|states?|mentions?|specif(?:y"
    rf"|ies)|provides?|contains?|gives?)\b"
    r"|no (?:specific |relevant |further |such )?(?:information|mention|data|details?)"
    r"(?: (?:is|was|are|were) (?:given|provided|available|stated|found|included|mentioned)| (?:about|on"
    r"|regarding|available|provided|found|given)\b)"
    r"|(?:the (?:answer|\w+) )?(?:can ?not|can'?t|could not) be (?:determined|answered|found|inferred|established)\b"
    r"|(?:insufficient|not enough) (?:information|context|data|details?)\b"
    r"|(?:there is|there'?s) nothing (?:about|on|in)\b"
    r")",
    re.I,
)
_ALONE = re.compile(
    rf"{_LEAD}(?:unknown|unanswerable|n/?a|none given|no answer|no information|no idea|not known"
    rf"|not applicable|unclear|unsure|"
    r"not sure|undisclosed|unspecified|no data|refuse|nothing found|no mention|not found|not in the (?:text|documents?|context|passages?)|none found|no answer found|no clue|cannot say|can't say|can't tell|cannot tell|no relevant information|information not (?:found|available|provided)|data not available)[\s.!]*$",
    re.I,
)
# "not stated in euros" is about euros; "not stated in the passages" is a refusal
_TAIL = re.compile(
    r"\s*(?:$|[.,;:!)]|(?:anywhere|here|explicitly|directly|yet|at all|for|how|what|when|whether|who|which|where)\b|"
    rf"(?:in|from|within|on|by)\s+(?:any\s+of\s+)?(?:{_SOURCE}|{_RULES})\b|in the\b)",
    re.I,
)
_CONDITION = re.compile(
    r"^(?:if|when|where|unless|whenever|those|anyone|whoever|employees? who|in case|should)\b", re.I
)
_TURN = re.compile(r"\b(?:but|however|nevertheless|that said|still|instead)\b[,:]?\s*(.*)$", re.I | re.S)
_STATES = re.compile(
    r"\d|\b(?:it'?s|it is|it was|they are|likely|probably|presumably|appears? to be|seems? to be"
    r"|the answer is|must be)\b",
    re.I,
)
_ABOUT_SOURCE = re.compile(
    rf"^{_SOURCE}(?: (?:provided|given|above))? (?:only |just |mainly )?(?:describes?|covers?|discuss(?:es)?|"
    r"mentions?|talks?|deals?|is about|are about|lists?|explains?|focus(?:es)?|gives?|provides?|contains?)\b",
    re.I,
)
_SHORT = 6  # words of a sentence that may be an answer alone
_POLITE = re.compile(r"^(?:sorry|i'?m sorry|i am sorry|unfortunately|hello|hi|thank|thanks|sure|of course|ok|well|good question|抱歉|对不起|您好|你好|很遗憾)", re.I)
_ADVICE = re.compile(
    r"(?:you|please|we recommend|i (?:can|could|would|suggest|recommend|am|will)|try|contact|ask|check|consult|see|feel free|if you|perhaps you|maybe you|let me"
    r"|it (?:does|do|is not|isn't|only|also|mentions|describes|may|might|would)|they (?:do|only)|there (?:is|are) (?:no|some|other|information|mention|details)"
    r"|(?:the|this|that|these) (?:text|passage|document|context|information|policy|article|section|answer)s? )",
    re.I,
)

_ZH_END = r"(?!的|时|者|之前|的话)"
_ZH_STRONG = re.compile(
    r"(?:^|[，,。；;：:\s])(?:很?抱歉|对不起|不好意思)?[，,]?\s*(?:我|我们|目前|暂时|因此|所以|故)?\s*(?:也|还|并)?"
    rf"(?:不知道(?:答案|这个|该)?(?=[。.!！,，；;\s]|$)|不清楚(?=[。.!！,，；;\s]|$)|不确定(?=[。.!！,，；;\s]|$)|"
    rf"(?:无法|不能|没法|没有办法)(?:从[^，。]{{0,20}}中?|根据[^，。]{{0,20}}|据此|准确|直接)?(?:回答|作答|得知|得出答案|确定答案|判断答案|获知"
    rf"|给出答案)[^，。]{{0,12}}{_ZH_END}(?=[。.!！,，；;\s]|$))"
)
_ZH_SOURCE = (
    r"(?:(?:根据|在)?(?:所?提供的?|给定的?|上述|以上|这些|该|本|此|现有的?|已知)?"
    r"(?:文中|文章|文档|文件|资料|段落|材料|原文|上下文|内容|信息|文本|制度|规定|手册|政策|片段)(?:里|中|内|之中)?(?:都|均|也|并|里面)?)"
)
_ZH_NOT_SAID = (
    r"(?:均|都|并|也)?(?:未|没有|并未|没|未曾|不曾|不)(?:明确|具体|直接|详细)?地?"
    rf"(?:提及|提到|说明|给出|提供|涉及|规定|指出|包含|写明|注明|列出|记载|标明|披露){_ZH_END}"
)
_ZH_POLITE = r"^(?:很?抱歉|对不起|不好意思)?[，,]?\s*"
_ZH_SOURCE_WEAK = re.compile(
    rf"{_ZH_POLITE}{_ZH_SOURCE}[，,]?(?:对此|关于[^，。]{{0,30}})?{_ZH_NOT_SAID}(?![^。]*[时者])[^。，]{{0,40}}[。.！!]?$"
)
_ZH_WEAK = re.compile(
    rf"{_ZH_POLITE}(?:[^，。如若当凡]{{0,15}})?{_ZH_NOT_SAID}[^。的时者]{{0,24}}(?:的(?:信息|内容|说明|资料|答案|数据"
    rf"|规定)[^。]{{0,6}})?[。.！!]?$"
)
_ZH_COLLOQUIAL = re.compile(
    rf"{_ZH_POLITE}{_ZH_SOURCE}[，,]?(?:就|也|都|并|压根|根本)?(?:没|没有|未|不曾)(?:有)?(?:写|说|讲|提|交代|涉及|答案|这方面|相关|任何|给)[^，。的时者]{{0,12}}(?:的(?:信息|内容|说明|资料|答案|规定))?[。.！!]?$"
)
_ZH_CANNOT = re.compile(
    rf"{_ZH_POLITE}(?:该|此|这个?|您的|你的)?(?:问题|内容|信息|答案|情况|一点)?[，,]?(?:也|都)?(?:无法|不能|没法|没办法|难以)(?:根据|从|由|依据|通过|在)[^，。]{{0,20}}?(?:回答|作答|得知|得出|确定|判断|获知|找到|得到)(?:出)?(?:答案|结论)?[。.！!]?$"
    rf"|{_ZH_POLITE}(?:根据|依据|按照|从)[^，。]{{0,24}}[，,]?\s*(?:我|我们)?(?:也|都|还)?(?:无法|不能|没法|难以)(?:准确|直接)?(?:确定|判断|得知|回答|作答|得出|知道|推断|找到|知晓)[^，。]{{0,10}}[。.！!]?$"
)
_ZH_NOTHING = re.compile(
    rf"^(?:很?抱歉|对不起)?[，,]?\s*(?:{_ZH_SOURCE}[，,]?)?\s*(?:目前|现在|现|暂时|暂|尚|我|我们|手头|这里|此处|并|也|都)*(?:没有|无|未找到|找不到|没找到|查不到|未查到|没查到|缺乏|缺少|未见|没)(?:足够的?|任何|明确的?)?(?:与?[^，。]{{0,20}})?"
    r"(?:相关|有关|对应|足够|此类|这方面|该方面|这类|这一方面|此方面|这个问题|该问题|那方面)的?(?:信息|内容|资料|规定|说明|记载|答案|数据|描述|依据|材料)[^，。的]{0,12}[。.！!]?$"
)
_ZH_ALONE = re.compile(
    r"^(?:很?抱歉|对不起|不好意思)?[，,]?\s*(?:(?:根据|依据|按照|就|从)[^，。]{0,20}[，,]?\s*)?(?:答案[是为：:]*|目前|现|尚|暂|暂时|这个|该问题|此问题|这一?点|这)?(?:也|都|还|是)?(?:不得而知|无从知晓|无从判断|无从回答|无从确定|无法知道|无法知晓|无法得出|没写|没说|没讲|没有写|没有说|未写明|未作说明|未作规定|未予说明|答不上来|没找到|查不到|找不到|无可奉告|没有答案|没有记载|无记载|无说明|没有信息|无信息|尚不清楚|尚不明确|不明确|未知|不详|无答案|没有答案|信息不足|资料不足|未提及|未说明|没提到|无相关信息|不明|无从得知|无法确定|无法判断|不能确定|无法得知)[。.！!\s]*$"
)
_ZH_BEGINS = re.compile(r"^(?:无法确定|无法判断|不能确定|无从得知|信息不足|资料不足|无法得知)(?=[，,。；;])")
_ZH_CONDITION = re.compile(r"^(?:如果?|若|倘若|假如|当|凡|对于?未)")
_ZH_TURN = re.compile(r"(?:但是?|不过|然而)[，,]?(.*)$", re.S)
_ZH_ADVICE = re.compile(r"建议|可以(?:咨询|联系|查|参考|问)|请|您|你可|咨询|联系|提到|提及|说明|介绍|描述|文[中档件]|资料|信息")
_ZH_STATES = re.compile(r"\d|[一二三四五六七八九十百]|应该?是|可能是|大概是|答案是|就是")


def is_refusal(text: str) -> bool:
    """Whether the answer says that it has no answer, in English or Chinese.

    A refusal phrase within a real answer does not count: in a condition ("if the rate is not specified, 5% applies"),
    as part of a name, or as a remark after an answer ("25 days; whether they carry over is not stated").
    """
    sentences = [_plain(sentence) for sentence in split_sentences(text)]
    if not sentences:
        return False
    first = next((s for s in sentences if not _ABOUT_SOURCE.match(s) or _declines(s)), sentences[0])
    place = sentences.index(first)
    later = [i for i, sentence in enumerate(sentences) if _declines_strongly(sentence)]
    declined = _declines(first) or any(not any(map(_answers, sentences[:i])) for i in later)
    return declined and not _answers_after_all(" ".join(sentences[place:]))


def _answers(sentence: str) -> bool:
    """Whether a sentence is short or exact enough to be an answer by itself: what is declined after it is a remark."""
    is_short = len(sentence.split()) <= _SHORT if sentence.isascii() else len(sentence) <= 3 * _SHORT
    says = is_short or bool(re.search(r"\d", sentence))
    return says and not _declines(sentence) and not _ABOUT_SOURCE.match(sentence) and not _POLITE.match(sentence)


def _plain(sentence: str) -> str:
    return sentence.replace("’", "'").strip(" \t*_#>\"“”'")


def _declines_strongly(sentence: str) -> bool:
    if _CONDITION.match(sentence) or _ZH_CONDITION.match(sentence):
        return False
    return bool(_STRONG.match(sentence) or _ZH_STRONG.search(sentence))


def _declines(sentence: str) -> bool:
    if _CONDITION.match(sentence) or _ZH_CONDITION.match(sentence):
        return False
    if _declines_strongly(sentence) or _ALONE.match(sentence):
        return True
    chinese = (_ZH_COLLOQUIAL, _ZH_CANNOT, _ZH_SOURCE_WEAK, _ZH_WEAK, _ZH_NOTHING, _ZH_ALONE, _ZH_BEGINS)
    return _declines_weakly(sentence) or any(pattern.match(sentence) for pattern in chinese)


def _declines_weakly(sentence: str) -> bool:
    match = _WEAK.match(sentence)
    if not match:
        return False
    tail = match.group("tail1") if match.group("tail1") is not None else match.group("tail2")
    return tail is None or bool(_TAIL.match(tail))


def _answers_after_all(text: str) -> bool:
    """Whether a turn ("but", "不过") is followed by a statement: "I am not sure, but it is 25 days"."""
    turn, zh_turn = _TURN.search(text), _ZH_TURN.search(text)
    if turn and not _declines(turn.group(1)) and (_STATES.search(turn.group(1)) or _is_statement(turn.group(1))):
        return True
    if not zh_turn or _declines(zh_turn.group(1)):
        return False
    return bool(_ZH_STATES.search(zh_turn.group(1)) or not _ZH_ADVICE.search(zh_turn.group(1)))


def _is_statement(text: str) -> bool:
    """Whether what follows a turn says something, and does not tell whom to ask or what else the source holds."""
    return len(text.split()) >= 2 and not _ADVICE.match(text)
