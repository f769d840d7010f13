import re
import subprocess
import sys
from pathlib import Path

import pytest
from click import Context
from typer.core import TyperArgument
from typer.main import get_command

from assay.cli.main import app
from command import call_assay

_HEAVY = {
    "torch",
    "transformers",
    "lancedb",
    "kreuzberg",
    "numpy",
    "scipy",
    "pydantic",
    "sqlalchemy",
    "rich.progress",
    "polib",
}


@pytest.mark.parametrize("code", ["import assay", "import assay.cli"])
def test_importing_is_light(code: str) -> None:
    show = f"import sys; {code}; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", show], capture_output=True, text=True, check=True).stdout.split()
    assert not _HEAVY & set(modules)


def test_every_verb_is_listed() -> None:
    text = subprocess.run([sys.executable, "-m", "assay", "--help"], capture_output=True, text=True, check=True).stdout
    for verb in ("run", "ask", "show", "doctor"):
        assert f"  {verb} " in text


def test_every_argument_is_explained() -> None:
    commands = [([], get_command(app))]
    for names, command in commands:
        commands += [([*names, name], one) for name, one in getattr(command, "commands", {}).items()]
        for argument in (one for one in command.params if isinstance(one, TyperArgument)):
            shown = argument.get_help_record(Context(command))
            assert shown and not shown[1].startswith("["), (names, argument.name)
    assert len(commands) > 20


@pytest.mark.parametrize("line", [["runn"], ["models", "fech"], ["questions", "chek"]])
def test_a_mistyped_verb_is_corrected_once(line: list[str], tmp_path: Path) -> None:
    done = call_assay(*line, cwd=tmp_path)
    assert done.returncode == 2 and done.stderr.count("Did you mean") == 1


def test_doctor_says_what_there_is(tmp_path: Path) -> None:
    text = call_assay("doctor", "--lang", "zh", cwd=tmp_path).stdout
    assert re.search(r"^机器       \d+ 核", text, re.MULTILINE)
    assert "SmolLM2-135M-Instruct，基础模型" in text
    assert "识别图片和扫描页中的文字" in text


def test_every_verb_speaks_the_language_that_is_asked_for() -> None:
    commands = [([], get_command(app))]
    for names, command in commands:
        commands += [([*names, name], one) for name, one in getattr(command, "commands", {}).items()]
    verbs = [(names, one) for names, one in commands if not hasattr(one, "commands")]
    silent = [names for names, one in verbs if "lang" not in {param.name for param in one.params}]
    assert silent == [["export"]]  # speaks as its run did
