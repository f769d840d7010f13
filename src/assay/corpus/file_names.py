"""Names of files in one form: two that a person takes for the same are compared as the same. Knows no folders."""

import re
import unicodedata

__all__ = ["normal_name"]

_SIGNS = str.maketrans({"\\": "/", "’": "'", "‘": "'", "＼": "/"})


def normal_name(name: str) -> str:
    """A path without what differs by the machine that wrote it.

    Composed or decomposed, case, width, kinds of dashes, spaces and separators, a "./" before it and signs that nobody
    sees do not count. It is longer than the name at times ("ß" is "ss"), and never the other way round.
    """
    folded = name
    for _ in range(2):  # folding can part what composing then joins to something that folds again
        small = unicodedata.normalize("NFD", folded).casefold()
        small = small.replace("ı", "i").replace("i\u0307", "i")  # with a dot or without, as capitals have it
        folded = unicodedata.normalize("NFKC", small)
    folded = folded.translate(_SIGNS)
    shown = "".join(_plain(sign) for sign in folded)
    return re.sub(r"\s+", " ", re.sub(r"/{2,}", "/", shown)).removeprefix("./")


def _plain(sign: str) -> str:
    kind = unicodedata.category(sign)
    return "-" if kind == "Pd" else "" if kind == "Cf" else sign
