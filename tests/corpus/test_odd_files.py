"""What is no document, or no longer one: read or listed with its reason, within the limits, and never the end."""

import os
from pathlib import Path

import pytest

from assay.corpus import Document, SkippedFile, build_corpus, read_documents
from assay.corpus.library import Library
from assay.corpus.pool import Limits
from assay.corpus.reading import list_files, name_of, read_files
from odd_files import write_odd_files

LIMITS = Limits(time_s=10.0, memory_bytes=1_000_000_000)


def test_every_odd_file_is_read_or_listed_with_its_reason(tmp_path: Path, folder: Path) -> None:
    odd = tmp_path / "odd"
    odd.mkdir()
    names = write_odd_files(odd, folder)
    files = list_files(odd)
    assert sorted(name_of(file, odd) for file in files) == sorted(names) and len(names) > 150
    outcomes = list(read_files(files, odd, LIMITS))
    assert [one.id if isinstance(one, Document) else one.path for one in outcomes] == [name_of(f, odd) for f in files]
    reasons = {one.path: one.reason for one in outcomes if isinstance(one, SkippedFile)}
    assert all(reasons.values())
    assert not [reason for reason in reasons.values() if reason.startswith(("made the", "made its", "takes", "needs"))]
    for name, reason in (
        ("pipe.md", "not a file"),
        ("endless.txt", "not a file"),
        ("itself.md", "cannot be opened"),
        ("nowhere.md", "cannot be opened"),
        ("up", "a link to a folder is not followed"),
        ("sparse_huge.csv", "too large"),
        ("zero.pdf", "empty"),
        ("noise.html", "make no text"),
        ("noise.rtf", "make no text"),
    ):
        assert reason in reasons[name]
    texts = {one.id: one.pages[0].text for one in outcomes if isinstance(one, Document)}
    assert texts["half_han.txt"].startswith("年假规定") and "25 days" in texts["laughs.docx"]
    assert not any("root:" in text or os.uname().nodename in text for text in texts.values())


def test_the_living_corpus_of_odd_names_is_that_of_reading_everything(tmp_path: Path) -> None:
    """Names that are no UTF-8, are two files to a person and one to a careless program, or stand for no file."""
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/f\xfcr"))
    folder.mkdir()
    for name in (b"caf\xe9.md", b"caf\xe8.md", "a\u0301.md".encode(), "\u00e1.md".encode(), b"two\nlines.md"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(b"The allowance is 25 euros: " + name[:1])
    os.mkfifo(folder / "pipe.md")
    (folder / "self.md").symlink_to("self.md")
    (folder / "up").symlink_to("..")
    library = Library(tmp_path / "library.db", folder)
    for _ in range(2):
        state = library.scan()
        library.commit(state)
        assert library.corpus(state, 160) == build_corpus(folder)
    assert len(state.files) == 5 and set(state.skipped) == {"pipe.md", "self.md", "up"}
    assert {"caf\\xe9.md", "caf\\xe8.md"} < set(state.files)


@pytest.mark.skipif(not os.geteuid(), reason="root may open everything")
def test_what_may_not_be_opened_is_listed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Open.")
    (tmp_path / "shut").mkdir(mode=0)
    _, skipped = read_documents(tmp_path)
    assert [(file.path, file.reason) for file in skipped] == [("shut", "a folder that cannot be opened")]
