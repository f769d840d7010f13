"""Fields of a Word document: what they show, which is their result, or what is chosen in a form."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from assay.corpus.symbols import decode_symbols
from assay.corpus.word_numbers import value_of
from assay.corpus.word_styles import is_on

__all__ = ["Fields"]

_SYMBOL = re.compile(r"\s*SYMBOL\s+(0x[0-9a-f]+|\d+)(?:.*?\\f\s+\"?([^\"\\]+))?", re.IGNORECASE)
_EQUATION = re.compile(r"\s*EQ\s+(.*)", re.IGNORECASE | re.DOTALL)
_FRACTION = re.compile(r"\\f\s*\(([^(),;]*)[,;]([^(),;]*)\)", re.IGNORECASE)
_RAISED = re.compile(r"\\s\s*\\up\s*\d*\s*\(([^()]*)\)", re.IGNORECASE)
_ROOT = re.compile(r"\\r\s*\((?:[^(),;]*[,;])?([^(),;]*)\)", re.IGNORECASE)


@dataclass
class _Field:
    told: str = ""  # what is to be computed
    has_result: bool = False
    is_form: bool = False  # its choice was shown in place of a result


@dataclass
class Fields:
    """The fields that have been begun and not ended, the innermost last."""

    _open: list[_Field] = field(default_factory=list)

    @property
    def are_shown(self) -> bool:
        """Whether what stands here is read: text of the document, or the result of all fields that it is in."""
        return all(one.has_result and not one.is_form for one in self._open)

    def tell(self, words: str) -> None:
        """Words that say what is to be computed."""
        if self._open:
            self._open[-1].told += words

    def step(self, mark: Element) -> str:
        """The beginning, the middle or the end of a field: what is shown in its place, "" for what its result says."""
        kind = mark.get("fldCharType", "")
        if kind == "begin":
            was_shown = self.are_shown
            chosen = _chosen(mark.find("ffData"))
            self._open.append(_Field(is_form=chosen is not None))
            return chosen or "" if was_shown else ""
        if not self._open:
            return ""
        if kind == "separate":
            self._open[-1].has_result = True
        elif kind == "end":
            ended = self._open.pop()
            return _compute(ended.told) if not ended.has_result and self.are_shown else ""
        return ""

    def end_paragraph(self) -> None:
        """What is to be computed ends here at the latest: the end of a broken field may be missing."""
        while self._open and not self._open[-1].has_result:
            self._open.pop()


def _chosen(form: Element | None) -> str | None:
    """What is chosen in a list or ticked; None for a field that has a result."""
    if form is None:
        return None
    choices, box = form.find("ddList"), form.find("checkBox")
    if choices is not None:
        entries = [each.get("val", "") for each in choices.findall("listEntry")]
        at = value_of(choices, "result") or value_of(choices, "default") or "0"
        return entries[int(at)] if at.isdigit() and int(at) < len(entries) else ""
    if box is not None:
        checked = is_on(box, "checked")
        return "☒" if (is_on(box, "default") if checked is None else checked) else "☐"
    return None


def _compute(told: str) -> str:
    """What a field without a result shows, of the few kinds that have none."""
    symbol, equation = _SYMBOL.match(told), _EQUATION.match(told)
    if symbol:
        return decode_symbols(chr(int(symbol.group(1), 0)), (symbol.group(2) or "").strip())
    if equation:
        inner = _RAISED.sub(r"^\1", _FRACTION.sub(r"\1/\2", equation.group(1)))
        return re.sub(r"\\\w+", "", _ROOT.sub(r"√\1", inner)).strip()
    return ""
