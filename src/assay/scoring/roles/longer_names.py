"""Whether a short text is a longer name, of another thing. Knows what names of the same thing end with."""

import re

from assay.scoring.kinds.names import asks_for_person
from assay.scoring.roles.case import ASKS_WHERE, Case

__all__ = ["is_longer_name"]

_LONGER_ZH = re.compile(
    "[东西南北中]?路|街|湖|大学|大厦|机场|银行|饭店|酒店|公园|广场|大道|站|桥|寺|塔|报|晚报|日报|电视台|医院"
)
_MORE = 4  # characters, or twice as many words, that a longer name has more
_OTHER = frozenset(["new", "north", "south", "east", "west", "white", "blue", "black", "red"])
_GENERIC_TEXT = (
    "city town county state province district republic kingdom empire island islands river lake sea ocean mountain "
    "mountains desert valley inc ltd llc corp corporation company co group plc gmbh ag bank motors motor computer "
    "pictures entertainment studios records museum gallery palace castle church cathedral abbey bridge tower "
    "building hall stadium arena airport station hotel theatre theater library hospital university college school "
    "institute fc club team band orchestra party act treaty war battle dynasty language scale effect theory law "
    "disease syndrome virus protocol system software app browser edition department office centre center desk plan "
    "form street road avenue square park prize award cup series insurance policy gas metal acid"
)
_GENERIC = frozenset(_GENERIC_TEXT.split())  # what a name may end with and be the same


def is_longer_name(case: Case) -> bool:
    """Whether a text is just a longer name, of another thing: Hive Mail, for Hive; 北京路, for 北京."""
    said, place = case.said, case.place
    known = case.asked.question.text + case.asked.quote.text
    if said.lang == "zh":
        longer = _LONGER_ZH.match(said.text, place.end)
        is_short = len(said.words) <= len(case.accepted.words) + _MORE
        return longer is not None and is_short and longer.group() not in known
    extra = [word for word in said.content if not place.start <= word.start < place.end]
    if (
        len(extra) != 1
        or not extra[0].is_name
        or not case.is_new(extra[0])
        or len(said.words) > len(case.accepted.words) + _MORE // 2
    ):
        return False
    if not all(word.is_name for word in said.content) or asks_for_person(case.asked) or extra[0].raw in known:
        return False
    if extra[0].start < place.start:
        return extra[0].key in _OTHER
    return said.text[place.end : extra[0].start] == " " and not (
        extra[0].key in _GENERIC or ASKS_WHERE.match(case.asked.question.text)
    )
