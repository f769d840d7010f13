"""None at all: an accepted answer that says that there is no such thing. Knows no yes and no."""

import re
from collections.abc import Sequence

from assay.scoring.kinds.kind import Kind, Outcome
from assay.scoring.read_text import Asked, Place, Read

__all__ = ["NOTHING"]

_NONE = re.compile(
    r"(?:none(?: of (?:them|these|those|the \w+))?|zero|free|free of charge|nil|nobody|no one|no-one|nothing"
    r"|nowhere|never|not any|0(?![+-]))\W*"
    r"|无|没有|零|零个|免费|没有任何.{0,4}"
    r"|0个?|无人|没有人|没人|不收费|不收|不要钱|从未|从来没有|一次也没有",
    re.IGNORECASE,
)
_NO_THING = re.compile(r"no (?:[a-z]+ ){0,2}[a-z]+\W*", re.IGNORECASE)
_SAYS_NONE = {
    "en": re.compile(
        r"\b(?:none|zero|(?<!not )free(?! from)|no charge|nil|nobody|no one|no-one|nothing|nowhere|never|not"
        r" any|not (?:one|1)\b"
        r"|no longer any|not (?:a|one|1) single|neither)\b"
        r"|(?<!\bat )(?<!\bfor )\bno (?!doubt|more|less|later|earlier|longer|fewer|matter|sooner|problem|need"
        r"|idea|answer|one\b|information)[a-z]\w+"
        r"|\bfail(?:s|ed)? to \w+ any\b|(?:^|[,:;]\s*|\b(?:is|are|was|were|has|have|had|by|to|in|of|with"
        r"|there|takes?|gets?|receives?|need"
        r"|needs|require|requires|contains?|charges?)\s)no\b(?!\W*$|[,.])"
        r"|(?<![\d.,])0(?![\d.,:%])(?!\.\d)|(?:n't|\bnot)(?: \w+){0,4} (?:any\w*|ever)\b|\bnot (?:once|at all"
        r"|a thing)\b|\bat no time\b|(?:n't|\bnot) (?:have|possess|get|receive|win) an?\b|\b(?:is|are|was"
        r"|were)(?:n't| not) (?:a single )?(?:one|1)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"没有|并无|(?<!不)免费|无(?!论|法)|零(?!售|件|食)|(?<![\d.])0(?![\d.])|未(?=有|设|收|发)|不(?:收|需"
        r"|设|存在|含|要求)"
        r"|无需|从未|不曾|未曾|尚未|还没|无一|没(?![关问错])|没人|不要钱|不属于任何|[都均](?:不|没|未)"
        r"|谁[都也](?:不|没)|任何[^，。]{1,8}都?(?:不|没|未)"
    ),
}

_NO_SUCH = re.compile(r"(?:没有|无人|无|并无)([\u4e00-\u9fff]{1,8})")
_ASKS_WHICH = re.compile(r"几|哪|多少|什么|谁")
_NOT_ONE = re.compile(r"[\u4e00-\u9fff]{0,6}[都也][不没]")  # 一艘也没有


def _reads(accepted: Read, asked: Asked) -> bool:
    text = accepted.text.strip(" .。")
    none = _NO_SUCH.fullmatch(text) if _ASKS_WHICH.search(asked.question.text) else None
    if none is not None and set(none[1]) <= set(asked.read.text):
        return True  # 没有铁路, asked how many
    return bool(_NONE.fullmatch(text)) or (
        accepted.lang == "en" and bool(_NO_THING.fullmatch(text)) and len(text.split()) <= 3
    )


def _find(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    return [Place(match.start(), match.end()) for match in _SAYS_NONE[said.lang].finditer(said.text)]


def _decides(accepted: Read, said: Read, asked: Asked) -> Outcome | None:
    if not _find(accepted, said, asked):
        return "absent"
    amounts = [
        one
        for one in said.amounts
        if one.value
        and not _NOT_ONE.match(said.text, one.end)
        and not any(one.value == other.value for other in asked.read.amounts)
    ]
    first = _find(accepted, said, asked)[0].start
    return "right" if not any(one.start < first for one in amounts) else "contradicted"


NOTHING = Kind(name="none", reads=_reads, decides=_decides)
