"""Where the time of the example company's nine cells goes: python benchmarks/demo.py [--out WORKSPACE]

Runs them, or takes up a finished run, and prints the table for demo.md. Setting up and the one-off conversion of the
base model are not in it.
"""

import argparse
from pathlib import Path

import assay
from assay.cli.console import Console
from assay.verdict.result import CellSummary, RunResult

_COMPANY = Path(__file__).parents[1] / "examples" / "skerrivald"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(".assay"))
    options = parser.parse_args()
    with Console() as console:
        done = assay.run(_COMPANY / "documents", _COMPANY / "questions.jsonl", out=options.out, progress=console)
    print(render(done.result))


def render(result: RunResult) -> str:
    total, peak = result.provenance["seconds"], result.provenance["peak_memory_mb"]
    rows = [("tuning, " + log["name"], log["seconds"], f"{log['n_tokens']} tokens") for log in result.training]
    for cell in result.cells:
        tokens = len(result.questions) * (cell.cost.prompt_tokens + cell.cost.new_tokens)
        rows.append((f"answering, {cell.cell}", answering_s(cell, result), f"{tokens:.0f} tokens"))
    rest = total - sum(seconds for _, seconds, _ in rows)
    rows.append(("loading, encoding, probes, training's own evaluation, judging", rest, ""))
    lines = [f"Nine cells in {total / 60:.1f} minutes, peak memory {peak / 1024:.1f} GB.", ""]
    lines += ["| step | seconds | share | |", "|---|---|---|---|"]
    lines += [f"| {name} | {seconds:.0f} | {seconds / total:.0%} | {note} |" for name, seconds, note in rows]
    return "\n".join(lines)


def answering_s(cell: CellSummary, result: RunResult) -> float:
    """Seconds of a cell's exam: the questions asked alone, and those asked together."""
    views = [view for question in result.questions for view in question.cells if view.cell == cell.cell]
    alone = [view.latency_s for view in views if view.latency_s is not None]
    return sum(alone) + cell.cost.answer_s * (len(views) - len(alone))


if __name__ == "__main__":
    main()
