"""Whether a text names the right thing only to say where or what another one is: the deputy of the manager, half of 40.

Knows words that relate one thing to another, in English and Chinese, not what they relate.
"""

import re

from assay.scoring.read_text import Asked, Place, Read

__all__ = ["is_only_related"]

_OF = re.compile(
    r"\b(?:(?:deputy|assistant|aide|secretary|child|children|sons?|daughters?|wife|husband|widow|brothers?"
    r"|sisters?|father"
    r"|mother|friends?|pupils?|students?|successor|predecessor|suburb|outskirts|edge|half|0\.5|a third|a quarter) of"
    r"|next to|opposite|beside|behind|above|below|underneath|twice|double|three times|former"
    r"|(?:a|an|one|two|\d+) (?:days?|weeks?|months?|years?|hours?) (?:before|after)|the (?:day|week|month)"
    r" (?:before|after)"
    r"|the (?:mon|tues|wednes|thurs|fri|satur|sun)day (?:before|after)"
    r"|(?:advis|decid|vot|argu|warn)(?:es?|ed) against"
    r"|(?:moved|postponed|changed|delayed|rescheduled|shifted|relocated) from) (?:(?:the|a|an|room|building) )?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:'s|(?<='s)) (?:deputy|assistant|aide|secretary|child|children|son|daughter|wife|husband|widow"
    r"|brother|sister|father|mother"
    r"|friend|pupil|student|successor|predecessor)\b"
    r"|,? (?:was|were|is|are) (?:rejected|turned down|refused|abandoned)\b",
    re.IGNORECASE,
)
_OF_ZH = re.compile(r"(?:以前的|前任|原来的)$|从$")
_AFTER_ZH = re.compile(
    r"^(?:的)?(?:助理|副手|秘书|孩子|儿子|女儿|妻子|丈夫|朋友|学生|隔壁|对面|旁边|附近|郊区|楼上|楼下|一半"
    r"|50%|两倍|三倍|2倍|3倍|第2天|第二天"
    r"|次日|前[一1]?[天周]|后[一1]?[天周]|前1个月|以下)"
)
_MOVED_ZH = re.compile(r"^[^，。]{0,4}(?:改|推迟|提前|延期|移|搬|迁)[到至为]")
# a difference is not the amount: 40 euros more, it rose by 40 euros
_BY = re.compile(
    r"\b(?:r[io]se|risen|fell|fallen|grew|went up|went down|increased|decreased|reduced|raised|cut|lowered) by "
    r"(?:about )?$|(?:涨了?|减了?|增加了?|(?<![最至不])(?:多|少)了?|降了?|(?<!误)差|下降了?|上涨了?)$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\s?(?:more|less|fewer|higher|lower|cheaper|dearer|longer|shorter|older|younger) than\b|\s(?:off|too many|too much"
    r"|too few|short of)\b",
    re.IGNORECASE,
)
_ASKS_DIFFERENCE = re.compile(
    r"\b(?:more|less|fewer|difference|change[ds]?|increas\w+|decreas\w+|r[io]se|raise[ds]?|gr[eo]w\w*|fall|fell|drop\w*"
    r"|cut|discount|saving|reduc\w+|rebate|off|older|younger|longer|shorter|higher|lower|by how)\b"
    r"|差|涨|降|减|增|多多少|少多少|优惠|折扣|变化|高多少|低多少|提高",
    re.IGNORECASE,
)
_ASKS_WINNER = re.compile(r"\b(?:who|which|what)\b.*\bw[io]n(?:s|ner)?\b|谁赢|谁胜|冠军|哪.{1,4}赢", re.IGNORECASE)
_LOST = re.compile(
    r"\s(?:lost|was beaten|were beaten|was defeated|were defeated|came (?:2nd|second|last)|finished (?:2nd|second|last)"
    r"|almost|nearly)\b|(?:输|败给|得了?第[二三23]|差点|险些|负于)",
    re.IGNORECASE,
)
_ASKS_FIRST = re.compile(
    r"\bfirst (?:step|thing|action)\b|\b(?:do|done|happens?|comes?) first\b|第[一1]步|首先", re.IGNORECASE
)
_THEN = re.compile(
    r"(?:\b(?:then|afterwards|finally|after that|next),? |再|然后|接着|之后|最后)[^,.;，。；]{0,12}$", re.IGNORECASE
)
_BEATEN = re.compile(
    r"\b(?:beat|beats|defeated|defeats|won against|victory over)(?: the)? $|(?:打败|击败|战胜|胜)了?$", re.IGNORECASE
)


def is_only_related(place: Place, accepted: Read, said: Read, asked: Asked) -> bool:
    """Whether what stands at a place only places something else: "next to room 5", 组长的助理, "40 euros more than".

    Not where the question or the evidence relates it in the same words, or the accepted answer does.
    """
    before, after = said.text[: place.start], said.text[place.end :]
    known = f"{asked.question.text} {asked.quote.text} {accepted.text}"
    if said.text[max(0, place.start - 12) : place.end + 8].strip() in known:
        return False
    if _ASKS_WINNER.search(asked.question.text) and (_LOST.match(after) or _BEATEN.search(before)):
        return True
    if _ASKS_FIRST.search(asked.question.text) and _THEN.search(before):
        return True
    if _is_difference(place, accepted, said, asked):
        return True
    if said.lang == "zh":
        found = _AFTER_ZH.match(after) or (
            _OF_ZH.search(before) if not before.endswith("从") else _MOVED_ZH.match(after)
        )
    else:
        found = _OF.search(before) or _AFTER.match(said.text, place.end)
    return found is not None and found.group().strip().lower() not in known.lower()


def _is_difference(place: Place, accepted: Read, said: Read, asked: Asked) -> bool:
    if not any(one.start == place.start for one in said.amounts) or _ASKS_DIFFERENCE.search(asked.question.text):
        return False
    if _ASKS_DIFFERENCE.search(accepted.text) or (accepted.amounts and accepted.amounts[0].value < 0):
        return False
    return bool(_BY.search(said.text[: place.start]) or _MORE.match(said.text, place.end))
