"""The plain install, without what the extras bring: endpoints are asked, all else says what to type."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from loopback import Endpoint

_ROOT = Path(__file__).parents[2]
_EXTRAS = (
    "torch", "transformers", "peft", "accelerate", "sentence_transformers", "gguf", "lancedb", "openvino",
    "openvino_genai", "openvino_tokenizers", "optimum", "nncf", "optuna", "bitsandbytes", "xllamacpp", "sentencepiece",
    "psycopg", "mlflow", "alembic", "sqlparse", "inspect_ai", "gepa", "sklearn", "fastapi",
    "uvicorn", "python_multipart",
)  # fmt: skip
_COME_ALONG = ("pyarrow", "tokenizers", "safetensors", "huggingface_hub", "requests")
_WITHOUT = f"""
import sys
sys.modules.update(dict.fromkeys({[*_EXTRAS, *_COME_ALONG]}))  # as if not installed: no spec, no import
from assay.cli import main
main()
"""


def call(*line: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """`assay LINE` in a process that has the plain install alone."""
    command = [sys.executable, "-c", _WITHOUT, *map(str, line)]
    environment = os.environ | {"ASSAY_CACHE": str(cwd / "cache")}
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=environment)


def test_the_list_is_that_of_the_extras() -> None:
    extras = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    named = {line.split(">")[0].split("[")[0] for name in extras if name != "dev" for line in extras[name]}
    modules = {"openvino-genai": "openvino_genai", "optimum-intel": "optimum", "mlflow-skinny": "mlflow"}
    modules |= {"scikit-learn": "sklearn"}
    assert {modules.get(name, name.replace("-", "_")) for name in named} - {"assay"} <= set(_EXTRAS)


@pytest.mark.parametrize("encoder", ["auto", "endpoint"])
def test_a_grid_of_an_endpoint_runs_and_answers(
    encoder: str, company: tuple[Path, Path], endpoint: Endpoint, tmp_path: Path
) -> None:
    named = ["--encoder", endpoint.name()] if encoder == "endpoint" else []
    cells = "none/zero-shot,retrieved/zero-shot,retrieved/few-shot,retrieved/tuned"
    ran = call("run", *company, "--base", endpoint.name(), "--cells", cells, *named, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "Left out retrieved/tuned: " in ran.stdout
    (report,) = (tmp_path / ".assay" / "runs").glob("*/report.html")
    text = "No encoder: texts are compared by their words alone"
    assert (text in report.read_text("utf-8")) == (text in ran.stdout) == (encoder == "auto")
    asked = call("ask", "What does lunch cost in Osk?", "--cell", "retrieved/zero-shot", cwd=tmp_path)
    assert asked.returncode == 0, asked.stderr
    assert "osk.md" in asked.stdout
    synced = call("sync", company[0], cwd=tmp_path)
    assert synced.returncode == 0, synced.stderr


@pytest.mark.parametrize("base", [[], ["--base", "org/model"], ["--base", "."]])
def test_a_model_on_this_machine_says_what_to_install(
    base: list[str], company: tuple[Path, Path], tmp_path: Path
) -> None:
    done = call("run", *company, *base, cwd=tmp_path)
    assert done.returncode == 3
    assert done.stderr.startswith(
        'Error: a model on this machine needs torch and transformers: pip install "assay[cpu]"'
    )
    assert done.stderr.count("\n") == 1


def test_doctor_says_what_there_is_and_what_is_missing(tmp_path: Path) -> None:
    done = call("doctor", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert 'missing    tuning, and models on this machine: pip install "assay[cpu]"' in done.stdout
    assert "Models behind endpoints can be asked from here" in done.stdout
