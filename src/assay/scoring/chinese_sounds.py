"""Whether two Chinese characters sound alike, by their places in GB 2312. Knows no words."""

__all__ = ["sound_alike"]

_FIRST, _LAST, _ROW, _ROWS = 0xB0A1, 0xD7F9, 94, 0xA1
_NEAR = 15  # places: the common characters stand in the order of their sounds, about ten to a syllable


def sound_alike(a: str, b: str) -> bool:
    """Whether two common characters have the same sound, or nearly: 可 and 科; False of rare ones."""
    first, second = _place(a), _place(b)
    return first is not None and second is not None and abs(first - second) <= _NEAR


def _place(char: str) -> int | None:
    """Where a character stands among the 3,755 common ones, which GB 2312 sorts by sound; None of another."""
    try:
        code = int.from_bytes(char.encode("gb2312"))
    except UnicodeEncodeError:
        return None
    return ((code >> 8) - (_FIRST >> 8)) * _ROW + (code & 0xFF) - _ROWS if _FIRST <= code <= _LAST else None
