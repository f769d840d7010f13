"""Whether a text names the right thing only to say where or what another one is: the deputy of the manager, half of 40.

Knows words that relate one thing to another, in English and Chinese, not what they relate.
"""

import re

from assay.scoring.read_text import Asked, Place, Read

__all__ = ["is_only_related"]

_PEOPLE = (
    r"(?:deputy|assistant|aide|secretary|child|children|sons?|daughters?|wife|husband|widow|brothers?|sisters?"
    r"|father|mother|parents?|uncle|aunt|cousin|nephew|niece|grand[a-z]+|[a-z]+-in-law|friends?|pupils?|students?"
    r"|teachers?|tutors?|mentors?|disciples?|followers?|colleagues?|rivals?|competitors?|opponents?|enem(?:y|ies)"
    r"|partners?|allies|ally|contemporary|successor|predecessor|heir|ancestors?|descendants?|publisher|producer"
    r"|suppliers?|customers?|clients?|subsidiary|neighbou?rs?|boss|superior|subordinates?|agent|lawyer|relatives?"
    r"|imitator|critic|biographer|translator|namesake|substitute|replacement|understudy|patron)"
)
_OF = re.compile(
    rf"\b(?:{_PEOPLE} (?:of|to|under)|(?:suburb|outskirts|edge|half|0\.5|a third|a quarter) of"
    r"|next to|opposite|beside|behind|above|below|underneath|near|close to|(?:near )?the border with"
    r"|(?<!\bthe )(?:north|south|east|west)(?:-?east|-?west)?(?:ern)? of"
    r"|\d+ (?:km|kilometres|kilometers|miles|hours?|minutes?|blocks?)(?: (?:drive|walk|away"
    r"|(?:north|south|east|west)))? from"
    r"|between(?: (?:\w+ ){1,4}and)?|on behalf of|(?:replaced|succeeded|take over from|took over from|taken over from)"
    r"|twice|double|three times|former"
    r"|(?:a|an|one|two|\d+) (?:days?|weeks?|months?|years?|hours?) (?:before|after)|the (?:day|week|month)"
    r" (?:before|after)"
    r"|the (?:mon|tues|wednes|thurs|fri|satur|sun)day (?:before|after)"
    r"|(?:advis|decid|vot|argu|warn)(?:es?|ed) against"
    r"|(?:moved|postponed|changed|delayed|rescheduled|shifted|relocated) from) (?:(?:the|a|an|room|building) )?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?:'s|(?<='s)|(?<=s)') {_PEOPLE}\b|,? (?:was|were|is|are) (?:rejected|turned down|refused|abandoned)\b",
    re.IGNORECASE,
)
# the best is asked for, and what comes next is told
_ASKS_BEST = re.compile(
    r"\b(?!west|rest|best\b|test|guest|request|interest)\w{3,}est\b|\b(?:best|most|least|first)\b|最|第1"
)
_NEXT = re.compile(
    r"(?:\b(?:followed by|ahead of|(?:larger|longer|bigger|higher|older|greater|faster|deeper|closer|more \w+) than"
    r"|beats?|exceeds?|then|and then) (?:the )?|其次[是为]?|接着是|然后是|比)$",
    re.IGNORECASE,
)
_SECOND = re.compile(
    r"\s(?:comes?|came|is|was|ranks?|ranked|follows?)(?: only| a close| in)? (?:2|3|next|after|behind)\b"
    r"|\sfollows\b|次之|(?:排名?|位居|位列|居|是)第[23]",
    re.IGNORECASE,
)
_OF_ZH = re.compile(
    r"(?:以前的|前任|原来的|接替了?|取代了?|代替了?|顶替了?|(?<![替取年时古现当近朝])代|靠近|毗邻|邻近|距离?|(?<![距脱分])离|比)$|从$"
)
_PEOPLE_ZH = (
    "父亲|母亲|爸爸?|妈妈?|父母|祖父|祖母|爷爷|奶奶|外公|外婆|哥哥?|弟弟?|姐姐?|妹妹?|兄弟?|姐妹|孩子|儿子|女儿|子女|孙子|孙女|妻子?|丈夫|夫人|太太|爱人"
    "|叔叔?|伯父|舅舅?|姑姑|姨妈?|侄子?|外甥|亲戚|家人|后代|后人|祖先|老师|师傅|师父|学生|弟子|徒弟|朋友|好友|同事|同学|搭档|对手|敌人|竞争对手"
    "|助理|助手|副手|秘书|司机|下属|下级|上级|上司|领导|老板|继任者?|接班人|前任|替补|代理人?|代表|供应商|代工厂?|经销商|客户|子公司|母公司|合作伙伴|粉丝"
)
_AFTER_ZH = re.compile(
    rf"^(?:(?:公司|集团)?的(?:{_PEOPLE_ZH})|之[子女父母妻弟兄徒孙友师](?![\u4e00-\u9fff]{{3}})|(?:的)?(?:助理|副手|秘书)"
    r"|[桶栋楼号层室厅馆]?的?(?:隔壁|对面|旁边|附近|郊区|楼上|楼下|上面|下面|[东西南北]边$)"
    r"|(?:的)?(?:一半|50%|两倍|三倍|2倍|3倍|第2天|第二天|次日|前[一1]?[天周]|后[一1]?[天周]|前1个月|以下)"
    r"|(?:很|比较|非常|十分)?(?:接近|相似|类似|相近)|同时代|同乡|同期|齐名)"
)
_STEM = 7  # characters by which a relation is the question's own: replace, of "replaced"
_AND_ZH, _BETWEEN_ZH = re.compile(r"[\u4e00-\u9fffA-Za-z][和与]$"), re.compile("之间")
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
    r"|(?<!出)差|涨|降|减|增|多多少|少多少|优惠|折扣|变化|高多少|低多少|提高",
    re.IGNORECASE,
)
_ASKS_WINNER = re.compile(r"\b(?:who|which|what)\b.*\bw[io]n(?:s|ner)?\b|谁赢|谁胜|冠军|哪.{1,4}赢", re.IGNORECASE)
_LOST = re.compile(
    r"\s(?:lost|was beaten|were beaten|was defeated|were defeated|came (?:2nd|second|last)|finished (?:2nd|second|last)"
    r"|almost|nearly)\b|(?:输|败给|得了?第[二三23]|差点|险些|负于)",
    re.IGNORECASE,
)
_ASKS_FIRST = re.compile(
    r"\bfirst (?:step|thing|action)\b|\b(?:do|done|happens?|comes?) first\b|第[一1]步|首先|先(?:做|干|怎么)",
    re.IGNORECASE,
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
    if _ASKS_BEST.search(asked.read.text) and (_NEXT.search(before) or _SECOND.match(after)):
        return True
    if said.lang == "zh":
        if re.search(rf"的(?:{_PEOPLE_ZH})", asked.question.text):
            return False
        found = (
            _AFTER_ZH.match(after)
            or (_AND_ZH.search(before) and _BETWEEN_ZH.match(after))
            or (_OF_ZH.search(before) if not before.endswith("从") else _MOVED_ZH.match(after))
        )
    else:
        found = _OF.search(before) or _AFTER.match(said.text, place.end)
    if (
        found
        and found.group().lower().startswith("between")
        and (len(accepted.quantities) > 1 or re.search(r"\band\b|\w-\w", accepted.text))
    ):
        return False
    return found is not None and found.group().strip().lower()[:_STEM] not in known.lower()


def _is_difference(place: Place, accepted: Read, said: Read, asked: Asked) -> bool:
    if not any(one.start == place.start for one in said.amounts) or _ASKS_DIFFERENCE.search(asked.question.text):
        return False
    if _ASKS_DIFFERENCE.search(accepted.text) or (accepted.amounts and accepted.amounts[0].value < 0):
        return False
    return bool(_BY.search(said.text[: place.start]) or _MORE.match(said.text, place.end))
