"""Whether a text answers with another thing than the accepted one, which it names in another role. Knows clauses.

"The capital is Yangon, which took over from Naypyidaw" answers with Yangon; 黄色，红色放硒鼓 with 黄色. Knows no types but
codes with numbers, dates and names by their capitals.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assay.scoring.answer_frames import fills_frame
from assay.scoring.kinds.names import asks_for_person
from assay.scoring.read_text import FUNCTION_WORDS, Asked, Place, Read, Word
from assay.scoring.values.date_values import covers
from assay.scoring.values.quantities import Quantity, same_amount, same_kind

__all__ = ["is_of_another", "numbered"]

_NUMBERED = re.compile(r"(?P<head>[A-Za-z]{0,6}[- ]?)(?P<number>\d{1,4})(?P<tail>[号栋楼组级层室线]?)")
_OF_NUMBER = re.compile(
    r"(?<![A-Za-z])(?!(?:in|on|at|of|by|from|to|about|since|for|and|or)\b)([A-Za-z]+)[ -]?(\d+)(?![.,:%]?\d|%)"
    r"|(?-i:\b([a-z]{3,}) ([A-Z])\b(?!\.))|(?-i:(?<![A-Za-z])([A-Z])(?=[栋楼座区号级类型]))"
    r"|(?<![\d.,:])(\d+) ?([A-Za-z号级类型区栋楼室线班组档等])(?![\u4e00-\u9fff]{0,1}\d)",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\s*(?:and|&|,|和|与|、)\s*(?:the )?$", re.IGNORECASE)
_BREAK = re.compile(
    r"[,;:!?\n，；。：！？]|(?<!\b[A-Z])(?<!\b[A-Z][a-z])\.(?=\s|$)|\s-\s"
    r"|\band (?=\w+(?:ed|wn|ilt) (?:in|at|by|to)\b)|\b(?:but|while|whereas|although|though|since|because|(?=(?:that|which|who|whom|whose)\b))"
    r"|而(?!且)|但",
    re.IGNORECASE,
)
_AND = re.compile(rf"{_BREAK.pattern}|[()]|\band\b", re.IGNORECASE)  # what parts dates
_SENTENCE = re.compile(r"[;!?\n；。！？]|(?<!\b[A-Z])(?<!\b[A-Z][a-z])\.(?=\s|$)")
# what opens a clause that tells more of what stands before it
_ASIDE = re.compile(
    r"(?:who|whom|whose|which|where|that|an?|the|his|her|its|their|as|like|unlike|ahead|not|than|before|after|with|without"
    r"|from|in contrast|part|rather|once)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:he|she|it|they)\b", re.IGNORECASE)
_PERSON_ASIDE = re.compile(r"whom?\b", re.IGNORECASE)
_STATES = re.compile(
    r"(?:\b(?:it|this|that|answer|he|she|they)(?:'s| is| was| are| were| would be)|(?<!whose )\b(?:is|are|was|were)"
    r"|\b(?:known|referred to|famous|familiar) as|\b(?:called|named|namely|i\.e\.?|alias|aka|born|or|also|rather|instead)"
    r"|=|即|就是|便是|正是|也是|而是|[是为叫称])[\s\"'“‘(]*(?:the |an? )?$",
    re.IGNORECASE,
)
_DOUBTED = re.compile(
    r"\b(?:not|never|no longer|think|thought|believ\w+|assum\w+|mistak\w+|often|usually|commonly|wrongly|until"
    r"|former\w*|previous\w*|originally|used to|once|many|some|although|though|despite|unlike|instead|rather"
    r"|may|might|perhaps|also|too|earlier|confus\w+|credited|attributed|said|claim\w*|popular\w*|if|or)\b|n't\b"
    r"|不|没|非|误|以为|认为|常|曾|原|据说|传说|如果|若",
    re.IGNORECASE,
)
_CONCEDES = re.compile(r"\b(?:although|though|even if|despite|尽管|虽然?)\s*$", re.IGNORECASE)
_OPENS = re.compile(
    r"\W*(?:sure|yes|no|well|okay|ok|hello|hi|hey|good|great|correct|right|answer|note|meanwhile|moreover|furthermore|similarly|therefore|thus|hence|later|earlier|soon|in|here|there|today|now|first"
    r"|finally|next|please|thanks?|sorry|according|based|per|under|for|to|by|on|if|when|after|before|during|since"
    r"|with|without|as|of|from|about|until|upon|\w+ly|section|page|source|document)\b",
    re.IGNORECASE,
)
_IN = re.compile(r"(?:in|at) (?:the )?$", re.IGNORECASE)
_BEFORE_ANSWER = re.compile(
    r"\b(?:is|are|was|were|be|been|by|named|called)(?: the| an?)?(?: \w+ing)? $|^(?:the |an? )?$", re.IGNORECASE
)
_AUXILIARY = re.compile(r"\s+(?:is|are|was|were|has|had|have|did|does|will|can|may)\b", re.IGNORECASE)
_ASKS_THING = re.compile(r"\W*(?:in |on |at |by |from |to )?(?:who|whom|whose|what|which|where)\b", re.IGNORECASE)
_ASKS_DEED = re.compile(
    r"\W*what\b.*\b(?:happens?|happened|do|done|doing|mean|means)\b(?! \w+ (?:mean|call))", re.IGNORECASE
)
_WHERE = re.compile(r"\W*where\b|\W*(?:(?:in|on|at) )?(?:what|which) (?:city|country|town|place|state|building|room|floor|street)\b", re.I)
_WHO = re.compile(r"\bwhom?\b", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:total|sum|altogether|in all|so|hence|making)\b|=|共|总|合计|所以", re.IGNORECASE)
_ARTICLES = frozenset(("the", "a", "an"))
_LONGER_ZH = re.compile("[东西南北中]?路|街|湖|大学|大厦|机场|银行|饭店|酒店|公园|广场|大道|站|桥|寺|塔|报|晚报|日报|电视台|医院")
_OTHER = frozenset("new north south east west white blue black red".split())
_GENERIC = frozenset((
    "city town county state province district republic kingdom empire island islands river lake sea ocean mountain "
    "mountains desert valley inc ltd llc corp corporation company co group plc gmbh ag bank motors motor computer "
    "pictures entertainment studios records museum gallery palace castle church cathedral abbey bridge tower building "
    "hall stadium arena airport station hotel theatre theater library hospital university college school institute fc "
    "club team band orchestra party act treaty war battle dynasty language scale effect theory law disease syndrome virus "
    "protocol system software app browser edition department office centre center desk plan form street road avenue "
    "square park prize award cup series insurance policy software gas metal acid"
).split())  # what a name may end with and be the same
_SPANS = frozenset("minute hour day week month year".split())  # which do not all convert
_PART_OF = re.compile(r"(?:of|from|out of|with|after|before|compared|unlike|if|when|instead)\b|在.*中|从|与.*相比", re.I)
_FOR_OTHERS = re.compile(
    r"\b(?:(?:all|the|every) (?:others?|rest)|everyone else|everybody else|otherwise|other (?:employees|staff|people|days"
    r"|cases))\b|其他人|其余|其他员工|否则|平时",
    re.IGNORECASE,
)
_SAME = 15  # characters before a place; where the evidence has them too, it is told as the evidence tells it
_LONGEST = {"en": 30, "zh": 45}  # words that say something, of a text that is no extract
_ECHO = 0.5  # of the question's words, from which on a clause answers it
_PARTICLES = frozenset("the a an of in at on de la le do da du del van von der".split())  # in a name
_MOST_LEAD = 4  # words of a lead that is no sentence
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


@dataclass(frozen=True)
class _Clause:
    start: int
    end: int
    words: Sequence[Word]  # without function words
    echo: frozenset[str]  # what it says again of the question, the accepted answer's own words left out


@dataclass(frozen=True)
class _Case:
    """One accepted answer at one place of a text."""

    place: Place
    accepted: Read
    said: Read
    asked: Asked

    def clauses(self) -> Sequence[_Clause]:
        """The clauses of the text, the one with the place in one piece."""
        text, place = self.said.text, self.place
        breaks = _AND if any(one.start == place.start for one in [*self.said.dates, *self.said.quantities]) else _BREAK
        cuts = [
            match.span() for match in breaks.finditer(text) if match.end() <= place.start or match.start() >= place.end
        ]
        bounds = [(0, 0), *cuts, (len(text), len(text))]
        return [
            self._clause(end, start) for (_, end), (start, _) in pairwise(bounds) if re.search(r"\w", text[end:start])
        ]

    def _clause(self, start: int, end: int) -> _Clause:
        words = [word for word in self.said.content if start <= word.start < end]
        own = {word.key for read in self.asked.accepted for word in read.words}
        echo = frozenset(
            word.key
            for word in words
            if word.key not in own and not (self.place.start <= word.start < self.place.end)
            and (word.key in self.asked.keys or self.asked.echoes(word))
        )
        return _Clause(start, end, words, echo)

    def text(self, clause: _Clause) -> str:
        return self.said.text[clause.start : clause.end]

    def own(self, clauses: Sequence[_Clause]) -> _Clause | None:
        return next((one for one in clauses if one.start <= self.place.start < one.end), None)

    def is_new(self, word: Word) -> bool:
        """Whether a word is neither the question's nor an accepted answer's."""
        known = {one.key for read in self.asked.accepted for one in read.words}
        return word.key not in self.asked.keys and word.key not in known and word.key not in FUNCTION_WORDS

    def _is_bracketed(self, word: Word) -> bool:
        return self.said.text.count("(", 0, word.start) > self.said.text.count(")", 0, word.start) and (
            self.said.text.count("(", self.place.end, word.start) > 0
        )

    def is_subject(self, own: _Clause) -> bool:
        """Whether the accepted answer opens its clause: "and the manager is told"."""
        accepted = {word.key for read in self.asked.accepted for word in read.words} | {"and", "the", "a", "an", "your", "our"}
        before = [word.key for word in self.said.words if own.start <= word.start < self.place.start]
        return {*before} <= accepted or bool(
            self.said.quantities and any(one.start == self.place.start for one in self.said.quantities)
        )

    def rest(self, clause: _Clause) -> list[Word]:
        """What a clause says beside the accepted answer, the question and the units of amounts."""
        units = {word.start for one in self.said.quantities for word in self.said.words if one.start <= word.start <= one.end - bool(one.unit)}
        return [
            word
            for word in clause.words
            if word.start not in units
            and not self._is_bracketed(word)
            and not (self.place.start <= word.start < self.place.end) and not word.key.isdigit() and self.is_new(word)
        ]


def is_of_another(place: Place, accepted: Read, said: Read, asked: Asked) -> bool:
    """Whether another thing is what a text answers with, and the accepted one stands beside it in another role.

    The other thing stands in a clause that says more of the question again, "Brazil won; England came third", or by
    itself first, "Nest, which replaced Hive". Or the accepted one is said of another number: of error 53, asked of 52.
    """
    if len(said.words) == len(accepted.words) or len(said.content) > _LONGEST[said.lang]:
        return False
    if said.text.strip(" .。") == said.text[place.start : place.end] or said.text[
        max(0, place.start - _SAME) : place.end + _SAME // 2
    ].strip() in asked.quote.text:
        return False
    case = _Case(place, accepted, said, asked)
    if _is_longer_name(case):
        return True
    if _is_of_another_code(case) or _is_of_another_number(case):
        return True
    clauses = case.clauses()
    own = case.own(clauses)
    if own is None or len(clauses) < 2 or _is_stated(case, own):
        return False
    if any(one.start == place.start for one in said.dates):
        return any(_has_date(case, one) and _says_more(case, one, own) for one in clauses if one is not own)
    if any(one.start == place.start for one in said.quantities):
        return _is_of_another_amount(case, clauses, own)
    others = [one for one in clauses if one is not own and not _has_accepted(case, one)]
    if said.lang == "zh":
        return fills_frame(said.text, place, asked.question.text) or _leads_chinese(case, clauses, own) or any(
            _is_parallel(case, one, own) for one in others
        )
    if not _ASKS_THING.match(asked.question.text) or _ASKS_DEED.match(asked.question.text):
        return False
    return any(_has_candidate(case, one) and _says_more(case, one, own) for one in others) or (
        own is not clauses[0] and not _has_accepted(case, clauses[0]) and _leads(case, clauses[0], own)
    )


def _is_longer_name(case: _Case) -> bool:
    """Whether a text is just a longer name, of another thing: Hive Mail, for Hive; 北京路, for 北京."""
    said, place = case.said, case.place
    known = case.asked.question.text + case.asked.quote.text
    if said.lang == "zh":
        longer = _LONGER_ZH.match(said.text, place.end)
        return bool(longer) and len(said.words) <= len(case.accepted.words) + _MOST_LEAD and longer.group() not in known  # type: ignore[union-attr]
    extra = [word for word in said.content if not place.start <= word.start < place.end]
    if len(extra) != 1 or not extra[0].is_name or not case.is_new(extra[0]) or len(said.words) > len(case.accepted.words) + 2:
        return False
    if not all(word.is_name for word in said.content) or asks_for_person(case.asked) or extra[0].raw in known:
        return False
    if extra[0].start < place.start:
        return extra[0].key in _OTHER
    return said.text[place.end : extra[0].start] == " " and not (extra[0].key in _GENERIC or _WHERE.match(case.asked.question.text))


def numbered(text: str) -> set[tuple[str, str]]:
    """Numbers with the first letter of what they count: p and 1, of P1 and of priority 1; no years."""
    found = {
        ((match[1] or match[3] or match[7] or "栋")[0].lower(), match[2] or match[4] or match[5] or match[6])
        for match in _OF_NUMBER.finditer(text)
    }
    return {(head, number) for head, number in found if len(number) < 4}


def _is_of_another_number(case: _Case) -> bool:
    """Whether the sentence of a place tells of another number of what the question has a number of."""
    at_place = numbered(case.said.text[case.place.start : case.place.end])
    wanted = numbered(case.asked.read.text) | _finer_codes(case) | numbered(case.accepted.text) - at_place
    if not wanted:
        return False
    start, end = _sentence(case.said.text, case.place)
    here = numbered(case.said.text[start : case.place.start] + "|" + case.said.text[case.place.end : end])
    here -= numbered(case.accepted.text)
    return not wanted & here and any(head == one for head, _ in here for one, _ in wanted)


def _finer_codes(case: _Case) -> set[tuple[str, str]]:
    """The codes that another accepted answer has beside the words of this one: building A."""
    words = {word.key for word in case.accepted.content}
    finer = [read for read in case.asked.accepted if words <= {word.key for word in read.words}]
    return {code for read in finer for code in numbered(read.text)} - numbered(case.accepted.text)


def _sentence(text: str, place: Place) -> tuple[int, int]:
    start = max((match.end() for match in _SENTENCE.finditer(text, 0, place.start)), default=0)
    end = _SENTENCE.search(text, place.end)
    return start, end.start() if end else len(text)


def _is_of_another_code(case: _Case) -> bool:
    """Whether another thing with a number stands beside the accepted one, as well or nearer to what is asked."""
    code = _NUMBERED.search(case.accepted.text)
    if code is None or not (code["head"].strip() or code["tail"]) or len(case.accepted.words) > 6:
        return False
    alike = re.compile(rf"(?<![A-Za-z0-9]){re.escape(code['head'])}(\d{{1,4}}){code['tail']}", re.IGNORECASE)
    clauses = case.clauses()
    own = case.own(clauses)
    for match in alike.finditer(case.said.text):
        if match[1] == code["number"] or match.group() in case.asked.read.text:
            continue
        first, second = sorted(((match.start(), match.end()), (case.place.start, case.place.end)))
        if _BOTH.fullmatch(case.said.text[first[1] : second[0]]):
            return True
        other = next((one for one in clauses if one.start <= match.start() < one.end), None)
        if other is not None and own is not None and len(other.echo) > len(own.echo):
            return True
    return False


def _is_stated(case: _Case, own: _Clause) -> bool:
    """Whether the clause of a place has nothing else to say, or says "it is …"."""
    before = case.said.text[own.start : case.place.start]
    ends = not re.search(r"\w", case.said.text[case.place.end : own.end])
    return not case.rest(own) and not own.echo or bool(_STATES.search(before)) and ends


def _has_accepted(case: _Case, clause: _Clause) -> bool:
    """Whether a clause has all words of some accepted answer."""
    keys = {word.key for word in case.said.words if clause.start <= word.start < clause.end}
    return any({word.key for word in read.words} - _ARTICLES <= keys for read in case.asked.accepted if read.words)


def _says_more(case: _Case, other: _Clause, own: _Clause) -> bool:
    """Whether a clause says more of the question again than the one with the accepted answer, and says it for sure."""
    if case.said.lang == "en" and not any(word.is_name for word in case.accepted.content) and not case.is_subject(own):
        return False
    is_conceded = _CONCEDES.search(case.said.text[: other.start])
    if len(other.echo) <= len(own.echo) or is_conceded or _DOUBTED.search(case.text(other)):
        return False
    head = case.asked.head
    return not (head in own.echo and head not in other.echo)


def _has_date(case: _Case, clause: _Clause) -> bool:
    known = [one for read in case.asked.accepted for one in read.dates]
    dates = [one for one in case.said.dates if clause.start <= one.start < clause.end]
    return any(not any(covers(one, date) or covers(date, one) for date in known) for one in dates)


def _is_of_another_amount(case: _Case, clauses: Sequence[_Clause], own: _Clause) -> bool:
    """Whether another amount stands alone first, is told for all others, or where more of the question is said.

    "4 weeks (3 months for managers)", "28 days for managers, 25 for all others", 婴儿有206块，成年人有305块.
    """
    right = next(one for one in case.said.quantities if one.start == case.place.start)
    for clause in clauses:
        text = case.text(clause).strip()
        here = [one for one in _amounts(case, clause) if clause is not own]
        if _FOR_OTHERS.search(text) and case.rest(own) and any(one.value != right.value for one in here):
            return True
        if not any(_rivals(case, one, right) for one in here):
            continue
        if clause is clauses[0] and not case.rest(clause) and case.rest(own) and not _TOTAL.search(case.text(own)):
            return True
        if not right.unit and not _PART_OF.match(text) and _says_more(case, clause, own):
            return True
    return False


def _amounts(case: _Case, clause: _Clause) -> list[Quantity]:
    return [one for one in case.said.quantities if clause.start <= one.start < clause.end]


def _is_share(one: Quantity) -> bool:
    return one.unit == "percent" or 0 < one.value < 1


def _counter(case: _Case, one: Quantity) -> str:
    """The word after a bare number: 块 of 206块."""
    after = re.match(r"[\u4e00-\u9fff]| [a-z]+", case.said.text[one.end :])
    return after.group().strip() if after and after.group().strip() not in FUNCTION_WORDS | {"是"} else ""


def _rivals(case: _Case, one: Quantity, right: Quantity) -> bool:
    """Whether an amount could be the right one by its unit, and is neither that nor one of the question."""
    known = [*(one for read in case.asked.accepted for one in read.quantities), *case.asked.read.quantities, right]
    is_alike = one.unit == right.unit or (bool(one.unit and right.unit) and same_kind(one, right))
    is_alike = is_alike or ({one.unit, right.unit} == {"", "percent"} and _is_share(one) and _is_share(right))
    is_alike = is_alike or {one.unit, right.unit} <= _SPANS
    if not one.unit and not right.unit:
        is_alike = _counter(case, one) == _counter(case, right) or "" in (_counter(case, one), _counter(case, right))
    return is_alike and one.unit != "date" and not case.said.text[: one.start].endswith("第") and not any(same_amount(one, other) for other in known)


def _has_candidate(case: _Case, clause: _Clause) -> bool:
    """Whether a clause has another thing where an answer stands: first, before a verb, or after "is" or "by"."""
    for run in _runs(case, clause):
        before = case.said.text[clause.start : run[0].start].lstrip()
        after = case.said.text[run[-1].end : clause.end]
        echoed = [word for word in clause.words if word.key in clause.echo]
        follows = any(word.end == run[0].start - 1 or case.said.text[word.end : run[0].start] in (" the ", " a ")
                      for word in echoed)
        precedes = any(word.start == run[-1].end + 1 for word in echoed)
        if _WHERE.match(case.asked.question.text) and _IN.search(before):
            return True
        if not before.strip() or before.strip().lower() in ("the", "a", "an"):
            if not after.strip() or precedes or (_AUXILIARY.match(after) and clause.echo):
                return True
        elif (_BEFORE_ANSWER.search(before) or follows) and not _goes_on(after):
            return True
    return False


def _goes_on(after: str) -> bool:
    """Whether what follows makes a description of what stands before: the British | author Mary Shelley."""
    return bool(re.match(r"\s+(?!(?:in|at|on|for|of|from|with|by|as|to|during|until|near)\b)[a-z]", after))


def _runs(case: _Case, clause: _Clause) -> Iterator[Sequence[Word]]:
    """Words that follow each other and are new: with capitals where the accepted answer has them."""
    is_name = any(word.is_name for word in case.accepted.content)
    run: list[Word] = []
    for word in clause.words:
        fits = case.is_new(word) and not word.key.isdigit() and (word.is_name or not is_name)
        if run and (not fits or case.said.text[run[-1].end : word.start].strip(" .-'")):
            yield run
            run = []
        if fits:
            run = [*run, word]
    if run:
        yield run


def _leads(case: _Case, lead: _Clause, own: _Clause) -> bool:
    """Whether a text begins with another thing by itself, and tells of the accepted one what is not asked."""
    if not _is_fragment(case, lead):
        return False
    text = case.text(own).lstrip()
    if _PERSON_ASIDE.match(text) and _WHO.search(case.asked.question.text):
        return True
    answers = case.asked.head in own.echo or len(own.echo) >= _ECHO * len({word.key for word in case.asked.read.content})
    if answers and not _has_other_amount(case, own):
        return False
    first = next(iter(case.said.words[i] for i in range(len(case.said.words)) if case.said.words[i].start >= own.start))
    return ((case.is_subject(own) or bool(_PRONOUN.match(text))) and bool(case.rest(own))) or bool(_ASIDE.match(case.said.text, first.start))


def _is_fragment(case: _Case, lead: _Clause) -> bool:
    """Whether a clause is just a thing: no sentence, and nothing that leads to one."""
    text = case.text(lead).strip()
    words = [word for word in case.said.words if lead.start <= word.start < lead.end]
    if _WHERE.match(case.asked.question.text):
        text = re.sub(r"^(?:in|at|on) (?:the )?", "", text, flags=re.IGNORECASE)
    new = [word for word in lead.words if case.is_new(word)]
    own = {word.key for read in case.asked.accepted for word in read.words}
    if any(word.key in case.asked.keys - own for word in lead.words):
        return False
    if not new or len(words) > _MOST_LEAD or _OPENS.match(text) or _DOUBTED.search(text):
        return False
    joints = [word for word in words if word.key in FUNCTION_WORDS - _PARTICLES]
    if joints or (lead.echo and any(word.key in lead.echo and not word.is_name for word in lead.words)):
        return False
    is_name = any(word.is_name for word in case.accepted.content)
    return all(word.is_name or word.key in _PARTICLES for word in new) if is_name else len(new) <= 3


def _has_other_amount(case: _Case, own: _Clause) -> bool:
    """Whether a clause has another amount of the unit of one in the question: above 250,000 euros, asked of 50,000."""
    asked = [one for one in case.asked.read.amounts if one.unit]
    here = [one for one in case.said.amounts if own.start <= one.start < own.end]
    return any(one.unit == other.unit and one.value != other.value for one in here for other in asked)


def _leads_chinese(case: _Case, clauses: Sequence[_Clause], own: _Clause) -> bool:
    """金星，比水星更近: another thing by itself first, then what is told of the accepted one."""
    lead = clauses[0]
    if lead is own or _has_accepted(case, lead):
        return False
    text = case.text(lead).strip()
    if text.startswith("在") and not _WHERE_ZH.search(case.asked.question.text):
        return False
    match = _LEAD_ZH.fullmatch(text)
    if match is None or _OPENS_ZH.search(match["name"]) or match["name"] in case.asked.question.text:
        return False
    if len(own.echo) > _ECHO * len({word.key for word in case.asked.read.content}):
        return False
    before = case.said.text[own.start : case.place.start].strip()
    after = case.said.text[case.place.end : own.end].strip()
    return bool(_PRONOUN_ZH.match(before)) or (not before and len(after) > 1)


def _is_parallel(case: _Case, other: _Clause, own: _Clause) -> bool:
    """陈立带巴黎，周敏带里昂: of two clauses of one form the other one has what is asked for."""
    after = case.said.text[case.place.end : own.end].strip()
    if case.said.text[own.start : case.place.start].strip() or not after:
        return False
    at = case.text(other).find(after[0])
    is_alike = at > 0 and case.is_new(case.said.words[0] if not other.words else other.words[0])
    return is_alike and len(other.echo) >= len(own.echo) + _LEAST_PARALLEL and not _DOUBTED.search(case.text(other))
