"""How many drafts of each base a person called usable. Knows what was judged, and says nothing of other bases."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assay.drafting.manner import Manner
from assay.scoring import Language

__all__ = ["LEAST_USABLE", "Judged", "judged"]

LEAST_USABLE = 0.6  # share of drafts below which it is more work to mend them than to write questions


@dataclass(frozen=True)
class Judged:
    """Drafts that a person read beside their documents; what was asked is in benchmarks/drafting.md."""

    usable: int
    n: int
    date: str  # ISO

    @property
    def share(self) -> float:
        """Usable of those judged, 0 to 1."""
        return self.usable / self.n


_JUDGED: Mapping[tuple[str, Language], Mapping[str, Judged]] = MappingProxyType({})
_ANY = ""  # the base of a manner that needs none


def judged(manner: Manner, base: str, lang: Language) -> Judged | None:
    """What is known of a manner with a base; None where its drafts in this language were not judged.

    A file of packed weights counts as the base that its name begins with: "Some-1B.Q4_K_M" is "Some-1B".
    """
    by_base = _JUDGED.get((manner.name, lang), {})
    if not manner.needs_model:
        return by_base.get(_ANY)
    return next((known for of, known in by_base.items() if base == of or base.startswith(f"{of}.")), None)
