import os
import shutil
from pathlib import Path

import pytest

import assay.corpus.library as module
from assay.corpus import build_corpus
from assay.corpus.library import Library, compare_states
from assay.errors import InputError, NotFound


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.md").write_text("# A\n\nThe first text.")
    (folder / "b.md").write_text("# B\n\nThe second text.")
    (folder / "sub" / "c.md").write_text("The third text.")
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    return folder


@pytest.fixture
def library(folder: Path, tmp_path: Path) -> Library:
    return Library(tmp_path / "library.db", folder)


@pytest.fixture
def reads(monkeypatch) -> list[str]:
    """The names of the files that are opened to be read."""
    names: list[str] = []
    read = module.read_files

    def noting(files, root):
        names.extend(file.name for file in files)
        return read(files, root)

    monkeypatch.setattr(module, "read_files", noting)
    return names


def take_in(library: Library):
    before = library.current()
    state = library.scan()
    library.commit(state)
    return compare_states(before, state)


def test_the_corpus_is_that_of_reading_everything(library: Library, folder: Path) -> None:
    take_in(library)
    assert library.corpus(library.current(), 160) == build_corpus(folder, 160)
    (folder / "b.md").rename(folder / "sub" / "z.md")
    (folder / "a.md").write_text("Another text.")
    take_in(library)
    assert library.corpus(library.current(), 100) == build_corpus(folder, 100)


def test_changes_are_told_apart(library: Library, folder: Path) -> None:
    first = take_in(library)
    assert first.added == ("a.md", "b.md", "sub/c.md")
    assert [file.path for file in first.skipped] == ["bad.pdf"]
    (folder / "b.md").rename(folder / "moved.md")
    (folder / "a.md").write_text("# A\n\nAnother text.")
    (folder / "sub" / "c.md").unlink()
    (folder / "new.md").write_text("New.")
    changes = take_in(library)
    assert changes.renamed == (("b.md", "moved.md"),)
    assert (changes.added, changes.changed, changes.deleted) == (("new.md",), ("a.md",), ("sub/c.md",))
    assert take_in(library).n == 0


def test_only_new_content_is_read(library: Library, folder: Path, reads: list[str]) -> None:
    take_in(library)
    assert sorted(reads) == ["a.md", "b.md", "bad.pdf", "c.md"]
    reads.clear()
    os.utime(folder / "a.md")
    shutil.move(folder / "sub" / "c.md", folder / "c.md")
    (folder / "b.md").write_text("# B\n\nThe second text!")
    take_in(library)
    assert reads == ["b.md"]


def test_the_same_text_under_another_name_has_that_name_as_its_title(library: Library, folder: Path) -> None:
    take_in(library)
    (folder / "sub" / "c.md").rename(folder / "sub" / "plan.md")
    take_in(library)
    assert [d.title for d in library.corpus(library.current(), 160).documents] == ["A", "B", "plan"]


def test_a_change_of_the_same_size_in_the_same_instant_is_seen(library: Library, folder: Path) -> None:
    take_in(library)
    before = (folder / "a.md").stat()
    (folder / "a.md").write_text("# A\n\nThe 1irst text.")
    os.utime(folder / "a.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert take_in(library).changed == ("a.md",)


def test_files_that_lie_still_are_not_hashed_again(library: Library, folder: Path, monkeypatch) -> None:
    for file in folder.rglob("*.*"):
        os.utime(file, (1_600_000_000, 1_600_000_000))
    take_in(library)
    monkeypatch.setattr(module, "_hash", lambda file: pytest.fail(f"{file} was hashed"))
    assert take_in(library).n == 0


def test_undo_goes_back_state_by_state(library: Library, folder: Path) -> None:
    corpora = []
    for text in ("one", "two", "three"):
        (folder / "a.md").write_text(text)
        take_in(library)
        corpora.append(library.corpus(library.current(), 160))
    for corpus in corpora[-2::-1]:
        assert library.corpus(library.undo(), 160) == corpus
        assert library.corpus(library.current(), 160) == corpus
    with pytest.raises(NotFound, match="no earlier state"):
        library.undo()
    assert take_in(library).changed == ("a.md",)
    assert library.corpus(library.current(), 160) == corpora[-1]


def test_what_no_state_needs_is_forgotten(library: Library, folder: Path, monkeypatch, reads: list[str]) -> None:
    monkeypatch.setattr(module, "KEPT_STATES", 2)
    for text in ("one", "two", "three", "four"):
        (folder / "a.md").write_text(text)
        take_in(library)
    library.undo()
    with pytest.raises(NotFound):
        library.undo()
    reads.clear()
    (folder / "a.md").write_text("one")
    take_in(library)
    assert reads == ["a.md"]


def test_who_may_read_what_changes_without_reading(library: Library, folder: Path, reads: list[str]) -> None:
    take_in(library)
    reads.clear()
    (folder / "access.toml").write_text('[rules]\n"sub/" = ["hr"]\n')
    changes = take_in(library)
    assert changes.access and changes.n == 0 and reads == []
    groups = {document.id: document.groups for document in library.corpus(library.current(), 160).documents}
    assert groups == {"a.md": (), "b.md": (), "sub/c.md": ("hr",)}


def test_a_broken_access_file_stops_everything(library: Library, folder: Path) -> None:
    take_in(library)
    (folder / "access.toml").write_text('[rules]\n"sub/" = "hr"\n')
    (folder / "sub" / "new.md").write_text("Secret.")
    with pytest.raises(InputError, match="must list names of groups"):
        library.scan()
    current = library.current()
    assert current is not None and "sub/new.md" not in current.files


def test_question_files_are_never_documents(library: Library, folder: Path) -> None:
    questions = folder / "questions.csv"
    questions.write_text("question,answers\nHow long?,a day\n")
    library.commit(library.scan([questions]))
    assert "questions.csv" not in library.scan().files


def test_an_emptied_folder_keeps_the_last_state(library: Library, folder: Path) -> None:
    take_in(library)
    shutil.rmtree(folder)
    with pytest.raises(InputError, match="no documents"):
        library.scan()
    folder.mkdir()
    with pytest.raises(InputError, match="no files"):
        library.scan()
    assert library.current() is not None


def test_one_file_is_a_library_too(folder: Path, tmp_path: Path) -> None:
    library = Library(tmp_path / "one.db", folder / "a.md")
    take_in(library)
    assert library.corpus(library.current(), 160) == build_corpus(folder / "a.md", 160)


def test_a_file_that_cannot_be_opened_is_skipped_and_tried_again(library: Library, folder: Path) -> None:
    (folder / "gone.md").symlink_to(folder / "nowhere.md")
    assert "gone.md" in {file.path for file in take_in(library).skipped}
    (folder / "nowhere.md").write_text("Here I am.")
    assert "gone.md" in take_in(library).added


def test_a_damaged_file_says_what_to_do(library: Library, tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"no database at all, " * 100)
    with pytest.raises(InputError, match=r"library\.db is damaged \(file is not a database\): delete it"):
        library.scan()
    with pytest.raises(InputError, match="is damaged"):
        library.current()


def test_a_file_damaged_in_its_middle_says_what_to_do(library: Library, tmp_path: Path) -> None:
    take_in(library)
    data = bytearray((tmp_path / "library.db").read_bytes())
    data[4096:] = b"x" * (len(data) - 4096)
    (tmp_path / "library.db").write_bytes(data)
    with pytest.raises(InputError, match="is damaged"):
        library.current()
