"""Whether a Chinese text answers with another thing, by itself first or in a clause of one form. Knows no types."""

import re
from collections.abc import Sequence

from assay.scoring.roles.case import DOUBTED, ECHO, Case, Clause, has_accepted

__all__ = ["is_parallel", "leads_chinese"]

_LEAD_ZH = re.compile(
    r"(?:请?[找问用填放选]|由|在|是|为|位于)?(?P<name>[\u4e00-\u9fffA-Za-z]{1,8})(?:发明|写|签字?|审批|批|负责|管)?的?"
)
_OPENS_ZH = re.compile(
    r"说|据|根据|按照?|规定|总之|言之|际上|简单|请|您|你|我们|是否|如果|若|因为|虽|但|通常|一般|以前|目前|今[年天]|每[年天月]|时候|首先|其次|所以|关于"
    r"|作为|答案|好的|对的|当然|其实|然而|特别|另外|此外|不过|并且|而且|仍|更|这|公司|手册|资料|文件|文档|众所|有时|其中|第|别"
)
_WHERE_ZH = re.compile(r"哪里|哪儿|何处|何地|在哪|哪个城市|什么地方")
_PRONOUN_ZH = re.compile(r"\s*[他她它其该]")
_LEAST_PARALLEL = 2  # characters of the question that one of two clauses of one form has and the other has not


def leads_chinese(case: Case, clauses: Sequence[Clause], own: Clause) -> bool:
    """金星，比水星更近: another thing by itself first, then what is told of the accepted one."""
    lead = clauses[0]
    if lead is own or has_accepted(case, lead):
        return False
    text = case.text(lead).strip()
    if text.startswith("在") and not _WHERE_ZH.search(case.asked.question.text):
        return False
    match = _LEAD_ZH.fullmatch(text)
    if match is None or _OPENS_ZH.search(match["name"]) or match["name"] in case.asked.question.text:
        return False
    if len(own.echo) > ECHO * len({word.key for word in case.asked.read.content}):
        return False
    before = case.said.text[own.start : case.place.start].strip()
    after = case.said.text[case.place.end : own.end].strip()
    return bool(_PRONOUN_ZH.match(before)) or (not before and len(after) > 1)


def is_parallel(case: Case, other: Clause, own: Clause) -> bool:
    """陈立带巴黎，周敏带里昂: of two clauses of one form the other one has what is asked for."""
    after = case.said.text[case.place.end : own.end].strip()
    if case.said.text[own.start : case.place.start].strip() or not after:
        return False
    at = case.text(other).find(after[0])
    is_alike = at > 0 and case.is_new(case.said.words[0] if not other.words else other.words[0])
    return is_alike and len(other.echo) >= len(own.echo) + _LEAST_PARALLEL and not DOUBTED.search(case.text(other))
