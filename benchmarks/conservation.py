"""Words in against words out, by format: python benchmarks/conservation.py --data DIR [DIR ...] [--worst N]

Every file below the folders is read as `assay read` reads it and cut into passages. A word counts as lost where a
second, simple reading of the file finds it and no passage, title or heading holds it, nor what is left out by name;
what the program put in from the second reading is told by itself. Prints the table for conservation.md, and with
--worst the files that lost most, with what they lost.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assay.corpus.blocks import parse_blocks
from assay.corpus.chunking import split_document
from assay.corpus.conservation import Piece, account_for
from assay.corpus.conservation.compared_words import is_number
from assay.corpus.document import Document
from assay.corpus.extraction import SUFFIXES
from assay.corpus.reading import read_files

_WHOLE = 0.001  # of a file's words may be lost for it to count as whole
_SHOWN = 8
_COLUMNS = "format", "files", "words", "in %", "numbers", "in %", "put in", "files below 99.9% or with a number lost"


@dataclass(frozen=True)
class Counted:
    """The words of one file, those that are lost, and the pieces in which they stand."""

    name: str
    n_words: int
    n_numbers: int
    n_put_in: int
    lost: tuple[str, ...]
    pieces: tuple[str, ...]

    @property
    def suffix(self) -> str:
        return Path(self.name).suffix.lower()

    @property
    def n_lost_numbers(self) -> int:
        return sum(map(is_number, self.lost))

    @property
    def is_whole(self) -> bool:
        return len(self.lost) <= _WHOLE * self.n_words and not self.n_lost_numbers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--worst", type=int, default=0)
    options = parser.parse_args()
    counted: list[Counted] = []
    others: Counter[str] = Counter()
    for folder in options.data:
        files = sorted(file for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES)
        for read in read_files(files, folder):
            if isinstance(read, Document) and read.account is not None:
                counted.append(count(read))
            else:
                others["read once only" if isinstance(read, Document) else "not read"] += 1
    print(render(counted))
    print("\n" + ", ".join(f"{what}: {n}" for what, n in others.items()))
    for one in sorted(counted, key=lambda one: -len(one.lost))[: options.worst]:
        print(f"\n{one.name}: {len(one.lost)} of {one.n_words} words, {one.n_lost_numbers} numbers")
        print("\n".join(f"    {piece[:160]}" for piece in one.pieces[:_SHOWN]))


def count(document: Document) -> Counted:
    """What was lost when the file was read, and when its pages were cut."""
    account = document.account
    assert account is not None
    passages = split_document(document)
    texts = [document.title, *(passage.text for passage in passages), *_headings(one.heading for one in passages)]
    blocks = (block for page in document.pages for block in parse_blocks(page.text))
    pieces = [Piece(text) for block in blocks for text in (block.text, *block.rows)]
    lost = [one for one in account.unaccounted if not one.is_taken]
    lost += account_for(pieces, texts, ()).unaccounted
    n_put_in = sum(len(one.words) for one in account.unaccounted if one.is_taken)
    words = tuple(word for one in lost for word in one.words)
    return Counted(document.id, account.n_words, account.n_numbers, n_put_in, words, tuple(one.piece for one in lost))


def _headings(paths: Iterable[str]) -> Iterator[str]:
    """Each heading where the path of headings changes."""
    before: list[str] = []
    for path in paths:
        names = path.split(" > ")
        pairs = enumerate(zip(names, before, strict=False))
        yield from names[next((at for at, (one, other) in pairs if one != other), len(before)) :]
        before = names


def render(counted: list[Counted]) -> str:
    """The table, a line a format."""
    lines = [f"| {' | '.join(_COLUMNS)} |", f"|{'---|' * len(_COLUMNS)}"]
    for suffix in sorted({one.suffix for one in counted}):
        lines.append(_row(suffix, [one for one in counted if one.suffix == suffix]))
    return "\n".join([*lines, _row("all", counted)])


def _row(name: str, files: list[Counted]) -> str:
    n_words, n_numbers = sum(one.n_words for one in files), sum(one.n_numbers for one in files)
    words = _share(sum(len(one.lost) for one in files), n_words)
    numbers = _share(sum(one.n_lost_numbers for one in files), n_numbers)
    n_put_in, n_bad = sum(one.n_put_in for one in files), sum(not one.is_whole for one in files)
    return f"| {name} | {len(files)} | {n_words:,} | {words} | {n_numbers:,} | {numbers} | {n_put_in} | {n_bad} |"


def _share(n_lost: int, n: int) -> str:
    return f"{100 * (1 - n_lost / n):.3f}" if n else "-"


if __name__ == "__main__":
    main()
