"""How many drafts of each base a person called usable. Knows what was judged, and says nothing of other bases."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assay.drafting.manner import BY_MODEL, EXTRACTIVE, Manner
from assay.scoring import Language

__all__ = ["LEAST_USABLE", "Judged", "judged"]

LEAST_USABLE = 0.6  # share of drafts below which it is more work to mend them than to write questions


@dataclass(frozen=True)
class Judged:
    """Drafts that were read one by one beside their documents; what was asked is in benchmarks/drafting.md.

    Of documents that nobody had looked at before: what mending has made of them since is not in the figure.
    """

    usable: int
    n: int  # judged: those that stood the checks
    n_tried: int  # until so many stood them
    date: str  # ISO

    @property
    def is_enough(self) -> bool:
        """Whether so many are usable that drafting is worth it."""
        return self.n > 0 and self.usable / self.n >= LEAST_USABLE


_ANY = ""  # the base of a manner that needs none
_JUDGED: Mapping[tuple[str, Language], Mapping[str, Judged]] = MappingProxyType(
    {
        (BY_MODEL.name, "en"): {
            "SmolLM2-135M-Instruct": Judged(4, 19, 420, "2026-11-30"),
            "Qwen2.5-Coder-0.5B-Instruct": Judged(3, 13, 130, "2026-11-30"),
        },
        (BY_MODEL.name, "zh"): {
            "SmolLM2-135M-Instruct": Judged(0, 0, 64, "2026-11-30"),
            "Qwen2.5-Coder-0.5B-Instruct": Judged(5, 10, 130, "2026-11-30"),
        },
        (EXTRACTIVE.name, "en"): {_ANY: Judged(82, 100, 176, "2026-11-30")},
        (EXTRACTIVE.name, "zh"): {_ANY: Judged(83, 100, 368, "2026-11-30")},
    }
)


def judged(manner: Manner, base: str, lang: Language) -> Judged | None:
    """What is known of a manner with a base; None where its drafts in this language were not judged.

    A file of packed weights counts as the base that its name begins with: "Some-1B.Q4_K_M" is "Some-1B".
    """
    by_base = _JUDGED.get((manner.name, lang), {})
    if not manner.needs_model:
        return by_base.get(_ANY)
    return next((known for of, known in by_base.items() if base == of or base.startswith(f"{of}.")), None)
