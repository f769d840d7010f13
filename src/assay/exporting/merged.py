"""Base and adapter as one Hugging Face folder, which needs no PEFT and no base beside it."""

from pathlib import Path

from assay.exporting.tuned_weights import Tuned
from assay.models import Engine

__all__ = ["MergedFormat", "merge"]


class MergedFormat:
    """A Hugging Face folder in the base's own precision; see `Format`."""

    name = "merged"
    bits: tuple[int, ...] = ()

    def write(self, tuned: Tuned, folder: Path, bits: int) -> None:
        """See `merge`."""
        merge(tuned, folder)

    def load(self, tuned: Tuned, folder: Path, bits: int) -> Engine:
        """The folder in transformers."""
        from assay.models.transformers import TransformersEngine

        return TransformersEngine(folder)

    def usage(self, tuned: Tuned) -> str:
        """Loading with transformers, and with a server."""
        return """```python
from transformers import AutoModelForCausalLM, AutoTokenizer

model = AutoModelForCausalLM.from_pretrained(".")
tokenizer = AutoTokenizer.from_pretrained(".")
```

Or `vllm serve .`, or any other program that reads Hugging Face folders."""


def merge(tuned: Tuned, folder: Path) -> None:
    """Write base and adapter as one model with tokenizer; added up in float32, written as precise as the base is."""
    import torch
    from peft import PeftModel
    from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer

    dtype = AutoConfig.from_pretrained(tuned.base.folder).dtype or torch.float32
    weights = tuned.base.folder if tuned.is_adapter else tuned.trained
    model = AutoModelForCausalLM.from_pretrained(weights, dtype=torch.float32)
    if tuned.is_adapter:
        model = PeftModel.from_pretrained(model, tuned.trained).merge_and_unload(safe_merge=True)
    model.to(dtype).save_pretrained(folder)
    AutoTokenizer.from_pretrained(tuned.base.folder).save_pretrained(folder)
