"""The adapter alone, as PEFT loads it: small, and of use only on the very base model that it was trained on."""

import json
import shutil
from pathlib import Path

from assay.errors import InputError
from assay.exporting.tuned_weights import Tuned
from assay.models import Engine

__all__ = ["AdapterFormat"]

_WEIGHTS, _SETTINGS = "adapter_model.safetensors", "adapter_config.json"


class AdapterFormat:
    """A PEFT folder with the tokenizer; see `Format`. Answers through transformers, as others will load it."""

    name = "adapter"
    bits: tuple[int, ...] = ()

    def write(self, tuned: Tuned, folder: Path, bits: int) -> None:
        """Weights, settings and tokenizer; the base's place on this machine is replaced by its name.

        Raises:
            InputError: a whole model was trained.
        """
        from transformers import AutoTokenizer

        if not tuned.is_adapter:
            raise InputError("this way of tuning changes the weights themselves and leaves no adapter: --to merged")
        settings = json.loads((tuned.trained / _SETTINGS).read_text(encoding="utf-8"))
        settings["base_model_name_or_path"] = tuned.base.name
        (folder / _SETTINGS).write_text(json.dumps(settings, indent=2), encoding="utf-8")
        shutil.copyfile(tuned.trained / _WEIGHTS, folder / _WEIGHTS)
        AutoTokenizer.from_pretrained(tuned.base.folder).save_pretrained(folder)

    def load(self, tuned: Tuned, folder: Path, bits: int) -> Engine:
        """The base in transformers with this adapter on top."""
        from assay.models.transformers import TransformersEngine

        return TransformersEngine(tuned.base.folder, folder)

    def usage(self, tuned: Tuned) -> str:
        """Loading with PEFT, on the right base."""
        return f"""```python
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

base = AutoModelForCausalLM.from_pretrained("{tuned.base.name}")  # the weights named below, and no others
model = PeftModel.from_pretrained(base, ".")
tokenizer = AutoTokenizer.from_pretrained(".")
```"""
