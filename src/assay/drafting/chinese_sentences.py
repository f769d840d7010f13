"""Chinese questions made of sentences by rule: the answer is asked for in its place, as the language does.

船只可在访客码头停留3晚。 becomes 船只可在访客码头停留多少晚？ Knows no documents and no model.
"""

import re

from assay.drafting.spans import Span, is_person, is_place

__all__ = ["ask_in_chinese"]

_NUMBERING = re.compile(
    r"^[\s•·\-*]*(?:第[一二三四五六七八九十百零\d]+[条章节款]\s*|[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*)*"
)
_ITEM = re.compile(r"\s*[（(][一二三四五六七八九十\d]{1,3}[)）]")  # of a list, whose beginning stands elsewhere
_LINKED = re.compile(  # how a sentence begins that goes on from another
    r"但|而|并|且|也|则|因此|所以|于是|此|该|其|这|那|他|她|它|同时|另外|此外|然后|接着|例如|比如|前款|上述|以上|以下|之后|此后|随后|接下来|其后|如其|连同|原因|最初|当时|后来|次年|.{1,2}年后|值得|具体|经批准|同|至于|其中|如上|如下|后者|前者"
)
_VAGUE = re.compile(
    r"第[一二三四五六七八九十百\d]+[条款项]|上述|前款|前述|本条|本章|如下|下列|上表|下表|见附|我们|该[^当]|后者|前者|同上"
)
_NUMBER = re.compile(r"(?:\d+(?:[.,]\d+)*|[一二三四五六七八九十百千两零半]+)\s?(?:多|余)?")
_HALF_BEFORE = re.compile(r"(?:\d[、×xX*]|乘|[第至到~～—－–\-／/或和与加减约头首数几]|上述|[这那该后±]|(?<!提)前)\s?$")
_HALF_AFTER = re.compile(
    r"\s?(?:[、×xX*乘]\s?\d|乘|[至到~～—－–\-／/或和与加减以之点代多余岁卫\d]|[一二三四五六七八九十]+月)"
)
_ONE = re.compile(
    r"一\s?(?:次|人|名|倍|条|章|部|家|座|件|层|辆|台|支|天|日|年)$|半|十分$|四周$|两人$|[千百万]年$"
)  # an idiom more often than an amount
# A clause that says when, for whom or by what: what is asked follows it.
_UNFINISHED_END = re.compile(
    r"(?:的|之?前|之?后|时|以上|以下|以内|以来|期间|那天|当天|之际|[中里起下内]|规定|指出|认为|表明|报道|开始)$"
)
_UNFINISHED_START = re.compile(r"根据|按照|依照|自|从|在|当|随着|由于|为了|除|对于|若|如")
_OPEN = re.compile(r"[；：:]")
_TWO_SIDED = re.compile(r"虽然|虽|尽管|不仅|不但|既然|无论|不论|就算|即使|即便|除了")  # half of what there is to say
_EXTENDED = re.compile(
    r"^(?!.*(?:期限|时限|时间|期间|日期|有效期)).*可以?(?:再|适当)?延长"
)  # and what is, stands elsewhere
_ONLY_WHEN = re.compile(r"(?:公元|民国|\S{2})?\s?\d*\s?年?")
_BRACKETS = (("（", "）"), ("(", ")"), ("“", "”"), ("「", "」"), ("《", "》"), ("[", "]"))
_DONE_WITH_TEXTS = re.compile(
    r"(?:根据|按照?|依据|依照|执行|遵守|读完|阅读|签署|通过|制定|发布|批准|填写|参照|参见|符合|签订)\s?《$"
)
_NAMED = re.compile(r"(?:名为|名叫|叫做|叫|称为|简称为?|代号为?)\s?[“「]$")
_PERSON_BEFORE = re.compile(r"(?:(?<!自)由|联系|找|经)\s?$")
_IS_BEFORE = re.compile(r"[是为]\s?$")
_PLACE_BEFORE = re.compile(r"(?:在|位于|设在|于|到|抵达|前往)\s?$")
_DEED = re.compile(  # behind whoever does it
    r"负责|制定|规定|批准|组织|管理|决定|审批|承担|主持|签[发字署]|确认|统一|提出|发布|公布|办理|处理|设计|建造|建成|创[办立]|担任|出具|承保"
    r"|通知|领导|率领"
)
_OFFICE = re.compile(r"(?:部|处|科|室|院|会|局|公司|中心|银行|厂|组|店)$")
_AT_AGE = re.compile(r"\s?(?:时|就|便|起|开始|以|之|后|前|才|已|$)")  # else: a man of that age
_SHORTEST_CLAUSE = 4  # characters without the answer: a shorter one only says when
_MOST_CLAUSES = 4  # before the answer


def ask_in_chinese(span: Span) -> str:
    """The question that a span of a sentence answers; "" where no rule makes a good one."""
    before, _, after = (part.replace("*", "") for part in span.sentence.partition(span.text))
    item, before = before, _NUMBERING.sub("", before)
    if _ITEM.match(item) or _LINKED.match(before or after) or _VAGUE.search(before + after):
        return ""
    before, after = re.sub(r"[（(][^（()）]*[)）]", "", before), re.sub(r"^[（(][^（()）]*[)）]", "", after)
    if span.kind == "term":
        return _ask_for_term(before, after)
    asking = _asking(span, before, after)
    if not asking or not before.strip() or before.count("，") >= _MOST_CLAUSES:
        return ""
    if _HALF_BEFORE.search(before) or _HALF_AFTER.match(after):
        return ""
    return _whole(before, asking, after)


def _whole(before: str, asking: str, after: str) -> str:
    """The question, to the end of the answer's clause, or of the next one where this one only says when or for whom."""
    clauses = re.split(r"，|,(?!\d{3})", re.split(r"[。；;！!？?：:（(]", after)[0])
    own = before.rpartition("，")[2].strip()
    is_unfinished = (
        _UNFINISHED_START.match(own)
        or _UNFINISHED_END.search(clauses[0].rstrip())
        or len(own) + len(clauses[0]) < _SHORTEST_CLAUSE
        or (_ONLY_WHEN.fullmatch(own) and not clauses[0].strip())
        or (asking.endswith("岁") and not _AT_AGE.match(clauses[0]))
    )
    if is_unfinished and _UNFINISHED_END.search(clauses[0].rstrip()) and len(clauses) == 1:
        return ""
    last = max((place for place, clause in enumerate(clauses[:-1]) if clause.rstrip().endswith("的")), default=-1)
    kept = "，".join(clause.strip() for clause in clauses[: max(2 if is_unfinished else 1, last + 2)])
    question = f"{before.rstrip()}{asking}{kept}？"
    is_closed = all(text.count(a) == text.count(b) for text in (before, question) for a, b in _BRACKETS)
    is_whole = not _TWO_SIDED.search(question) and not _EXTENDED.search(question) and not question.endswith("的？")
    return question if is_closed and is_whole and not _OPEN.search(question) else ""


def _ask_for_term(before: str, after: str) -> str:
    if _DONE_WITH_TEXTS.search(before):
        return _whole(before[:-1], "哪份文件或哪本书", after[1:])
    return _whole(before[:-1], "什么", after[1:]) if _NAMED.search(before) else ""


def _asking(span: Span, before: str, after: str) -> str:
    if span.kind == "name":
        if re.search(r"(?:^|，)\s*[在于]\s*$", before) or after.lstrip()[:1] in "、一二三四五六七八九十":
            return ""
        if after.lstrip()[:1].isalnum() and not _DEED.match(after.lstrip()):
            return ""  # perhaps the first half of a name
        if _PERSON_BEFORE.search(before):
            return "哪个部门或单位" if _OFFICE.search(span.text) else "谁"
        if _IS_BEFORE.search(before) and is_person(span.text):
            return "谁"
        return "哪里" if _PLACE_BEFORE.search(before) and is_place(span.text) else ""
    if span.kind == "date":
        return _asking_for_date(span.text)
    if re.search(r"[%％]|百分之", span.text):
        return "百分之多少"
    number = None if _ONE.match(span.text) else _NUMBER.match(span.text)
    return f"多少{span.text[number.end() :].lstrip()}" if number else ""


def _asking_for_date(text: str) -> str:
    if "日" in text:
        return "哪一天" if "年" in text else "几月几日"
    return "哪年哪月" if "月" in text else "哪一年"
