"""Text from outside (a model, a file, a terminal) as text that can be written and shown. Knows nothing else."""

import re

__all__ = ["plain_text"]

_SURROGATE = re.compile("[\ud800-\udfff]")
# What a terminal obeys instead of showing it: all but tab, line feed, carriage return and what else is white space.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")


def plain_text(text: str) -> str:
    """The text without control characters; halves of a character are put together, or become U+FFFD."""
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _CONTROL.sub("", text)
