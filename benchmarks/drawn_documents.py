"""Documents drawn by a seed from folders of docs.jsonl, or of files in raw/: a folder for programs that read files."""

import random
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from data_sets import read_rows

__all__ = ["draw_documents"]

READ = {".md", ".pdf", ".docx", ".html", ".txt", ".xlsx", ".pptx"}
LONGEST_NAME = 80  # characters


def draw_documents(drawn: Sequence[str], seed: int, into: Path, read_before: Sequence[Path] = ()) -> None:
    """Write, for each "FOLDER=N", N of the folder's documents that do not stand in `read_before`, by name."""
    before = {file.name for folder in read_before for file in folder.rglob("*") if file.is_file()}
    for wish in drawn:
        folder, _, n = wish.rpartition("=")
        new = sorted((name, source) for name, source in _documents(Path(folder)) if name not in before)
        place = into / Path(folder).name
        place.mkdir(parents=True, exist_ok=True)
        for name, source in random.Random(seed).sample(new, min(int(n), len(new))):
            if isinstance(source, Path):
                shutil.copy(source, place / name)
            else:
                (place / name).write_text(source, "utf-8")


def _documents(folder: Path) -> Iterator[tuple[str, str | Path]]:
    """Names with texts, of which those of one title are one document; or with files."""
    rows = list(read_rows(folder / "docs.jsonl")) if (folder / "docs.jsonl").exists() else []
    if not rows or not rows[0].get("text"):
        yield from {file.name: file for file in sorted((folder / "raw").rglob("*")) if file.suffix in READ}.items()
        return
    texts: dict[str, list[str]] = {}
    for row in rows:
        texts.setdefault(row["title"], []).append(row["text"])
    for title, parts in texts.items():
        name = re.sub(r"[/\s]+", "_", title)[:LONGEST_NAME]
        yield f"{name}.md", "\n\n".join([f"# {title.replace('_', ' ')}", *parts]) + "\n"
