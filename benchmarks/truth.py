"""Whether what a report says is so, where the truth is known: simulated exams, one table. Seeded.

Each file of benchmarks/truth/ with a function `section(quick)` adds its rows; files *.jsonl there are data of others.

    python benchmarks/truth.py            # about twenty minutes on one core
    python benchmarks/truth.py --quick    # about a minute: coarse figures
    python benchmarks/truth.py coverage decisions
"""

import argparse
import sys
import time
from importlib import import_module
from pathlib import Path

FOLDER = Path(__file__).with_name("truth")


def main() -> None:
    """Print the rows of the sections that are named, else of all, as they are ready."""
    sys.path.insert(0, str(FOLDER))
    sections = {path.stem: import_module(path.stem) for path in sorted(FOLDER.glob("*.py"))}
    sections = {name: module for name, module in sections.items() if hasattr(module, "section")}
    parser = argparse.ArgumentParser()
    parser.add_argument("sections", nargs="*", metavar="|".join(sections), help="all without a name")
    parser.add_argument("--quick", action="store_true", help="a tenth of the exams")
    options = parser.parse_args()
    unknown = [name for name in options.sections if name not in sections]
    if unknown:
        parser.error(f"no section {', '.join(unknown)}: choose of {', '.join(sections)}")
    print("| section | setting | measured | goal | met |\n|---|---|---|---|---|", flush=True)
    for name in options.sections or sections:
        started = time.time()
        for row in sections[name].section(options.quick):
            print(f"| {name} | {' | '.join(row)} |", flush=True)
        print(f"{name}: {time.time() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
