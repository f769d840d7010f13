"""In which numbers language models are tuned: settled once a run, so that its weights do not depend on chance."""

from dataclasses import replace
from importlib.util import find_spec
from typing import Any

from assay.bench.bench import Bench
from assay.settings import Settings

__all__ = ["number_type_key", "settle_number_type"]


def settle_number_type(bench: Bench) -> Bench:
    """The bench of a run that tunes: `tuning_dtype` names what "auto" stands for on this processor."""
    if bench.settings.tuning_dtype != "auto" or find_spec("torch") is None:
        return bench
    from assay.models.transformers import pick_device, pick_dtype

    chosen = str(pick_dtype(pick_device())).removeprefix("torch.")
    return replace(bench, settings=replace(bench.settings, tuning_dtype=chosen))


def number_type_key(settings: Settings) -> dict[str, Any]:
    """What the weights depend on; nothing for a run from before the number type was settled."""
    return {} if settings.tuning_dtype == "auto" else {"dtype": settings.tuning_dtype}
