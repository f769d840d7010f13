"""Labels and entities on public sets: python benchmarks/encoder_tasks.py --data DIR banking77 weibo_ner

DIR holds one folder a set, with train.jsonl and test.jsonl, or one file. At most `--train` texts are learnt from and
`--test` asked. Prints the table of each run, ready for encoder_tasks.md; the same line again goes on where it stopped.
"""

import argparse
import json
import random
from pathlib import Path
from typing import Any

from assay.cli.console import Console
from assay.report.label_lines import label_lines, label_table
from assay.studies.labels.label_study import label

_SPLITS = ("train", "test")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path(".assay-labels"))
    parser.add_argument("--train", type=int, default=800)
    parser.add_argument("--test", type=int, default=200)
    parser.add_argument("--base", default=None)
    parser.add_argument("--cells", default=None)
    parser.add_argument("sets", nargs="+")
    options = parser.parse_args()
    for name in options.sets:
        folder = options.work / name
        texts = write_texts(options.data / name, folder / f"{name}.jsonl", options.train)
        settings = {"base": options.base} if options.base else {}
        with Console() as console:
            done = label(
                texts, out=folder / "ws", cells=options.cells, progress=console, test_texts=options.test, **settings
            )
        head, rows = label_table(done.result, "en")
        print(f"\n## {name}\n")
        for row in (head, ["---"] * len(head), *rows):
            print(f"| {' | '.join(row)} |")
        print("\n" + "\n".join(f"- {line}" for line in label_lines(done.result, "en")))
        print(f"- {done.result.counts}; {done.report}")


def write_texts(source: Path, path: Path, most: int) -> Path:
    """One file; of given splits all of the test and at most so many of train, of others as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not (source / "train.jsonl").is_file():
        (only,) = source.glob("*.jsonl")
        rows = [_mend(row) for row in _read_lines(only)]
    else:
        train, test = (
            [_mend(row) | {"split": split} for row in _read_lines(source / f"{split}.jsonl")] for split in _SPLITS
        )
        rows = random.Random(0).sample(train, min(most, len(train))) + test
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def _mend(row: dict[str, Any]) -> dict[str, Any]:
    """Weibo's tokens are characters with a digit behind them for their place in the word."""
    tokens = row.get("tokens", [])
    if any(len(token) < 2 or not token[-1].isdigit() for token in tokens):
        return row
    return row | {"tokens": [token[:-1] for token in tokens]} if tokens else row


def _read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    main()
