"""What is said of a file of the workspace that cannot be read any more."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assay.errors import NotFound

__all__ = ["read_kept"]


@contextmanager
def read_kept(file: Path) -> Iterator[bytes]:
    """What a file holds that was kept whole; it is parsed in the block, where whatever fails is damage.

    Raises:
        NotFound: it is gone, or it does not hold what was kept.
    """
    try:
        yield file.read_bytes()
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise NotFound(
            f"{file} is damaged ({reason}): run the same line again. What was answered and tuned is kept and not done "
            "again"
        ) from error
