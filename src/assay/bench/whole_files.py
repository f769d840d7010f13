"""Files written whole or not at all."""

from pathlib import Path

__all__ = ["write_whole"]


def write_whole(path: Path, data: bytes | memoryview) -> None:
    """Put the data into the file: a reader, or a process that is killed meanwhile, finds the old content or the new.

    Makes the folder. Written beside it first, with the suffix .part; not for two writers at once.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(data)
    part.replace(path)
