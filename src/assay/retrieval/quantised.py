"""Encoder graphs in int8, made once and kept in the cache of models. Knows graphs, no tokenizer and no index.

Weights and activations are int8 where a matrix product reads them, which a CPU multiplies about three times as fast as
float32. The ranges of the activations are taken from a few texts that come with Assay, never from the user's, so that
the same text has the same vector in every corpus.
"""

from __future__ import annotations

import hashlib
import logging
import warnings
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np

from assay.models.cache import build_once, kept_in

__all__ = ["calibration_texts", "can_quantise", "quantise_once"]

Model = Any
Inputs = dict[str, np.ndarray]

VERSION = 1  # of the graph and of how it is quantised
LEAST_COSINE = 0.98  # mean over the calibration texts; the embedded encoders reach .99
GRAPH, REFUSED = "encoder.xml", "refused.txt"


def can_quantise() -> bool:
    """Whether NNCF, which does it, is installed."""
    return find_spec("nncf") is not None


def calibration_texts() -> list[str]:
    """Questions and passages in English and Chinese; questions end with a question mark."""
    return _calibration_file().read_text("utf-8").splitlines()


def quantise_once(name: str, build: Callable[[], Model], samples: Callable[[], Sequence[Inputs]]) -> Model | None:
    """The int8 graph of an encoder; the first time it takes about ten seconds, later it is read from the cache.

    Args:
        name: of the encoder: the same weights, the same name.
        build: the float32 graph, whose first output are unit vectors.
        samples: inputs of that graph for the calibration texts, one text each.

    Returns:
        None where the int8 vectors stray too far from the float32 ones: that encoder is to stay in float32.
    """
    key = f"{name}\0{VERSION}\0{version('nncf')}\0".encode() + _calibration_file().read_bytes()
    folder = kept_in("encoders") / hashlib.sha256(key).hexdigest()[:16]
    build_once(folder, lambda empty: _quantise(build(), samples(), empty))
    if (folder / REFUSED).is_file():
        return None
    ov: Any = import_module("openvino")
    return ov.Core().read_model(folder / GRAPH)


def _calibration_file() -> Path:
    return Path(__file__).with_name("calibration.txt")


def _quantise(model: Model, samples: Sequence[Inputs], folder: Path) -> None:
    nncf: Any = import_module("nncf")
    ov: Any = import_module("openvino")
    logging.getLogger("nncf").setLevel(logging.ERROR)
    with redirect_stdout(StringIO()), warnings.catch_warnings(action="ignore"):  # it is talkative
        small = nncf.quantize(
            model.clone(),
            nncf.Dataset(samples),
            model_type=nncf.ModelType.TRANSFORMER,
            preset=nncf.QuantizationPreset.MIXED,
            subset_size=len(samples),
        )
    agreement = _agreement(model, small, samples)
    if agreement < LEAST_COSINE:
        (folder / REFUSED).write_text(f"mean cosine with the float32 vectors: {agreement:.4f}\n", "utf-8")
    else:
        ov.save_model(small, folder / GRAPH, compress_to_fp16=False)


def _agreement(model: Model, small: Model, samples: Sequence[Inputs]) -> float:
    """Mean cosine of the vectors of two graphs."""
    core = import_module("openvino").Core()
    exact, near = (core.compile_model(each, "CPU", {"INFERENCE_PRECISION_HINT": "f32"}) for each in (model, small))
    return float(np.mean([(exact(inputs)[0] * near(inputs)[0]).sum() for inputs in samples]))
