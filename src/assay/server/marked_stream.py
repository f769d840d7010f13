"""An answer with the numbers of its quotes behind its sentences, while it comes. Knows no model and no network."""

import re
from collections.abc import Callable, Sequence

from assay.scoring import mark_sentences
from assay.scoring.sentences import split_sentences
from assay.serving.measured_run import Citation
from assay.words import message

__all__ = ["MarkedStream", "marked_text"]

Cite = Callable[[str], Sequence[Citation]]
_MAY_END = re.compile(r"[.!?。！？\"')\]”’\s]+$")  # where a mark would stand, if the sentence ends here


class MarkedStream:
    """What can be shown of an answer: what was shown is never taken back.

    Args:
        cite: the beginning of an answer, in whole sentences -> where each of them stands.
        lang: of what is said of a sentence that no passage supports.
    """

    def __init__(self, cite: Cite, lang: str) -> None:
        self._cite, self._lang = cite, lang
        self._whole, self._marked = "", ""  # the sentences that are whole, plain and with their marks
        self._shown = ""
        self._n_plain = 0  # how much of the plain text is in what was shown

    def feed(self, text: str) -> str:
        """What is new in the answer so far."""
        sentences = split_sentences(text)
        start = text.rfind(sentences[-1]) if sentences else len(text)
        if text[:start] != self._whole:
            self._whole = text[:start]
            self._marked = marked_text(self._whole, self._cite(self._whole), self._lang) if self._whole else ""
        begun = _MAY_END.sub("", text[start:])
        return self._show(self._marked + begun, start + len(begun))

    def end(self, text: str, citations: Sequence[Citation]) -> str:
        """The rest."""
        rest = self._show(marked_text(text, citations, self._lang), len(text))
        return rest or text[self._n_plain :]

    def _show(self, marked: str, n_plain: int) -> str:
        if not marked.startswith(self._shown):
            return ""
        new = marked[len(self._shown) :]
        self._shown, self._n_plain = marked, n_plain
        return new


def marked_text(text: str, citations: Sequence[Citation], lang: str) -> str:
    """The answer with [1] behind a sentence that the first quote supports, as `assay ask` prints it."""
    marks = {None: "", 0: message("reply.unsupported_sentence", lang)}
    pieces, _ = mark_sentences(text, citations)
    return "".join(piece.text + marks.get(piece.mark, f" [{piece.mark}]") for piece in pieces)
