"""Images of text to text, by the system's Tesseract program. Knows images and languages; knows no documents.

A program and not a library in the process: it is faster than the one inside kreuzberg, and a hostile image kills the
program alone. English is tried by itself first, which is twice as fast as all languages together and reads English
better; where Tesseract is not sure of what it read, all of them are tried.
"""

import functools
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from assay.corpus.document import UnreadableFile
from assay.corpus.language import CJK

__all__ = [
    "INSTALL_TESSERACT",
    "PAGE_S",
    "RecognisedWord",
    "recognise",
    "recognise_words",
    "recognition_languages",
]

INSTALL_TESSERACT = "apt-get install tesseract-ocr tesseract-ocr-chi-sim"
PAGE_S = 60.0  # that one image may take by the clock, twice
_CORE_S = 20  # of a core's time for one try; a dense page takes 3, a photograph ten times as much

# Chinese first: after English, Tesseract reads Chinese less well.
_LANGUAGES = ("chi_sim", "chi_tra", "eng")
_FIND_LAYOUT_AND_ROTATION = "1"
_SURE, _SURE_SHARE = 60.0, 0.9  # a character's confidence in percent, and the share of them that settles the language
_LEAST_CONFIDENCE = 60.0  # below it on average, "words" are the texture of a photograph
_SPACED = re.compile(rf"(?<=[{CJK}，。；：、！？《》（）“”]) +(?=[{CJK}，。；：、！？《》（）“”])")


@dataclass(frozen=True)
class RecognisedWord:
    """A word of an image and where it stands, in pixels from the upper left corner; `confidence` in percent."""

    page: int
    paragraph: tuple[str, str]
    line: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    text: str


@functools.cache
def recognition_languages() -> tuple[str, ...]:
    """The languages of ours that Tesseract is installed with, best order first; empty without Tesseract."""
    if shutil.which("tesseract") is None:
        return ()
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    installed = listed.stdout.split()
    return tuple(language for language in _LANGUAGES if language in installed)


def recognise(image: bytes) -> list[str]:
    """The lines of each page of a PNG, JPEG, TIFF, WEBP or BMP image; one page, but for a TIFF of several.

    A page is "" where nothing was recognised with confidence.

    Raises:
        UnreadableFile: Tesseract is not installed, cannot read the image, or takes too long over it.
    """
    words = recognise_words(image)
    n_pages = max((word.page for word in words), default=1)
    return [_lines([word for word in words if word.page == page]) for page in range(1, n_pages + 1)]


def recognise_words(image: bytes) -> list[RecognisedWord]:
    """The words of an image in the order of reading, also those that are not sure; raises as `recognise`."""
    languages = recognition_languages()
    if not languages:
        raise UnreadableFile(f"holds images of text only: install Tesseract to read them ({INSTALL_TESSERACT})")
    words = _words(image, languages[-1:])
    if words and len(languages) > 1 and _sure_share(words) < _SURE_SHARE:
        words = max(words, _words(image, languages), key=_confidence)
    return words


def _words(image: bytes, languages: Sequence[str]) -> list[RecognisedWord]:
    command = ["tesseract", "-", "-", "-l", "+".join(languages), "--psm", _FIND_LAYOUT_AND_ROTATION, "tsv"]
    output, detail, code = _run(command, image)
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        raise UnreadableFile("takes too long: an image was not recognised in time")
    if code != 0:
        detail = detail.strip().split("\n")[-1]
        raise UnreadableFile(f"the image is broken or not what its name says ({detail[:100]})")
    rows = (line.split("\t") for line in output.split("\n")[1:])
    return [_parse_word(row) for row in rows if len(row) == 12 and row[11].strip()]


def _parse_word(row: Sequence[str]) -> RecognisedWord:
    left, top, width, height = map(int, row[6:10])
    place = (left, top, left + width, top + height)
    return RecognisedWord(int(row[1]), (row[2], row[3]), row[4], *place, float(row[10]), row[11])


def _run(command: Sequence[str], image: bytes) -> tuple[str, str, int]:
    """What the program wrote to its output and its error output, and how it ended: killed where it takes too long."""
    one_thread = os.environ | {"OMP_THREAD_LIMIT": "1"}  # its threads slow each other down
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=one_thread) as process:
        if sys.platform == "linux":
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (_CORE_S, _CORE_S + 1))
        try:
            output, errors = process.communicate(image, timeout=PAGE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            output, errors = process.communicate()
    return output.decode(errors="replace"), errors.decode(errors="replace"), process.returncode


def _lines(words: Sequence[RecognisedWord]) -> str:
    """The words of one page as lines, paragraphs parted by empty ones."""
    if _confidence(words) < _LEAST_CONFIDENCE:
        return ""
    text = ""
    for before, word in zip((None, *words), words, strict=False):
        if before is not None:
            same_paragraph = before.paragraph == word.paragraph
            text += " " if same_paragraph and before.line == word.line else "\n" if same_paragraph else "\n\n"
        text += word.text
    return _SPACED.sub("", text)


def _confidence(words: Sequence[RecognisedWord]) -> float:
    """The mean over the characters, in percent."""
    n_characters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / max(n_characters, 1)


def _sure_share(words: Sequence[RecognisedWord]) -> float:
    n_sure = sum(len(word.text) for word in words if word.confidence > _SURE)
    return n_sure / max(sum(len(word.text) for word in words), 1)
