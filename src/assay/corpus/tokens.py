"""How long a text is for a model, roughly, without loading one."""

import re

from assay.corpus.language import CJK

__all__ = ["count_tokens"]

_PIECE = re.compile(rf"(?P<word>[^\W\d_{CJK}]+)|(?P<digits>\d+)|[{CJK}]|[^\w\s]|_+")
_LETTERS_A_TOKEN = 7
_DIGITS_A_TOKEN = 2


def count_tokens(text: str) -> int:
    """The length of a text in tokens, estimated: never read as exact.

    A word counts one token per seven letters begun, a number one per two digits begun, and every Chinese
    character and punctuation mark one. The estimate is additive over pieces that are joined by spaces.
    """
    n_tokens = 0
    for piece in _PIECE.finditer(text):
        length = piece.end() - piece.start()
        if piece.lastgroup == "word":
            n_tokens += -(-length // _LETTERS_A_TOKEN)
        elif piece.lastgroup == "digits":
            n_tokens += -(-length // _DIGITS_A_TOKEN)
        else:
            n_tokens += 1
    return n_tokens
