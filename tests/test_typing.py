"""What Python users write is checked against the package's types, as their own type checker does.

With the settings of the package's own check, so that what it found of the package is not found out anew.
"""

import subprocess
import sys
from pathlib import Path

import assay

_ROOT = Path(__file__).parents[1]
_RIGHT = """
import assay

run = assay.run("documents", [{"question": "Who?", "answers": ["Ann"]}], cells="none/zero-shot", passages=5)
verdict: str = run.result.verdict.cell
with assay.load(out="elsewhere") as loaded:
    reply = loaded.ask("Who?", groups=["hr"])
    text: str = reply.text
    for citation in reply.citations:
        page: int | None = citation.page
tagged = assay.label("texts.csv").tag(["a text"])
label: str | None = tagged[0].label
drilled = assay.drill("questions.csv", "old", "new")
report: str = str(drilled.report)
n: int = assay.convert("questions.csv", "out.jsonl", to="alpaca")
compared = assay.compare(run, loaded, lang="zh")
share: float = assay.score("questions.csv", [{"id": "1", "answer": "Ann"}]).total.correct.value
paths: list[str] = [document.path for document in assay.read("documents").documents]
found = [finding.kind for finding in assay.check("questions.csv")]
drafted = [question.text for question in assay.draft("documents", 5).questions]
seconds: float = assay.sync("documents").seconds
size: float = assay.export("adapter").size_mb
names: list[str] = [part.name for part in assay.parts()["row"]]
answer: str = assay.ask("Who?").text
sheets = assay.draw_marks(run, 40, to="sheet.xlsx").files
people = assay.take_marks(*sheets).finished.result.people
agreement: float | None = people.agreement.value if people and people.agreement else None
"""
_WRONG = {
    'assay.run(1, "questions.csv")': "arg-type",
    'assay.load().ask(text=1)': "arg-type",
    'assay.load().answer("Who?")': "attr-defined",
    'x: int = assay.ask("Who?").text': "assignment",
}  # fmt: skip


def _check(script: Path) -> str:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(script)]
    return subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, timeout=300).stdout


def test_a_users_script(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    wrong = "\n".join(_WRONG)
    script.write_text(f"{_RIGHT}\n{wrong}\n")
    first = len(_RIGHT.splitlines()) + 2
    lines = _check(script).splitlines()
    for place, kind in enumerate(_WRONG.values()):
        assert any(f"script.py:{first + place}: " in line and f"[{kind}]" in line for line in lines), lines
    assert len(lines) == len(_WRONG), lines


def test_everything_at_the_top_is_listed_and_said() -> None:
    names = [name for name in assay.__all__ if name[0].islower()]
    verbs = {"run", "label", "drill", "sync", "ask", "load", "export", "draft", "check", "convert", "score", "parts"}
    verbs |= {"draw_marks", "take_marks"}
    assert verbs <= set(names) <= set(dir(assay))
    for name in names:
        assert (getattr(assay, name).__doc__ or "").strip(), name
