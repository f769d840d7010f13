"""The merged model as OpenVINO's intermediate representation, with 8-bit or 4-bit weights."""

from pathlib import Path
from tempfile import TemporaryDirectory

from assay.exporting.merged import merge
from assay.exporting.tuned_weights import Tuned
from assay.models import Engine

__all__ = ["OpenVINOFormat"]


class OpenVINOFormat:
    """An OpenVINO folder with its tokenizer; see `Format`."""

    name = "openvino"
    bits: tuple[int, ...] = (8, 4)

    def write(self, tuned: Tuned, folder: Path, bits: int) -> None:
        """Merged first, in a folder beside that is removed, then exported."""
        from assay.models.openvino import export_openvino

        with TemporaryDirectory(dir=folder.parent) as merged:
            merge(tuned, Path(merged))
            export_openvino(Path(merged), folder, bits)

    def load(self, tuned: Tuned, folder: Path, bits: int) -> Engine:
        """The folder in OpenVINO GenAI."""
        from assay.models.openvino import OpenVINOEngine

        return OpenVINOEngine(folder, weights=f"int{bits}")

    def usage(self, tuned: Tuned) -> str:
        """Loading with OpenVINO GenAI, which applies the chat template by itself."""
        return f"""```python
import openvino_genai

model = openvino_genai.LLMPipeline(".", "CPU")
print(model.generate(prompt, max_new_tokens={tuned.max_new_tokens}, do_sample=False))  # prompt: the words below
```

It puts the chat template around the prompt by itself."""
