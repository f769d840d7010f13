"""The main job on real documents and questions: python benchmarks/real_sets.py --data DIR northwind gitlab_handbook

DIR holds one folder a set: docs.jsonl {id, title, text | path}, qa.jsonl {id, question, answers, doc_ids, evidence,
answerable}, and perhaps raw/ with the original files. Prints the table of each report, ready for real_sets.md.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import assay
from assay.cli.console import Console
from assay.report.lines import verdict_lines
from assay.verdict.result import RunResult


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path(".assay-real"))
    parser.add_argument("--base", default=None)
    parser.add_argument("--cells", default=None)
    parser.add_argument("--limit", type=int, default=None, help="take every n-th question, so that so many are left")
    parser.add_argument("sets", nargs="+")
    options = parser.parse_args()
    for name in options.sets:
        folder = options.work / name
        documents = write_documents(options.data / name, folder / "documents")
        questions = write_questions(options.data / name, folder / "questions.jsonl", options.limit)
        settings = {"base": options.base} if options.base else {}
        with Console() as console:
            done = assay.run(documents, questions, out=folder / "ws", cells=options.cells, progress=console, **settings)
        print(render_table(name, done.result))


def write_documents(source: Path, folder: Path) -> Path:
    """The set's original files where docs.jsonl names them, otherwise one Markdown file a document."""
    folder.mkdir(parents=True, exist_ok=True)
    for row in _read_lines(source / "docs.jsonl"):
        target = folder / (row["id"] if Path(row["id"]).suffix else f"{row['id']}.md")
        target.parent.mkdir(parents=True, exist_ok=True)
        if row.get("path"):
            target.write_bytes((source / row["path"]).read_bytes())
        else:
            target.write_text(f"# {row['title']}\n\n{row['text']}", encoding="utf-8")
    return folder


def write_questions(source: Path, path: Path, limit: int | None) -> Path:
    rows = list(_read_lines(source / "qa.jsonl"))
    step = max(1, len(rows) // limit) if limit else 1
    seen: set[str] = set()
    with path.open("w", encoding="utf-8") as file:
        for row in rows[::step][:limit]:
            text = row["question"].strip()
            if text in seen or (row["answerable"] and not row["answers"]):
                continue
            seen.add(text)
            file.write(json.dumps(_question(row), ensure_ascii=False) + "\n")
    return path


def _question(row: dict[str, Any]) -> dict[str, Any]:
    evidence = row.get("evidence")
    first = evidence[0] if isinstance(evidence, list) and evidence else {}
    document = first.get("doc") or next(iter(row.get("doc_ids") or []), None)
    if document and not Path(document).suffix:
        document = f"{document}.md"
    return {
        "id": row["id"],
        "question": row["question"],
        "answers": row["answers"] if row["answerable"] else [],
        "answerable": row["answerable"],
        "document": document,
        "page": first.get("page"),
        "quote": first.get("text"),
    }


def _read_lines(path: Path) -> Any:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file)


def render_table(name: str, result: RunResult) -> str:
    """One report's numbers in Markdown: counts, the grid, the retriever, the gaps, the verdict."""
    counts = result.counts
    lines = [
        f"## {name}",
        f"{result.base}, {result.engine}; {counts['documents']} documents, {counts['passages']} passages, "
        f"{counts['test']} test questions ({counts['unanswerable']} unanswerable) from {counts['clusters']} sources, "
        f"{counts['train']} to train on; {result.provenance['seconds'] / 60:.0f} minutes.",
        "",
        "| cell | right | 95% interval | exact match | F1 | refused | prepare s | s an answer | latency p50 s |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for cell in result.cells:
        c, cost = cell.correct, cell.cost
        interval = "-" if c.low is None or c.high is None else f"{c.low:.2f}-{c.high:.2f}"
        latency = "-" if cost.latency_p50_s is None else f"{cost.latency_p50_s:.2f}"
        lines.append(
            f"| {cell.cell} | {c.value:.3f} | {interval} | {cell.exact_match:.3f} | {cell.f1:.3f} "
            f"| {cell.refusal_rate:.2f} | {cost.prepare_s:.0f} | {cost.answer_s:.2f} | {latency} |"
        )
    if result.retriever is not None:
        recall = ", ".join(f"@{k} {value:.3f}" for k, value in result.retriever.recall.items())
        lines += ["", f"Retriever ({result.retriever.encoder}, {result.retriever.n_questions} questions): "
                  f"recall {recall}; MRR {result.retriever.mrr:.3f}."]  # fmt: skip
    gaps = "; ".join(f"{gap.name} {gap.estimate.value:+.3f}" for gap in result.diagnosis.gaps)
    lines += ["", f"Gaps: {gaps or 'none could be measured'}.", ""]
    return "\n".join(lines + [f"- {line}" for line in verdict_lines(result, "en")]) + "\n"


if __name__ == "__main__":
    main()
