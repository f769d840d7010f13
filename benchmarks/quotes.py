"""Quotes of real documents looked for on their pages: how many are found, and do the rectangles hold their words?

    python benchmarks/quotes.py FOLDER [FOLDER ...] [-n 300] [--scans 12] [--look OUT]

Sentences and table rows are drawn at random from the passages of each folder's PDFs and images, as `assay.scoring.cite`
quotes them. "Stands right": of the letters that the text layer has inside the rectangles, and of those of the quote,
90% are the same (of images, which have no text layer, that is not told). `--scans` prints so many pages of each folder
and scans them at 150 dpi, a little grey, to read them by OCR: their rectangles are held against the text layer of the
page that was printed. `--look` writes pages with the rectangles drawn on them, to be looked at by eye.
"""

import argparse
import random
import re
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assay.corpus import build_corpus
from assay.corpus.document import Document, Passage
from assay.errors import AssayError
from assay.scoring.sentences import split_sentences
from assay.server.quotes.boxes import Box
from assay.server.quotes.letters import letters_of
from assay.server.quotes.page_process import PageProcess
from assay.server.quotes.shown_page import LocatedQuote
from assay.server.quotes.sight import Sight, has_pages

_LEAST_LETTERS, _MOST_LETTERS = 20, 400
_SAME = 0.9


@dataclass(frozen=True)
class Asked:
    """A quote and where it is from."""

    folder: Path
    document: Document
    passage: Passage
    quote: str


@dataclass
class Counts:
    """What came of the quotes of a folder."""

    n: int = 0
    n_found: int = 0
    n_told: int = 0
    n_right: int = 0


def main() -> None:
    """A row a folder, and what was not found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("-n", type=int, default=300)
    parser.add_argument("--scans", type=int, default=0)
    parser.add_argument("--look", type=Path)
    options = parser.parse_args()
    rng = random.Random(0)
    process = PageProcess()
    seconds: list[float] = []
    every = Counts()
    misses: list[str] = []
    print("| folder | quotes | found | stand right, of those with a text layer |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scanned:
        for source in options.folders:
            folder = scan(source, Path(scanned), options.scans, rng) if options.scans else source
            candidates = list(_quotes(folder))
            drawn = rng.sample(candidates, min(len(candidates), max(1, options.n // len(options.folders))))
            counts = _measure(folder, drawn, process, seconds, misses, options.look)
            print(_row(_name(source), counts), flush=True)
            every = Counts(*(a + b for a, b in zip(vars(every).values(), vars(counts).values(), strict=True)))
    process.close()
    print(_row("all", every))
    print(f"\n{1000 * statistics.median(seconds):.1f} ms a quote (median)\n" + "\n".join(misses))


def _name(folder: Path) -> str:
    return folder.parent.name if folder.name == "raw" else folder.name


def scan(source: Path, under: Path, n_pages: int, rng: random.Random) -> Path:
    """A folder of so many pages of the source's PDFs, each a file of one image; beside it stands of which page."""
    import pypdfium2
    from PIL import Image, ImageFilter

    folder = under / _name(source)
    folder.mkdir()
    pages = [(file, page) for file in sorted(source.rglob("*.pdf")) for page in range(_n_pages(file))]
    for number, (file, page) in enumerate(rng.sample(pages, min(n_pages, len(pages)))):
        with pypdfium2.PdfDocument(file) as document:
            sheet = document[page].render(scale=150 / 72).to_pil().convert("L").filter(ImageFilter.GaussianBlur(0.6))
        grain = Image.effect_noise(sheet.size, 12)
        Image.blend(sheet, grain, 0.06).save(folder / f"{number:03d}.pdf", resolution=150)
        (folder / f".{number:03d}.printed").write_text(f"{file}\n{page}", "utf-8")
    return folder


def _n_pages(file: Path) -> int:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(file) as document:
            return len(document)
    except pypdfium2.PdfiumError:
        return 0


def _printed(file: Path, page: int) -> tuple[Path, int]:
    """Where the text layer of a page is, counted from 0: in the file that was scanned, or in itself."""
    note = file.with_name(f".{file.stem}.printed")
    if not note.is_file():
        return file, page
    name, printed = note.read_text("utf-8").split("\n")
    return Path(name), int(printed)


def _quotes(folder: Path) -> Iterator[Asked]:
    corpus = build_corpus(folder)
    documents = {document.id: document for document in corpus.documents if has_pages(document.id)}
    for passage in corpus.passages:
        if passage.document not in documents:
            continue
        for line in passage.text.split("\n"):
            for quote in [line] if " | " in line else split_sentences(line):
                if _LEAST_LETTERS <= len(letters_of(quote).text) <= _MOST_LETTERS:
                    yield Asked(folder, documents[passage.document], passage, quote.strip())


def _measure(
    folder: Path, drawn: list[Asked], process: PageProcess, seconds: list[float], misses: list[str], look: Path | None
) -> Counts:
    counts, sight = Counts(), Sight(folder, process)
    for number, one in enumerate(drawn):
        counts.n += 1
        began = time.perf_counter()
        try:
            located = sight.locate(one.document, one.passage, one.quote)
        except AssayError as error:
            misses.append(f"{one.document.id}: {error}")
            continue
        seconds.append(time.perf_counter() - began)
        counts.n_found += bool(located.boxes)
        share = _share_right(folder / one.document.id, one, located)
        if share is not None:
            counts.n_told += 1
            counts.n_right += share >= _SAME
        if not located.boxes or (share is not None and share < _SAME):
            told = "not found" if not located.boxes else f"{share:.0%} of the letters"
            misses.append(f"{one.document.id}, page {one.passage.page}, {told}: {one.quote[:150]!r}")
        if look is not None and number < 20:
            _draw(sight, one, located, look / f"{_name(folder)}-{number:02d}.png")
    return counts


def _share_right(file: Path, one: Asked, located: LocatedQuote) -> float | None:
    """The share (F1) of letters that quote and rectangles have in common; None for a page without a text layer."""
    import pypdfium2

    if file.suffix.lower() != ".pdf" or not located.boxes:
        return None
    file, number = _printed(file, (one.passage.page or 1) - 1)
    with pypdfium2.PdfDocument(file) as document:
        page = document[number]
        text_page = page.get_textpage()
        if text_page.count_chars() < 8:
            return None
        inside = Counter(_inside(page, text_page, located.boxes))
    wanted = Counter(letters_of(one.quote).text)
    same = (inside & wanted).total()
    return 2 * same / max(1, inside.total() + wanted.total())


def _inside(page: object, text_page: object, boxes: tuple[Box, ...]) -> str:
    """The letters whose middle lies in a rectangle."""
    from ctypes import c_int

    from pypdfium2.raw import FPDF_PageToDevice, FPDFText_GetUnicode

    found = []
    for index in range(text_page.count_chars()):  # type: ignore[attr-defined]
        left, bottom, right, top = text_page.get_charbox(index)  # type: ignore[attr-defined]
        x, y = c_int(), c_int()
        FPDF_PageToDevice(page, 0, 0, 10_000, 10_000, 0, (left + right) / 2, (bottom + top) / 2, x, y)
        if any(box.left <= x.value / 1e4 <= box.right and box.top <= y.value / 1e4 <= box.bottom for box in boxes):
            found.append(chr(FPDFText_GetUnicode(text_page, index)))
    return letters_of(found).text


def _draw(sight: Sight, one: Asked, located: LocatedQuote, file: Path) -> None:
    import io

    from PIL import Image, ImageDraw

    file.parent.mkdir(parents=True, exist_ok=True)
    image = Image.open(io.BytesIO(sight.draw(one.document, one.passage.page or 1, 900).image)).convert("RGB")
    pen = ImageDraw.Draw(image)
    for box in located.boxes:
        corners = (box.left * image.width, box.top * image.height, box.right * image.width, box.bottom * image.height)
        pen.rectangle(corners, outline="red", width=2)
    pen.text((10, 10), re.sub(r"[^\x20-\x7e]", "?", one.quote[:130]), fill="blue")
    image.save(file)


def _row(name: str, counts: Counts) -> str:
    right = f"{counts.n_right}/{counts.n_told} ({counts.n_right / max(1, counts.n_told):.1%})"
    return f"| {name} | {counts.n} | {counts.n_found} ({counts.n_found / max(1, counts.n):.1%}) | {right} |"


if __name__ == "__main__":
    main()
