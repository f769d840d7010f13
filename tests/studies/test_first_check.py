"""A model that cannot read is refused before long work, and what it does is told; a working one is not."""

from collections.abc import Callable
from pathlib import Path
from types import MethodType

import pytest

from assay.models import LocalModel
from assay.probes.easy_reading import easy_questions
from assay.studies.first_check import check_reading
from command import call_assay
from loopback import Endpoint

_CELLS = ("--cells", "none/zero-shot,retrieved/zero-shot", "--set", "latency_sample=1", "--encoder", "none")


def _answer_from_its_own_passages(prompt: str) -> str:
    right = [one.answers[0] for one in easy_questions("en") if one.text in prompt]
    return right[0] if right else "Osk"


_BROKEN: list[tuple[Callable[[str], str], str]] = [
    (lambda prompt: "", "its replies are empty"),
    (lambda prompt: "  \n", "its replies are empty"),
    (lambda prompt: prompt, "it repeats what it is told"),
    (lambda prompt: "<s>[INST] " + prompt + " [/INST]", "it repeats what it is told"),
    (lambda prompt: f"{len(prompt)} " + "the of " * 20, "it says the same words over and over"),
    (lambda prompt: "好" * 40, "it says the same words over and over"),
    (lambda prompt: "I am a helpful assistant.", "it replies the same to everything"),
    (lambda prompt: f"zq{len(prompt)}vx", "hardly any of its replies holds an answer"),
]


@pytest.mark.parametrize(("reply", "told"), _BROKEN)
def test_a_broken_endpoint_is_refused(
    reply: Callable[[str], str], told: str, endpoint: Endpoint, company: tuple[Path, Path], tmp_path: Path
) -> None:
    endpoint.reply = MethodType(lambda self, prompt: reply(prompt), endpoint)  # type: ignore[method-assign]
    done = call_assay("run", *company, "--base", endpoint.name(), *_CELLS, cwd=tmp_path, ASSAY_FIRST_CHECK="auto")
    assert done.returncode == 4
    assert told in done.stderr and "first_check=off" in done.stderr and len(done.stderr.splitlines()) == 1
    assert len(endpoint.asked) == len(easy_questions("en"))  # nothing else was begun


def test_one_that_reads_is_run(endpoint: Endpoint, company: tuple[Path, Path], tmp_path: Path) -> None:
    endpoint.reply = MethodType(  # type: ignore[method-assign]
        lambda self, prompt: _answer_from_its_own_passages(prompt), endpoint
    )
    done = call_assay("run", *company, "--base", endpoint.name(), *_CELLS, cwd=tmp_path, ASSAY_FIRST_CHECK="auto")
    assert done.returncode == 0, done.stderr
    assert "answers 8 of 8 easy questions" in done.stderr + done.stdout


def test_another_model_behind_the_name_is_told(endpoint: Endpoint, company: tuple[Path, Path], tmp_path: Path) -> None:
    """It takes another name after the 30th question: eight easy ones, twice, come before those of the exam."""

    def reply(self: Endpoint, prompt: str) -> str:
        self.calls_itself = "m-1" if len(self.asked) < 30 else "m-2"
        return _answer_from_its_own_passages(prompt)

    endpoint.reply = MethodType(reply, endpoint)  # type: ignore[method-assign]
    done = call_assay("run", *company, "--base", endpoint.name(), *_CELLS, cwd=tmp_path, ASSAY_FIRST_CHECK="auto")
    told = "tiny calls its model m-1 at first and m-2 at the end"
    assert told in done.stderr + done.stdout
    (report,) = tmp_path.glob(".assay/runs/*/report.html")
    assert told in report.read_text("utf-8")


def test_the_embedded_model_reads_english_and_no_chinese(model: LocalModel) -> None:
    engine = model.load()
    assert check_reading(engine, "en").n_right >= 6
    assert check_reading(engine, "zh").n_right <= 3


def test_every_question_is_answered_by_its_passage() -> None:
    for lang in ("en", "zh"):
        for one in easy_questions(lang):
            assert one.is_answered_by(one.passage.text) and not one.is_answered_by(one.text), one.text
