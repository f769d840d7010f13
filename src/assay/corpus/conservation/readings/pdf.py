"""PDFs: the characters of each page in the order in which the file draws them; of their places nothing is known."""

import re
from collections.abc import Iterable, Iterator
from contextlib import closing

from assay.corpus.conservation.piece import Piece
from assay.corpus.pdf_segments import open_pdf
from assay.corpus.radicals import plain_radicals

__all__ = ["pieces_of", "read"]

_BROKEN = re.compile("(?<=([^\\W_]))[\ufffe\x02](?:\r?\n)?(?=([^\\W_]))")  # a word at the end of a line


def read(data: bytes) -> list[Piece]:
    """A piece a line."""
    with closing(open_pdf(data)) as file:
        return list(pieces_of((page.number, page.characters) for page in file.pages()))


def pieces_of(pages: Iterable[tuple[int, str]]) -> Iterator[Piece]:
    """A piece a line of pages that are open already: to open them again takes half as long as reading them."""
    for number, characters in pages:
        whole = _BROKEN.sub(_hyphen, plain_radicals(characters))
        yield from (Piece(line, page=number) for line in whole.splitlines() if line.strip())


def _hyphen(found: re.Match[str]) -> str:
    return "" if found[1].isalpha() and found[2].isalpha() else "-"
