"""Where the words around a Chinese question word stand around an answer: 由谁审批, 由人事部审批. Knows no meaning."""

import re

from assay.scoring.read_text import Place

__all__ = ["fills_frame"]

_ASKED = re.compile(
    r"谁|哪位|哪里|哪儿|哪个(?:国家|城市|部门|地方|人|公司)?|哪[条座种家栋楼本名国级年天张支]|什么(?:地方|气体|语言|时候|东西|颜色)?|何[处地人]|几[楼层号点]"
)
_BEFORE = tuple("是为由在找用收到叫归给向属")  # a question word after one of these has its answer after it, too
_ALONE = tuple("由找用收归属")  # of these one is enough, at the beginning of a clause
_ACTOR = tuple("由是被让归的")  # and before one that asks who does it
_CLAUSE = re.compile(r"[，。；！？,;!?\n]|但是?|而是?(?!且)")
_DOUBTED = re.compile(r"[不没非误未无常曾原]|以为|认为|据说|如果|除")
_LONGEST = 10  # characters of what stands in the place of the question word


def fills_frame(text: str, place: Place, question: str) -> bool:
    """Whether a clause of a text has another thing in the place of the question word, and that of a place has not.

    由人事部审批，并抄送直属上级, asked 由谁审批; 首都是南京，北京是最大的城市, asked 首都是哪里.
    """
    asked = _ASKED.search(question)
    if asked is None:
        return False
    before = re.sub(r"^.*[，。？?]", "", question[: asked.start()])
    after = re.sub(r"[？?。，呢啊].*$", "", question[asked.end() :])
    accepted = text[place.start : place.end]
    filled = [0, 0]
    for clause in _CLAUSE.split(text):
        score = _filled(clause.strip(), before, after, accepted)
        if score > 0 and not (accepted not in clause and _DOUBTED.search(clause)):
            filled[accepted in clause] = max(filled[accepted in clause], score)
    return filled[False] > filled[True]


def _filled(clause: str, before: str, after: str, accepted: str) -> int:
    """How many characters of a frame stand around something in a clause: around the accepted one where it has that."""
    filler = (
        rf"[^，。]{{0,{_LONGEST}}}?{re.escape(accepted)}[^，。]{{0,2}}?"
        if accepted in clause
        else rf"[^，。是能可会的了这那他她它]{{1,{_LONGEST}}}?"
    )
    verb = after.rstrip("的了")
    best = 0
    for n in (4, 3, 2, 1):
        left = before[-n:]
        match = re.search(rf"{re.escape(left)}{filler}(?P<right>{re.escape(after)}|$)", clause)
        if len(left) == n and before.endswith(_BEFORE) and match:
            score = n + len(match["right"])
            best = max(best, score if score > 1 or clause.startswith(_ALONE) else 0)
    if len(verb) > 1 and (not before or before.endswith(_ACTOR)):
        if re.match(rf"{filler}{re.escape(verb)}", clause) and not clause.startswith(verb):
            best = max(best, len(verb))
        if re.search(rf"{re.escape(verb)}[^，。]{{0,6}}的人?是[^，。]{{1,{_LONGEST}}}$", clause):
            best = max(best, len(verb) + 1)
    return best
