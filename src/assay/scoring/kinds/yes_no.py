"""Yes and no: what a text says to a question that asks for one of them, in English and Chinese."""

import re
from typing import Literal

from assay.scoring.answer_language import Language
from assay.scoring.kinds.kind import Kind, Outcome
from assay.scoring.lexicon import Lexicon, load_lexicon, stem_of
from assay.scoring.normalise import normalise
from assay.scoring.opposites import OPPOSITES
from assay.scoring.read_text import Asked, Read, Word, read_text, word_key

__all__ = ["YES_NO", "Stance", "stance_of_answer", "stance_of_text"]

Stance = Literal["yes", "no"]

_WORDS: dict[str, Stance] = dict.fromkeys(("yes", "yeah", "yep", "true", "correct", "affirmative", "right"), "yes")
_WORDS |= dict.fromkeys(("no", "nope", "false", "incorrect", "untrue", "wrong", "negative", "never"), "no")
_CHINESE_NO = (
    "留在外面 不保 有毒 禁烟 千万别 "
    "不可以 不能 不行 不是 不会 不需要 不允许 不对 不得 没有 无需 错误 否 不 不必 不准 不可 不用 不正确 错 假 "
    "不应 不应该 不让 不许 没 不要 禁止 "
    "不算 无 无法 不予 概不 严禁 不属于 不包括 不包含 不支持 不适用 不成立 不存在 不真 不属实 未 并非 非 不必须"
)
_CHINESE_YES = (
    "没问题 没错 不假 欢迎 需 可以 能够 能 是的 是 会 需要 允许 对 有 正确 可 行 对的 准许 必须 应该 应当 真"
    " 没错 属于 包括 包含 "
    "支持 适用 成立 存在 属实 要 得 算"
)
_CHINESE: dict[str, Stance] = dict.fromkeys(_CHINESE_NO.split(), "no")
_CHINESE |= dict.fromkeys(_CHINESE_YES.split(), "yes")
# 是否, 能不能: the question's own words, said again; 没有规定禁止: what is not forbidden is allowed
_ASKED = re.compile(
    r"是否|能否|可否|会否|有无|(.)不\1|有没有|可不可以|需不需要|允不允许|是不是|应不应该|会不会|无论|不论|不仅"
    r"|不但|不同|不久|可能|可是|但是"
    r"|对于|对此|对(?=[^，。,的]{1,8}(?:来说|而言|是|不))|(?<=答案)是|于是|只是|就是说|还是|总是|都是(?=[^不])"
    r"|会议|机会|有关|有效|有时|所有|没有关系|会员|会计|会费|会场|会客|社会|协会|工会|大会|年会|委员会|董事会|例会|开会"
    r"|有限|拥有|具有|持有|银行|行政|执行|进行|行李|旅行|出行|行程|自行|行业|行为|行人|发行|举行|随行|飞行|航行|行驶"
    r"|重要|主要|要求|需求|要点|得到|获得|取得|所得|心得|值得|对方|对象|对外|反对|面对|针对|核对|正要"
    r"|能力|功能|性能|能源|节能|智能|技能|许可|认可|可靠|无线|无人机|非常|未来|请假|[年病事产婚休放暑寒销假丧]假|假期|假日|假条"
    r"|认真|传真|出错|差错|计算|预算|算法|[结核决打总]算"
    r"|是(?=[不没未否可能假错真对]|无需|错误|允许|需要|必须|正确|对的)"
)
_DOUBLE = re.compile(
    r"(?:没有|并无|无|未)[^，。；,;]{0,8}?(?:规定|条款|政策|要求|法律|理由)?[^，。；,;]{0,6}?(?:禁止|不允许|不准|不让|不许"
    r"|限制|不能)|没有不(?:可以?|能|行|允许|准|许)|不(?![能可得])[^，。不]{1,4}(?:不得|不能|不准|不许)|没有[^，。]{1,6}(?:不能|不得|不准)|(?:并不|不|未|没有)(?:被)?(?:禁止|限制|反对|排除)"
)
_CHINESE_WORD = re.compile("|".join(sorted(_CHINESE, key=len, reverse=True)))
_CHINESE_THEREFORE = re.compile(r"(?:所以|因此|故|答案是|答案为|结论是|答案|回答是|综上|即)[，,:：]?\s*")
_CHINESE_ALONE = re.compile(
    r"^(?:答案?[是为]?[:：]?)?(?P<said>"
    + "|".join(sorted(_CHINESE, key=len, reverse=True))
    + r")(?:的|了|啊|呀|哦)?(?=[，,。.!！;；\s]|$)"
)
_FORMERLY_ZH = re.compile(r"(?:以前|从前|过去|曾经?|原先)")
_PAST_ZH = re.compile(r"以前|从前|过去|曾|当时|那时")
_COSTS_ZH = re.compile(
    r"(?P<none>(?:不(?:用|需要?|必|要)?(?:收|付|花|交)?(?:费|钱)|(?<![不非再上是没前])免费))|(?:不再?|并非"
    r"|谈不上|不是|没)免费|收费|付费|要?[收付交]\d|要钱|要?花"
)
_CHANGED_ZH = re.compile(
    r"(?:以前|原来|原先|过去|之前|曾经?)[^。]*?(?:现在|如今|目前|现已|眼下)"
)  # 以前可以，现在不行了
_ASKS_OPEN_ZH = re.compile("开门|开放|营业|上班|开馆|开吗")
_ASKED_IS_ZH = re.compile(r".*不是")
_SHUT_ZH = re.compile(r"(?:^|[，。；])(?P<when>[^，。；]{0,6}?)(?:休息|歇业|关门|闭馆|停业|放假|不营业)(?=[，。；]|$)")
_HEDGE = re.compile(
    r"\byes and no\b|\byes or no\b|\bit depends\b|\b(?:either|both) yes\b|\bmaybe\b|\bperhaps\b|^\W*(?:possibly"
    r"|partly|partially|sometimes|not necessarily)\b"
    r"|视情况|看情况|不一定|也许|是也不是|因情况而|取决于",
    re.IGNORECASE,
)
# yes or no that stands for a sentence: at its beginning or at the end, not before what it counts ("no rule")
_SAID_ALONE = re.compile(
    r"(?:^|[.!?;:\n,(\"']\s*|\b(?:so|is|says?|said|answer|answered|therefore|hence|thus|then|and|(?<!anything"
    r" )but|well|oh"
    r"|in short|short answer)[:,]?\s+[\"']?|->\s*|=>?\s*)"
    r"(?P<said>yes|yeah|yep|no|nope|affirmative|negative|true|false|correct|incorrect)(?=\W*$|\s*[.,;:!\n)\"'-]"
    r"|\s+(?:you|it|they|he|she|we|i|there|this|that|the|employees?)\b)",
    re.IGNORECASE,
)
# so it doesn't; no, they are not
_ELLIPSIS = re.compile(
    r"(?:\bso|,|\band|\bbut(?: now| today)?|\bindeed|^)\s*(?:no,?\s+)?"
    r"(?:it|they|you|he|she|we|i|that|this)\s?(?:do|does"
    r"|did|is|are|was|were|can"
    r"|could|will|may|must|should|has|have|'s|'re)\s?(?P<not>n't|not)?\W*$",
    re.IGNORECASE,
)
# it is, provided that …
_OPENS_SO = re.compile(
    r"\W*(?:it|they|you|he|she|we|i|that|this)\s?(?:do|does|did|is|are|was|were|can|could|will|may|must|should|has|have)"
    r"\s?(?P<not>n't|not)?(?:[,:;]\s|\s-\s|,?\s(?:but|provided|if|as long as|unless|although|though|only if"
    r"|on condition)\b)",
    re.IGNORECASE,
)
_NO_LONGER = re.compile(  # yes, they used to, but now they don't
    r"^\W*yes\b.*\bbut (?:(?:now|today|currently|nowadays|not any ?more|no longer)\b|(?:[^.;]*\b(?:now|any ?more"
    r"|any longer)\b))"
    r".*(?:n't|\bnot\b|\bno longer\b)",
    re.IGNORECASE | re.DOTALL,
)
_RESERVED = re.compile(
    r"\b(?:reserved (?:for|to)|(?:limited|restricted|exclusive(?:ly)?) (?:to|for)|(?:only )?(?:open|available"
    r"|accessible)"
    r"(?: only| exclusively)? (?:to|for)|(?:only |exclusively )?for) (?P<whom>(?:[a-z'-]+ ){0,3}(?:[a-z]+s|staff"
    r"|people|personnel|men|women|children))"
    r"(?P<only> only)?\b",
    re.IGNORECASE,
)
_RESERVED_ZH = re.compile(
    r"(?:仅限|只限|仅供|只供|仅对|只对|仅面向|只面向|仅向|只向)于?(?P<whom>[^，。；]{0,8}?(?:员工|人员|职员|会员|用户|客户|学生|居民|成员|业主|人士|本人|经理|工))"
)
_NOT_AT_ALL = re.compile(
    r"\W*(?:[a-z]+ly not\b|(?:i'm|i am) afraid not|of course not"
    r"|no way|by no means|under no circumstances|on no account|not\b(?! only| just| until))",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\W*only (?:the )?(?!\d)(\w+(?: \w+)?)(?= (?:may|can|are|is|have|has|must|will|[a-z]{3,}s)\b)", re.IGNORECASE
)
_ONLY_ZH = re.compile(r"^(?:只有|仅有|仅限|只限)([^，。]{1,6}?)(?:可以|能|才|[，。]|$)")
_FORMERLY = re.compile(
    r"\b(?:used to|formerly|once) (?:be|was|were)\b(?!.*\b(?:now|still|today)\b)", re.IGNORECASE | re.DOTALL
)
_PAST = re.compile(r"\b(?:was|were|did|had|used to)\b", re.IGNORECASE)
_WELCOME = re.compile(
    r"\W*(?:no (?:problem|worries|objections?)|by all means|sure|certainly|of course|absolutely|definitely|go ahead"
    r"|feel free)\b(?! not\b)(?!.*\b(?:but|not|n't)\b)",
    re.IGNORECASE | re.DOTALL,
)
_TAKEN_BACK = re.compile(
    r"^\W*yes\b.*\bbut (?:no|not)\W*$", re.IGNORECASE | re.DOTALL
)  # yes, that would be nice, but no
_ASKS_EXISTENCE = re.compile(
    r"\W*(?:is|are|was|were) there\b|\W*(?:does|do|did|has|have)\b.* (?:have|any)\b", re.IGNORECASE
)
_THERE_IS_NONE = re.compile(
    r"\W*(?:(?:there (?:is|are|was|were)|\w+(?: \w+){0,3} (?:has|have|had)) (?:none|no [a-z]|not (?:one|1"
    r"|any)\b)|none\b)"
    r"|.*\b(?:does|do|did|is|are)(?:n't| not) (?:have )?(?:1|one|any|an?)\b",
    re.IGNORECASE,
)
_TRUTH = re.compile(
    r"\b(?P<not>not|n't|never|hardly|un|in)?\s?(?P<said>true|false|correct|incorrect|right|wrong|accurate"
    r"|inaccurate|untrue)\b",
    re.IGNORECASE,
)
_HARDLY = re.compile(
    r"(?:\bnot|n't|\bnever|\bhardly|\bscarcely|\bfar from|\banything but|\bby no means|\bnowhere"
    r" near)\s(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not|never|cannot|neither|nor|no longer|no one|nobody|none|nothing|nowhere|hardly|without|anything"
    r" but|far from"
    r"|by no means)\b|n't\b"
    r"|\bmust (?:stay|remain|be left|wait) (?:outside|out|at home)\b"
    r"|\b(?:poisonous|toxic)\b|\b\w+-free\b"
    r"|\b(?:forbidden|prohibited|banned|disallowed|impossible|illegal|ineligible|exempt|exclud(?:ed|es?|ing)|refused|denied"
    r"|unable|lacks?|fails?)\b"
    r"|(?:^|[,;.]\s*|\b(?:is|are|was|were|has|have|had|there|there's|get|gets|need|needs)\s+)no\s+\w",
    re.IGNORECASE,
)
_NOT_DENIED = re.compile(
    r"\b(?:no (?:rule|law|policy|restriction|limit|reason|ban|prohibition|provision|objection)s? (?:against|on|to"
    r"|that (?:forbids?|prohibits?|prevents?|bans?))|"
    r"(?:nobody|no one) (?:\w+ ){1,6}without|"
    r"(?:not|n't|never|nothing|no rule|nobody|no one)"
    r"(?: \w+){0,2} (?:forbid(?:den|s)?|prohibit(?:ed|s)?|ban(?:ned"
    r"|s)?|prevent(?:s|ed)?|impossible|illegal|exclud(?:ed|es)?|objects?)|not only|no longer need)",
    re.IGNORECASE,
)
_CONTRAST = re.compile(
    r",? (?:and |but )?not (?P<what>(?:(?:in|at|on|for|the|a|an|by|with|to) ){0,2}\w+(?: \w+)?)\W*$", re.IGNORECASE
)
_INSTEAD = re.compile(r"\b(?:rather than|instead of) (?:being )?(?P<what>\w+)\W*$", re.IGNORECASE)
_EXCEPT = re.compile(r"\b(?:except|but not|apart from|other than) (?:for )?(?:the )?(?P<what>\w+)\W*$", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"(?<!but )(?<!, )\bonly (?P<at>in|on|at|within) (?P<where>[^,.;]+)"
    r"|\b(?P<at2>in|on|at|within) (?P<where2>[\w ]+?) only\b",
    re.IGNORECASE,
)
_ASKS_PLACE = re.compile(
    r"\b(?:in|on|at|within) (?:the |an? |our )?\w|\b(?:abroad|outside|inside|overseas)\b", re.IGNORECASE
)
_ELSEWHERE_ZH = re.compile(
    r"[只仅](?:能|可以?|限)?[^，。在]{0,3}?在?(?P<where>[\u4e00-\u9fff]{1,4}?(?:里|内|上|外|中|球|区))(?!班|课)"
)
_ASKS_PLACE_ZH = re.compile(r"在|[上里外内中](?:可以?|能|有|可)")
_EXCEPT_ZH = re.compile(r"(?P<what>[\u4e00-\u9fff]{2,5})除外|除了?(?P<what2>[\u4e00-\u9fff]{2,5})(?:之?外|以外)")
_NOT_BUT_ZH = re.compile(r"(?:不是|并非|而非)(?P<what>[\u4e00-\u9fff]{2,6})")
_ASKS_FOR_MORE = re.compile(r"多少|几|谁|哪|何时|多久|多长|多大")
_OTHER_WORDS = ("never", "right", "wrong", "negative", "correct", "incorrect", "affirmative")  # words of other meanings
_ASKS_EN = re.compile(
    r"\W*(?:is|are|was|were|am|do|does|did|can|could|may|might|will|would|shall|should|must|has|have|had|need"
    r"|true or false)\b",
    re.IGNORECASE,
)
_ASKS_ZH = re.compile(r"吗|是否|能否|可否|有无|(.)不\1|有没有|是不是|可不可以")
_ASKS_THING_ZH = re.compile(r"(?<!没)有([^，。有]{2,8})吗")
_MAY_ZH = re.compile(r"不可以(?=[^，。]{2})|不能(?=[^，。]{2})|(?<!不)可以(?=[^，。]{2})")
_LEAST_ECHO_ZH = 0.7
_LEAST_PREFIXED = 5  # letters of a word that a prefix denies
_LEAST_ECHO = 0.5  # of the question's words that a sentence must say again to be a yes


def stance_of_answer(answer: str, lang: Language) -> Stance | None:
    """Yes or no where an accepted answer is just that; None for any other answer."""
    table = _CHINESE if lang == "zh" else _WORDS
    said = normalise(answer, lang)
    return table.get(said) or (table.get(said.removesuffix("的")) if lang == "zh" else None)


def stance_of_text(text: str, lang: Language, question: str = "") -> Stance | None:
    """What a text says to a question; None where it says neither, or both.

    A yes or no that stands by itself decides, the first one where it opens the text, else the last; then what the
    text calls true or false; then whether it says the question again as a statement or denies it.
    """
    read = read_text(text, lang)
    if _HEDGE.search(read.text):
        return None
    asked = read_text(question, lang) if question else None
    return _chinese(read, asked) if lang == "zh" else _english(read, asked)


def _english(said: Read, asked: Read | None) -> Stance | None:
    if (
        _TAKEN_BACK.search(said.text)
        or _NO_LONGER.search(said.text)
        or (_FORMERLY.search(said.text) and not (asked and _PAST.search(asked.text)))
    ):
        return "no"
    if _WELCOME.match(said.text):
        return "yes"
    alone = list(_SAID_ALONE.finditer(said.text))
    if alone:
        opens = alone[0] if not said.text[: alone[0].start("said")].strip(" \"'*(") else None
        words = [_WORDS[match["said"].lower()] for match in ([opens] if opens else alone[-1:])]
        return words[0]
    if _NOT_AT_ALL.match(said.text):
        return "no"
    if ending := _OPENS_SO.match(said.text) or _ELLIPSIS.search(said.text):
        return "no" if ending["not"] else "yes"
    truth = list(_TRUTH.finditer(said.text))
    if truth and len(said.words) <= 25:
        stances = {_true_or_false(said.text, match) for match in truth}
        if len(stances) == 1:
            return stances.pop()
    if (only := _ONLY.match(said.text)) and asked is not None and not _DENIES.search(asked.text):
        named = {_root(word_key(word)) for word in only[1].split()}
        return "yes" if named & {_root(word.key) for word in asked.words} else "no"
    if asked is not None and (stance := _reserved(said, asked)):
        return stance
    if asked is not None and _is_elsewhere(said, asked):
        return "no"
    if asked is not None and _ASKS_EXISTENCE.match(asked.text) and _THERE_IS_NONE.match(said.text):
        return "no"
    return _echo(said, asked)


def _is_elsewhere(said: Read, asked: Read) -> bool:
    """Whether something is so only in another place than the question asks about: "only in the yard", 只在国内."""
    if said.lang == "zh":
        found = _ELSEWHERE_ZH.search(said.text)
        return found is not None and bool(_ASKS_PLACE_ZH.search(asked.text)) and found["where"] not in asked.text
    found = _ELSEWHERE.search(said.text)
    if found is None or not _ASKS_PLACE.search(asked.text) or _DENIES.search(said.text):
        return False
    where = read_text(found["where"] or found["where2"], "en")
    return not where.amounts and not {word.key for word in where.content} & {word.key for word in asked.words}


def _reserved(said: Read, asked: Read) -> Stance | None:
    """Yes where something is reserved for those whom the question names, no where it is for others only."""
    if _DENIES.search(asked.text):
        return None
    if said.lang == "zh":
        match = _RESERVED_ZH.search(said.text)
        whom = match["whom"] if match else ""
        return None if not match else "yes" if whom in asked.text or whom[-2:] == asked.text[:2] else "no"
    for match in _RESERVED.finditer(said.text):
        exclusive = re.search(r"\b(?:only|reserved|limited|restricted|exclusive)", match.group(), re.IGNORECASE)
        if exclusive and not _DENIES.search(said.text[: match.start()]):
            whom = {_root(word.key) for word in read_text(match["whom"], "en").content}
            return "yes" if whom <= {_root(word.key) for word in asked.words} else "no"
    return None


def _true_or_false(text: str, match: re.Match[str]) -> Stance:
    is_yes = match["said"].lower() in ("true", "correct", "right", "accurate")
    denied = bool(_HARDLY.search(text[: match.start("said")]))
    return "yes" if is_yes != denied else "no"


def _echo(said: Read, asked: Read | None) -> Stance | None:
    """The stance of a sentence that says the question again: "You may not work abroad." """
    if asked is None or _DENIES.search(asked.text):
        return None
    wanted = {_root(word.key) for word in asked.content}
    lexicon = load_lexicon("en")
    senses = {_root(word.key): _groups(lexicon, word) for word in asked.content}
    for sentence in re.split(r"(?<=[.!?;])\s+|\n", said.text):
        if denied := _denied_by_prefix(sentence, asked):
            return denied
        read = read_text(sentence, said.lang)
        there = {_root(word.key) for word in read.words}
        said_groups = frozenset().union(*(_groups(lexicon, word) for word in read.content))
        there |= {root for root, groups in senses.items() if groups & said_groups}
        permits = re.search(
            r"\b(?:can|may|cannot|need|needed|allowed|permitted|possible|required|mandatory|forbidden"
            r"|prohibited|necessary|refundable"
            r"|eligible|entitled|must|should|included|excluded|banned|(?:have|has) to)\b",
            sentence,
            re.I,
        )
        if wanted and (
            len(wanted & there) >= _LEAST_ECHO * len(wanted) or (permits and (wanted & there or len(there) <= 6))
        ):
            opposites = [no for yes, no in OPPOSITES.items() if _root(yes) in wanted]
            if any(re.search(rf"\b(?:{no})\b", sentence, re.IGNORECASE) for no in opposites):
                return "no"
            if (spared := _EXCEPT.search(sentence)) and _root(word_key(spared["what"])) in wanted:
                return "no"
            if (contrast := _INSTEAD.search(sentence)) and _root(word_key(contrast["what"])) in wanted:
                return "no"
            plain = _without_contrast(_NOT_DENIED.sub(" ", sentence), wanted)
            return "no" if _DENIES.search(plain) else "yes"
    return None


def _denied_by_prefix(sentence: str, asked: Read) -> Stance | None:
    """Whether what is asked about is said with a denying prefix: refundable, non-refundable."""
    texts = [asked.text[word.start : word.end] for word in asked.content]
    words = "|".join(re.escape(text) for text in texts if len(text) >= _LEAST_PREFIXED)
    found = words and re.search(rf"(\bnot )?\b(?:non-?|un|in|im|ir|il|dis)(?:{words})\b", sentence, re.IGNORECASE)
    return ("yes" if found[1] else "no") if found else None


def _without_contrast(sentence: str, wanted: set[str]) -> str:
    """The sentence without ", not at home" where home is not asked about; what is asked about is denied by it."""
    match = _CONTRAST.search(sentence)
    if match is None or {_root(word.key) for word in read_text(match["what"], "en").content} & wanted:
        return sentence
    return sentence[: match.start()]


def _groups(lexicon: Lexicon, word: Word) -> frozenset[str]:
    """What a word stands for, so that "won" echoes "win"; nothing of words that deny."""
    sense = lexicon.sense(stem_of(word.raw.lower()))
    return sense.groups if sense and not sense.denies else frozenset()


def _root(key: str) -> str:
    """A word without the endings of its forms: smok for smoking and smoke."""
    return re.sub(r"(?<=\w{3})(?:ing|ed|e)$", "", key)


def _chinese(said: Read, asked: Read | None) -> Stance | None:
    text = said.text.strip()
    if (only := _ONLY_ZH.match(text)) and asked is not None and not re.search(r"[不没无未非]", asked.text):
        return "yes" if only[1] in asked.text else "no"
    if (
        _FORMERLY_ZH.match(text)
        and not _CHANGED_ZH.search(text)
        and asked is not None
        and not _PAST_ZH.search(asked.text)
    ):
        return "yes" if _first_chinese(text) == "no" else "no"
    cost = _COSTS_ZH.search(text) if asked is not None and "免费" in asked.text else None
    if cost is not None and not _CHINESE_THEREFORE.search(text):
        return "yes" if cost["none"] else "no"
    if asked is not None and _ASKS_OPEN_ZH.search(asked.text):
        for shut in _SHUT_ZH.finditer(text):
            if not shut["when"] or shut["when"] in asked.text:
                return "no"
    if (
        asked is not None
        and (denied := _NOT_BUT_ZH.search(text))
        and denied["what"] in _ASKED_IS_ZH.sub("", asked.text)
    ):
        return None if _ASKED.search(text[: denied.start()]) else "no"
    if asked is not None and (spared := _EXCEPT_ZH.search(text)) and (spared["what"] or spared["what2"]) in asked.text:
        return "no"
    if asked is not None and not re.search(r"[不没无未非]", asked.text) and _is_elsewhere(said, asked):
        return "no"
    if changed := _CHANGED_ZH.search(text):
        return _first_chinese(text[changed.end() :])
    opening = _CHINESE_ALONE.match(text)
    if opening:
        return _CHINESE[opening["said"]]
    if asked is not None and not re.search(r"[不没无未非]", asked.text) and (stance := _reserved(said, asked)):
        return stance
    if asked is not None and _is_of_another(text, asked):
        return None
    therefore = list(_CHINESE_THEREFORE.finditer(text))
    if therefore and (found := _first_chinese(text[therefore[-1].end() :])):
        return found
    core = re.sub(r"^(?:已经?|目前|现在)|[的是了啊呀呢吧。.，,！!\s]", "", text)
    if asked is not None and len(core) >= 2 and not re.search(r"[不没无未非]", asked.text) and core in asked.text:
        return "yes"  # 免费, asked whether it is
    return _first_chinese(text) or _echo_chinese(text, asked)


def _is_of_another(text: str, asked: Read) -> bool:
    """Whether a sentence of what one may do says nothing of what is asked for: 不可以坐班车, asked 有补贴吗."""
    thing = _ASKS_THING_ZH.search(asked.text)
    return thing is not None and bool(_MAY_ZH.search(text)) and not set(thing[1]) & set(text)


def _echo_chinese(text: str, asked: Read | None) -> Stance | None:
    """Yes of a plain sentence that says the question again: 培训计入工时, asked 培训算工时吗."""
    if (
        asked is None
        or not _ASKS_ZH.search(asked.text)
        or re.search(r"[不没无未非勿禁]", text + _ASKED.sub("", asked.text))
    ):
        return None
    wanted = {word.key for word in read_text(_ASKS_ZH.sub("", asked.text), "zh").content}
    there = {word.key for word in read_text(text, "zh").words}
    return "yes" if wanted and len(wanted & there) >= _LEAST_ECHO_ZH * len(wanted) else None


def _first_chinese(text: str) -> Stance | None:
    plain = _ASKED.sub("", _DOUBLE.sub("可以", re.sub(r"[\s*\"']", "", text)))
    match = _CHINESE_WORD.search(plain)
    return _CHINESE[match.group()] if match else None


def _reads(accepted: Read, asked: Asked) -> bool:
    if (
        accepted.lang == "zh"
        and _ASKS_FOR_MORE.search(asked.question.text)
        and not _ASKS_ZH.search(asked.question.text)
    ):
        return False
    if accepted.text.strip(" .").lower() in _OTHER_WORDS and not _ASKS_EN.match(asked.question.text):
        return False
    return stance_of_answer(accepted.text, accepted.lang) is not None


def _decides(accepted: Read, said: Read, asked: Asked) -> Outcome | None:
    wanted = {stance_of_answer(one.text, one.lang) for one in asked.accepted} - {None}
    stance = stance_of_text(said.text, said.lang, asked.question.text)
    if stance is None:
        return "contradicted" if _HEDGE.search(said.text) else None
    return "right" if stance in wanted else "contradicted"


YES_NO = Kind(
    name="yes/no",
    reads=_reads,
    decides=_decides,
)
