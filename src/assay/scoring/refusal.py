"""Whether an answer declines to answer. Knows the usual phrases of models, not whether declining was right."""

import re
from collections.abc import Iterable

from assay.questions.question import REFUSAL_TEXT
from assay.scoring.sentences import split_sentences

__all__ = ["REFUSAL_TEXT", "answers_beside", "declined_word", "is_refusal"]


def _any(forms: Iterable[str]) -> str:
    return "(?:" + "|".join(forms) + ")"


# English: what is read, and what it does not do
_KIND = (
    r"(?:texts?|passages?|documents?|documentation|contexts?|information|sources?|articles?|excerpts?|materials?"
    r"|snippets?|paragraphs?"
    r"|sections?|contents?|handbooks?|manuals?|polic(?:y|ies)|guides?|files?|pages?|references?|search results?"
    r"|data sheets?)"
)
_SOURCE = (
    r"(?:(?:the|these|this|any of the|any of these|none of the|no|your|our|that|my)?\s*(?:provided|given|available"
    r"|above|retrieved|supplied|relevant)?\s*"
    r"(?:text|passage|document|context|information|source|article|excerpt|material|snippet|paragraph|section"
    r"|content)s?)"
)
_RULES = (
    r"(?:(?:the|this|our|your|that)\s+)?(?:[\w-]+\s+)?(?:it|they|polic(?:y|ies)|handbook|manual|guide|page"
    r"|file|reference)"
)
_GIVEN = r"(?: (?:provided|given|above|you gave|supplied))?"
_LEAD = (
    r"^(?:(?:sorry|unfortunately|i'?m sorry|i am sorry|i'?m afraid|i am afraid|i apologi[sz]e|(?:my )?apologies"
    r"|hmm|well|no)[,.;:]?\s*(?:that\s+|but\s+)?)*"
    rf"(?:(?:based on|according to|from|in|within|given)\s+(?:only\s+)?[\w\s]{{0,40}}?(?:{_KIND}|provided|given"
    rf"|above)(?: (?:provided|given|above|alone))?[,:]?\s*)?"
    r"(?:(?:the answer is|answer)[:\s]*)?"
)
_NOT = (
    r"(?:do not|does not|did not|don'?t|doesn'?t|didn'?t|can ?not|can'?t|could not|couldn'?t|is not|isn'?t"
    r"|are not|aren'?t)"
)
_CANNOT = (
    r"(?:can ?not|can'?t|could not|couldn'?t|am unable to|are unable to|was unable to|'m unable to|'re unable to"
    r"|(?:am|are|was|were|'m|'re)(?: not|n'?t) able to)"
)
_SAID = (
    r"(?:stated|specified|mentioned|provided|given|known|available|included|found|listed|defined|disclosed"
    r"|indicated|described|"
    r"addressed|covered|answered|determined|applicable|clear|recorded|documented|noted|identified|named"
    r"|established|told)"
)
# What a policy does not cover is an answer; what it does not state is none.
_STATE = (
    r"(?:say|state|specify|mention|indicate|tell|disclose|explicitly|directly|specifically|appear to|seem to|answer)"
)
_SAY = (
    r"(?:say|state|specify|mention|provide|contain|include|give|indicate|answer|tell|address|cover|list|disclose"
    r"|define|describe|"
    r"have (?:any |enough |the )?information|explicitly|directly|specifically|clearly|appear to|seem to)"
)
_TOLD = (
    r"(?:names?|says?|states?|mentions?|specif(?:y|ies)|provides?|contains?|makes?|has|have|gives?|tells?|answers?"
    r"|covers?|addresses|address|holds?)"
)
_FACTS = (
    r"(?:figures?|dates?|names?|hints?|reasons?|trace|word|information|details?|data|mention|answer|knowledge|idea"
    r"|record|reference|clue|evidence|indication)"
)

_LOST = r"(?:missing|absent|lacking|unavailable|unknown|unnamed|unrecorded|undisclosed|unidentified|unstated|not known)"
_ASKING = r"(?:who|what|which|when|where|why|how|whether|if)"

# Anywhere in the answer, and whatever else it says: the answer itself is declined.
_STRONG_FORMS = (
    # I don't know; we do not have that information
    r"(?:i|we)\s+(?:really\s+|honestly\s+|currently\s+)?(?:do not|don'?t|did not|didn'?t) (?:know\b|see any "
    r"|see (?:it|this|that)\b|find "
    r"|(?:have|possess) (?:that|this|any|enough|the|sufficient|access|information|data|details|knowledge|an answer)\b)",
    # I have no information on this; I found nothing
    rf"(?:i|we)(?:\s+|'ve\s+)(?:have|had|found|see|find)?\s*(?:no|nothing|not enough"
    rf"|insufficient)(?:\s+(?:\w+\s+)?{_FACTS}\b|\s+(?:about|on|regarding|that)\b|[\s.!]*$)",
    r"(?:i|we) lack (?:the |any |enough )?(?:information|details?|data|knowledge|context)\b",
    # I cannot answer
    rf"(?:i|we)\s?(?:{_CANNOT})\s+(?:answer|find|determine|tell|say|provide|locate|confirm|give|help|see|know"
    rf"|establish|verify|respond|infer|identify)",
    r"(?:i(?:'m| am)|we(?:'re| are)) (?:not sure|unsure|unable|not able|not aware|not certain|uncertain)",
    r"(?:this|the|your|that) (?:question|answer|information)(?: to (?:this|the|your) question)? (?:can ?not|can'?t"
    r"|could not|couldn'?t) be (?:answered|determined|found|given)",
    r"it (?:is|'s) (?:impossible|not possible) to (?:answer|say|tell|know|determine)",
    # I looked and found no mention of it; that is something I cannot find; one cannot tell from this
    r"(?:i|we)\b[^.;]{0,60}\b(?:found|find|see|saw) (?:no (?:mention|information|reference|answer|word|trace"
    r"|sign)|nothing)\b",
    r"(?:that is|that's|this is) something (?:i|we|you) (?:can'?t|cannot|can not|could not|couldn'?t) (?:find"
    r"|answer|tell|see)\b",
    r"there(?: is|'s) no (?:way|means) (?:of (?:knowing|telling|saying)|to (?:know|tell|say))\b",
    rf"(?:one|you) (?:{_CANNOT}|won'?t|will not) (?:tell|say|know|find|see|learn)(?: (?:this|that|it))?"
    rf" (?:from|in|here)\b",
    # there is no information
    r"(?:there is|there'?s) (?:no|not enough|insufficient) (?:specific |relevant |explicit |such |direct "
    r"|sufficient )?(?:information|mention|data|details?|answer|evidence)",
)
# Only as the first thing said: later, they are a remark beside an answer.
_WEAK_FORMS = (
    # it is not stated
    rf"(?:it|this|that|that information|this information|the [\w']+(?: [\w']+){{0,6}}) ?(?:is|are|was|were|has|have"
    rf"|'s)(?: not|n'?t| never| nowhere)(?: been)? "
    rf"(?:explicitly |directly |specifically |clearly )?{_SAID}(?P<tail1>.*)",
    rf"(?:not|never) (?:explicitly |directly |specifically |clearly )?{_SAID}(?P<tail2>.*)",
    # the passages do not say; none of the documents answers this
    rf"{_SOURCE}{_GIVEN} {_NOT} {_SAY}\b",
    rf"{_RULES} {_NOT} {_STATE}\b",
    rf"(?:none of )?{_SOURCE} {_TOLD} (?:nothing|no (?:mention|information|details?|answer|indication|data))\b",
    rf"(?:none of (?:the|these|my|your)|no) {_KIND}{_GIVEN} {_TOLD}\b",
    rf"(?:{_SOURCE}|{_RULES}) (?:is|are|remains?|stays?) silent\b(?: on (?:this|that|it)\b|[\s.!]*$|.*\b(?:point"
    rf"|question|matter|issue|topic)\b)",
    rf"(?:{_SOURCE}|{_RULES}) (?:(?:lacks?|omits?) (?:this|that|it|the|any|such)?\s?(?:{_FACTS})?[\s.!]*$"
    rf"|leaves? (?:this|that|it) (?:open|out|unsaid|unanswered|unclear)\b)",
    # the builder is unknown; details of the price are missing; it is unclear who built it; nobody is named
    rf"(?:the|this|that|its|their|details|information|data|figures)\b[\w' ]{{1,50}} (?:is|are|was|were"
    rf"|remains?) {_LOST}[\s.!]*$",
    rf"{_ASKING} [\w' ]{{1,50}} (?:is|was|remains?) (?:{_LOST}|not {_SAID}|unclear)[\s.!]*$",
    rf"(?:it|this|that) (?:is|was|remains?|stays) (?:unclear|unknown|uncertain|unsaid|undisclosed)(?:[\s.!]*$"
    rf"|,| (?:from|in|{_ASKING})\b)",
    r"(?:nobody|no one|no (?:names?|dates?|figures?|prices?|reasons?|numbers?|sources?|authors?|places?"
    r"|years?)) (?:is|are|was|were)"
    r" (?:named|mentioned|stated|recorded|identified|specified|given)(?:[\s.!]*$| (?:as|for|in|by|anywhere|here)\b)",
    r"nowhere (?:is|does|do|in)\b.*\b(?:said|stated|say|mention(?:ed)?|told|given)\b",
    r"none of (?:this|that|it) (?:is|stands|appears) in (?:the|these|this|any) ",
    rf"neither (?:of the )?(?:\w+ )?{_KIND} {_TOLD}\b",
    r"(?:the|that|this|its) [\w' ]{1,40} (?:do|does|did)(?: not|n't) appear (?:anywhere|here|in (?:the|these"
    r"|this|any)\b)",
    r"there (?:is not|isn't) (?:anything (?:about|on|regarding|here)|enough (?:here|information|detail"
    r"|context|to (?:say|tell|answer)))\b",
    rf"(?:{_SOURCE}|{_RULES}) fails? to (?:say|state|specify|mention|name|give|tell)\b",
    rf"(?:{_SOURCE}|{_RULES}) (?:is|are) (?:silent (?:on|about|as to)|about (?:something|other))\b",
    rf"(?:the|these|this|my|your) {_KIND}{_GIVEN} (?:{_TOLD}|hold) (?:nothing (?:about|on|of)|no {_FACTS})\b",
    # the answer is not in the documents; it is missing
    rf"(?:the |this |that |your )?(?:answer|information|detail|figure|data|it) ?(?:is not|isn'?t|'s not|was not"
    rf"|wasn'?t|cannot be|can'?t be|could not be) "
    rf"(?:found |present |contained |included |given )?(?:in|within|part of|anywhere in"
    rf"|among) (?:any of )?(?:the )?(?:provided |given )?{_KIND}",
    r"(?:the |this |that )?(?:answer|information|detail|figure|data) (?:is|are|was|were) (?:missing|absent|lacking"
    r"|unavailable)\b",
    # nothing is said about it; nothing in the handbook covers this
    rf"nothing (?:is (?:said|stated|mentioned|given|specified|provided|written)\b|(?:in|within) {_SOURCE}|(?:in"
    rf"|within) (?:the|this|our|these) {_KIND} {_TOLD})",
    r"(?:that|this|it|the question)(?:'s| is| goes)? (?:outside|beyond|out of|not within) (?:the scope|what"
    r"|the (?:documents?|context|text|passages?))",
    r"no (?:specific |relevant |further |such )?(?:information|mention|data|details?)"
    r"(?: (?:is|was|are|were) (?:given|provided|available|stated|found|included|mentioned)| (?:about|on|regarding"
    r"|available|provided|found|given)\b)",
    r"(?:the (?:answer|\w+) )?(?:can ?not|can'?t|could not|couldn'?t) be (?:determined|answered|found|inferred"
    r"|established)\b",
    r"(?:can ?not|can'?t|unable to|could not|impossible to) (?:tell|say|determine|answer|know|find)(?: you)?"
    r"(?: what| how| who| when| where| if| whether)?(?:[\s.!]*$"
    r"| (?:it |this |that )?(?:from|in|with|based|without) )",
    r"(?:insufficient|not enough) (?:information|context|data|details?)\b",
    r"no answer (?:can|could) be (?:given|found|determined)\b",
    r"there(?: is|'s) no (?:entry|record|listing) (?:for|of|on)\b",
    # the rules list two countries only, so I can't tell you what …
    r"[^.;!?]{0,60}\bonly, so (?:i|we) (?:can ?not|can'?t) (?:tell|say)(?: you)?"
    r" (?:what|how|who|when|where|which|whether|if)\b",
    r"(?:there is|there'?s) nothing (?:about|on|in)\b",
    r"(?:i|we) (?:am|are|was|were)(?: not|n't) (?:told|given|informed)\b(?! to\b)",
)
_NOT_SO = re.compile(rf"(?:no,? )?[\w' ]{{1,50}}?(?:n't|\bnot|\bnever) (?:\w+ly )?({_SAID})\b[\s.!]*$", re.I)
_ALONE_WORDS = (
    "unknown", "unanswerable", "n/?a", "none given", "no answer", "no information", "no idea", "not known", "unclear",
    "not applicable", "unsure", "not sure", "undisclosed", "unspecified", "no data", "refuse", "nothing found",
    "no mention", "not found", "none found", "not in the (?:text|documents?|context|passages?)", "no answer found",
    "no clue", "can(?:not|'t) (?:say|tell)", "no relevant information",
    "(?:information|data) not (?:found|available|provided)",
)  # fmt: skip
_STRONG = re.compile(_LEAD + _any(_STRONG_FORMS), re.I)
_WEAK = re.compile(_LEAD + _any(_WEAK_FORMS), re.I)
_ALONE = re.compile(rf"{_LEAD}{_any(_ALONE_WORDS)}[\s.!]*$", re.I)
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
_GUESS = re.compile(
    r"\b(?:my (?:best )?guess|i(?:'d| would)? (?:guess|assume|suppose)|i(?:'d| would) say)\b(?! (?:what|when|who"
    r"|how|that))|(?:估计|猜测?|推测|我觉得|应该|大概)(?:是|为|有)?(?=[^。，]{2,})",
    re.I,
)
_STATES = re.compile(
    r"\d|\b(?:it'?s|it is|it was|they are|likely|probably|presumably|appears? to be|seems? to be|the answer is"
    r"|must be)\b",
    re.I,
)
_ABOUT_SOURCE = re.compile(
    rf"^{_SOURCE}(?: (?:provided|given|above))? (?:only |just |mainly )?(?:describes?|covers?|discuss(?:es)?|"
    r"mentions?|talks?|deals?|is about|are about|lists?|explains?|focus(?:es)?|gives?|provides?|contains?)\b",
    re.I,
)
_SHORT = 6  # words of a sentence that may be an answer alone
_POLITE = re.compile(
    r"^(?:sorry|i'?m sorry|i am sorry|unfortunately|hello|hi|thank|thanks|sure|of course|ok|well|good question"
    r"|抱歉|对不起|您好|你好|很遗憾)",
    re.I,
)
_ADVICE = re.compile(
    r"(?:you|please|we recommend|i (?:can|could|would|suggest|recommend|am|will)|try|contact|ask|check|consult|see"
    r"|feel free|if you"
    r"|perhaps you|maybe you|let me|it (?:does|do|is not|isn't|only|also|mentions|describes|may|might|would)"
    r"|they (?:do|only)"
    r"|there (?:is|are) (?:no|some|other|information|mention|details)"
    r"|(?:the|this|that|these) (?:text|passage|document|context|information|policy|article|section|answer)s? )",
    re.I,
)

# Chinese
_ZH_END = r"(?!的|时|者|之前|的话)"
_ZH_STOP = r"[。.!！]?$"
_ZH_POLITE = r"^(?:很?抱歉|对不起|不好意思|很遗憾|遗憾的是)?[，,]?\s*"
_ZH_NAME = r"(?:文中|文章|文档|文件|资料|段落|材料|原文|上下文|内容|信息|文本|制度|规定|手册|政策|片段|条文)"
_ZH_SOURCE = (
    rf"(?:(?:根据|在|从)?(?:所?提供的?|给定的?|上述|以上|这些|该|本|此|现有的?|已知)?{_ZH_NAME}(?:里面?"
    rf"|中|内|之中)?(?:都|均|也|并|对此)?)"
)
_ZH_BY = r"(?:(?:根据|依据|按照|从|就|凭|仅凭)[^，。]{0,24}[，,]?\s*)"
_ZH_CANNOT = r"(?:无法|不能|没法|没有办法|没办法|难以|无从)"
_ZH_FIND = r"(?:准确|直接)?(?:回答|作答|得知|得出|确定|判断|获知|知道|知晓|推断|找到|给出|提供|得到|看出)"
_ZH_SAID = r"(?:提及|提到|说明|给出|提供|涉及|规定|指出|包含|写明|注明|列出|记载|标明|披露|交代|回答|写|说|讲|提)"
_ZH_NOT_SAID = (
    rf"(?:均|都|并|也|就|压根|根本)?(?:未|没有|并未|没|未曾|不曾|不)(?:明确|具体|直接|详细)?地?(?:作出?"
    rf"|做出?|予以?|加以)?(?:任何|明确)?{_ZH_SAID}{_ZH_END}"
)
_ZH_MATTER = r"(?:相关|有关|对应|足够|此类|这方面|该方面|这类|这一方面|此方面|这个问题|该问题|那方面|任何|依据|明确)"
_ZH_ASKING = r"(?:谁|什么|哪|何|多少|几|怎|是否|如何|为什么|多[长大高远久])"
_ZH_FACTS = r"(?:记录|文献|信息|内容|资料|规定|说明|记载|答案|数据|描述|依据|材料|线索)"

_ZH_STRONG = re.compile(
    r"(?:^|[，,。；;：:\s])(?:很?抱歉|对不起|不好意思)?[，,]?\s*(?:我|我们|目前|暂时|因此|所以|故)?\s*(?:也|还|并)?"
    rf"(?:不知道(?:答案|这个|该)?(?=[。.!！,，；;\s]|$)|不清楚(?=[。.!！,，；;\s]|$)|不确定(?=[。.!！,，；;\s]|$)|"
    rf"{_ZH_CANNOT}(?:从[^，。]{{0,20}}中?|根据[^，。]{{0,20}}|据此|准确|直接)?(?:回答|作答|得知|得出答案|确定答案"
    rf"|判断答案|获知|给出答案)"
    rf"(?:[您你]的|这个|该|此)?[^，。的]{{0,12}}{_ZH_END}(?=[。.!！,，；;\s]|$))"
)
_ZH_FORMS = (
    # 文中没有提到……；资料里没写；这个问题文档没有回答
    rf"{_ZH_POLITE}{_ZH_SOURCE}[，,]?(?:对此"
    rf"|关于[^，。]{{0,30}})?{_ZH_NOT_SAID}(?![^。]*[时者])[^。，]{{0,40}}{_ZH_STOP}",
    rf"{_ZH_POLITE}(?:该|此|这个?)?(?:问题|信息|一?点)[，,]?{_ZH_SOURCE}{_ZH_NOT_SAID}[^。，]{{0,12}}{_ZH_STOP}",
    rf"{_ZH_POLITE}(?:[^，。如若当凡]{{0,15}})?{_ZH_NOT_SAID}(?<!不说)(?<!不讲)(?<!不提)(?<!不写)[^。的时者]{{0,24}}(?:的{_ZH_FACTS}[^。]{{0,6}})?{_ZH_STOP}",
    # 价目表只写了……，没有说学校是否有折扣
    rf"{_ZH_POLITE}[^，。]{{0,12}}只(?:写|列|说|提)了?[^。]{{1,20}}[，,](?:并)?没有?(?:说|写|提|列)(?:明|到|出)?[^，。]{{0,12}}(?:是否|能否|有没有|多少|什么|谁|哪)[^，。]{{0,8}}{_ZH_STOP}",
    # 文档里没有；没有相关信息；目前没有这方面的信息；没有依据可以判断
    rf"{_ZH_POLITE}{_ZH_SOURCE}[，,]?(?:就|也|都|并)?(?:没|没有|无)(?:答案|这方面|相关)?(?:的{_ZH_FACTS})?{_ZH_STOP}",
    rf"{_ZH_POLITE}(?:{_ZH_SOURCE}[，,]?)?\s*(?:目前|现在|现|暂时|暂|尚|我|我们|手头|这里|此处|并|也|都)*(?:没有"
    rf"|无|未找到|没有找到|找不到|没找到|查不到|未查到|没查到|缺乏"
    rf"|缺少|未见|没)(?:足够的?|任何"
    rf"|明确的?)?(?:与?[^，。]{{0,20}})?{_ZH_MATTER}的?{_ZH_FACTS}[^，。的]{{0,12}}{_ZH_STOP}",
    rf"{_ZH_POLITE}(?:我|我们)?(?:没有|没|未|无|找不到)(?:找到|查到|看到)?(?:任何)?(?:答案|依据"
    rf"|线索)(?:可以?[^，。的]{{0,6}})?{_ZH_STOP}",
    # 根据提供的资料，无法确定；该问题无法根据资料回答；从文中看不出来
    rf"{_ZH_POLITE}(?:该|此|这个?|您的|你的)?(?:问题|内容|信息|答案|情况|一点)?[，,]?(?:也|都)?{_ZH_CANNOT}(?:根据"
    rf"|从|由|依据|通过|在)[^，。]{{0,20}}?{_ZH_FIND}(?:出)?(?:答案|结论)?{_ZH_STOP}",
    rf"{_ZH_POLITE}{_ZH_BY}(?:我|我们)?(?:也|都|还)?{_ZH_CANNOT}{_ZH_FIND}[^，。的]{{0,10}}{_ZH_STOP}",
    rf"{_ZH_POLITE}{_ZH_BY}(?:看不出来?|不得而知|查不到|找不到(?:答案)?){_ZH_STOP}",
    rf"{_ZH_POLITE}(?:我|我们){_ZH_CANNOT}(?:回答|提供|给出|确定)[^，。的]{{0,14}}{_ZH_STOP}",
    rf"{_ZH_POLITE}{_ZH_SOURCE}(?:不足|不够)(?:以[^，。]{{0,12}}|[，,].{{0,12}})?{_ZH_STOP}",
    rf"{_ZH_POLITE}(?:这个|这一?点|该问题|此问题)?我?(?:也|都|还|真)?(?:答不上来|答不了|回答不了|说不上来)(?:[，,][^。]*)?{_ZH_STOP}",
    rf"{_ZH_POLITE}(?:我们?)?(?:手头|手上|手边|目前|现有)?(?:的|有的)?{_ZH_NAME}(?:里面?|中)?(?:查不到|找不到|没查到|没找到)[^，。]{{0,14}}{_ZH_STOP}",
    r"^不好说[，,。]",
    # 没有写明是谁画的；不清楚设计者是谁；看不出是谁建的；设计者姓名不详
    rf"{_ZH_POLITE}(?:{_ZH_SOURCE})?[，,]?(?:没有?|未|并未|未曾|不曾)(?:明确"
    rf"|具体)?{_ZH_SAID}[^，。]{{0,12}}{_ZH_ASKING}[^，。]{{0,10}}{_ZH_STOP}",
    rf"{_ZH_POLITE}(?:{_ZH_SOURCE})?(?:看不出|不清楚|不知道|不晓得"
    rf"|说不清)[^，。]{{0,12}}{_ZH_ASKING}[^，。]{{0,8}}{_ZH_STOP}",
    rf"{_ZH_POLITE}[^，。如若当凡]{{1,10}}(?:不详|不明|未知|不可考|不得而知|无从查考|并未说明|未作说明){_ZH_STOP}",
    rf"{_ZH_POLITE}(?:没有?|未)(?:记载|提及|提到|写明|交代)(?!的|者|时)(?![^。]*[时由按归])[^，。]{{1,12}}{_ZH_STOP}",
    # 资料里查不到价格；我在文件里没看到；没有人提到过；与问题无关
    rf"{_ZH_POLITE}(?:我|我们)?(?:在|从)?{_ZH_SOURCE}(?:查不到|找不到|没有?看到|没有?查到|没有?找到|未见"
    rf"|得不到|看不出)[^，。]{{0,14}}{_ZH_STOP}",
    rf"{_ZH_POLITE}没有?(?:人|一处|任何地方|哪里|一个地方)(?:明确)?{_ZH_SAID}[^，。]{{0,10}}{_ZH_STOP}",
    rf"{_ZH_POLITE}[^，。]{{1,8}}(?:一项|一栏|一格)(?:是|为)?空白的?{_ZH_STOP}",
    rf"{_ZH_POLITE}(?:这份|该|这些|此)?{_ZH_NAME}与(?:该|此|这个|这一)?问题无关{_ZH_STOP}",
    rf"{_ZH_POLITE}(?:目前|现在|暂时|尚|也|都)*(?:没有|无|缺乏)可(?:以|供)?[^，。的]{{1,6}}的?{_ZH_FACTS}{_ZH_STOP}",
    rf"{_ZH_POLITE}{_ZH_CANNOT}从中{_ZH_FIND}[^，。]{{0,8}}{_ZH_STOP}",
)
_ZH_ALONE_WORDS = (
    "未知 不详 无答案 没有答案 信息不足 资料不足 未提及 未说明 没提到 无相关信息 不明 无从得知 无法确定 无法判断 "
    "不能确定 无法得知 不得而知 无从知晓 无从判断 无从回答 "
    "无从确定 无法知道 无法知晓 无法得出 没写 没说 没讲 没有写 没有说 未写明 未作说明 未作规定 未予说明 答不上来 "
    "没找到 查不到 找不到 没有记载 无记载 无说明 没有信息 无信息 "
    "未见说明 尚无定论 无从查考 无从考证 看不出来 看不出 "
    "尚不清楚 尚不明确 不明确 不好说 说不准 无相关说明 无相关规定 暂无信息 没提"
)
_ZH_ALONE = re.compile(
    rf"{_ZH_POLITE}{_ZH_BY}?(?:答案[是为：:]*|目前|现|尚|暂|暂时|这个|该问题|此问题|这一?点|这)?(?:也|都|还|是)?"
    rf"{_any(_ZH_ALONE_WORDS.split())}[。.!！\s]*$"
)
_ZH_BEGINS = re.compile(r"^(?:无法确定|无法判断|不能确定|无从得知|信息不足|资料不足|无法得知)(?=[，,。；;])")
_ZH_DECLINES = (*(re.compile(form) for form in _ZH_FORMS), _ZH_ALONE, _ZH_BEGINS)
_ZH_ALLOWS = re.compile(
    r"没有?(?:明文)?规定(?:不让|不许|不准|不得|不能|不可以|禁止)"
)  # what is not forbidden is allowed
_ZH_CONDITION = re.compile(r"^(?:如果?|若|倘若|假如|当|凡|对于?未)")
_ZH_TURN = re.compile(r"(?:但是?|不过|然而|所以|因此)[，,]?(.*)$", re.S)
_ZH_STATES = re.compile(r"\d|[一二三四五六七八九十百]|应该?是|可能是|大概是|答案是|就是")
_ZH_ADVICE = re.compile(
    r"建议|可以(?:咨询|联系|查|参考|问)|请|您|你可|咨询|联系|提到|提及|说明|介绍|描述|文[中档件]|资料|信息"
)


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


def answers_beside(text: str) -> str:
    """What a text says after it has declined something else: "The price is not given. The owner pays."

    Nothing where it declines for itself ("I don't know"), or goes on about what the source holds or whom to ask.
    """
    sentences = [_plain(sentence) for sentence in split_sentences(text)]
    if any(map(_declines_strongly, sentences)):
        return ""
    rest = [sentence for sentence in sentences if not _declines(sentence)]
    if any(_ADVICE.match(one) or _ABOUT_SOURCE.match(one) or _ZH_ADVICE.search(one) for one in rest):
        return ""
    return " ".join(rest)


def declined_word(text: str) -> str:
    """What a text says is not so, where that may be an answer: "included" of "It is not included"; else ""."""
    match = _NOT_SO.match(text.strip())
    return match[1].lower() if match else ""


def _answers(sentence: str) -> bool:
    """Whether a sentence is short or exact enough to be an answer by itself: what is declined after it is a remark."""
    is_short = len(sentence.split()) <= _SHORT if sentence.isascii() else len(sentence) <= 3 * _SHORT
    says = is_short or bool(re.search(r"\d", sentence))
    return says and not _declines(sentence) and not _ABOUT_SOURCE.match(sentence) and not _POLITE.match(sentence)


def _plain(sentence: str) -> str:
    return sentence.replace("’", "'").strip(" \t*_#>\"“”'")


def _is_condition(sentence: str) -> bool:
    return bool(_CONDITION.match(sentence) or _ZH_CONDITION.match(sentence))


def _declines_strongly(sentence: str) -> bool:
    return not _is_condition(sentence) and bool(_STRONG.match(sentence) or _ZH_STRONG.search(sentence))


def _declines(sentence: str) -> bool:
    if _is_condition(sentence) or _ZH_ALLOWS.search(sentence):
        return False
    if _declines_strongly(sentence) or _ALONE.match(sentence):
        return True
    return _declines_weakly(sentence) or any(form.match(sentence) for form in _ZH_DECLINES)


def _declines_weakly(sentence: str) -> bool:
    match = _WEAK.match(sentence)
    if not match:
        return False
    tail = match.group("tail1") if match.group("tail1") is not None else match.group("tail2")
    return tail is None or bool(_TAIL.match(tail))


def _answers_after_all(text: str) -> bool:
    """Whether a turn ("but", "不过") is followed by a statement: "I am not sure, but it is 25 days"."""
    guess = _GUESS.search(text)
    if guess and not _declines(text[guess.start() :]):
        return True
    turn, zh_turn = _TURN.search(text), _ZH_TURN.search(text)
    if turn and not _declines(turn.group(1)) and (_STATES.search(turn.group(1)) or _is_statement(turn.group(1))):
        return True
    if not zh_turn or _declines(zh_turn.group(1)):
        return False
    return bool(_ZH_STATES.search(zh_turn.group(1)) or not _ZH_ADVICE.search(zh_turn.group(1)))


def _is_statement(text: str) -> bool:
    """Whether what follows a turn says something, and does not tell whom to ask or what else the source holds."""
    return len(text.split()) >= 2 and not _ADVICE.match(text)
