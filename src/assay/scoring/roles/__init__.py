"""Whether a text answers with another thing, and names the accepted one in another role.

"The capital is Yangon, which took over from Naypyidaw" answers with Yangon; 黄色，红色放硒鼓 with 黄色. Knows clauses
and what they say of the question again, not what words mean. Only short texts are looked at: an extract may say
anything.
"""

import re

from assay.scoring.read_text import Asked, Place, Read
from assay.scoring.roles.answer_frames import fills_frame
from assay.scoring.roles.case import Case, has_accepted, is_stated, says_more
from assay.scoring.roles.chinese import is_parallel, leads_chinese
from assay.scoring.roles.english import has_candidate, leads
from assay.scoring.roles.longer_names import is_longer_name
from assay.scoring.roles.other_amounts import has_date, is_of_another_amount
from assay.scoring.roles.other_numbers import is_of_another_code, is_of_another_number

__all__ = ["is_of_another"]

_ASKS_THING = re.compile(r"\W*(?:in |on |at |by |from |to )?(?:who|whom|whose|what|which|where)\b", re.IGNORECASE)
_ASKS_DEED = re.compile(
    r"\W*what\b.*\b(?:happens?|happened|do|done|doing|mean|means)\b(?! \w+ (?:mean|call))", re.IGNORECASE
)
_SAME = 15  # characters before a place; where the evidence has them too, it is told as the evidence tells it
_LONGEST = {"en": 30, "zh": 45}  # words that say something, of a text that is no extract


def is_of_another(place: Place, accepted: Read, said: Read, asked: Asked) -> bool:
    """Whether another thing is what a text answers with, and the accepted one stands beside it in another role.

    The other thing stands in a clause that says more of the question again, "Brazil won; England came third", or by
    itself first, "Nest, which replaced Hive". Or the accepted one is said of another number: of error 53, asked of 52.
    """
    if len(said.words) == len(accepted.words) or len(said.content) > _LONGEST[said.lang]:
        return False
    if (
        said.text.strip(" .。") == said.text[place.start : place.end]
        or said.text[max(0, place.start - _SAME) : place.end + _SAME // 2].strip() in asked.quote.text
    ):
        return False
    case = Case(place, accepted, said, asked)
    if is_longer_name(case):
        return True
    if is_of_another_code(case) or is_of_another_number(case):
        return True
    clauses = case.clauses()
    own = case.own(clauses)
    if own is None or len(clauses) < 2 or is_stated(case, own):
        return False
    if any(one.start == place.start for one in said.dates):
        return any(has_date(case, one) and says_more(case, one, own) for one in clauses if one is not own)
    if any(one.start == place.start for one in said.quantities):
        return is_of_another_amount(case, clauses, own)
    others = [one for one in clauses if one is not own and not has_accepted(case, one)]
    if said.lang == "zh":
        return (
            fills_frame(said.text, place, asked.question.text)
            or leads_chinese(case, clauses, own)
            or any(is_parallel(case, one, own) for one in others)
        )
    if not _ASKS_THING.match(asked.question.text) or _ASKS_DEED.match(asked.question.text):
        return False
    return any(has_candidate(case, one) and says_more(case, one, own) for one in others) or (
        own is not clauses[0] and not has_accepted(case, clauses[0]) and leads(case, clauses[0], own)
    )
