"""Whether what a report says is so, where the truth is known: one table. Seeded.

Each file here or in benchmarks/truth/ that defines `section(quick)` adds its rows; one that reads public sets takes
their folder, too: `section(quick, data)`. A set that is absent is left out.

    python benchmarks/truth.py            # everything: about two hours on one core
    python benchmarks/truth.py --quick    # some minutes: coarse figures
    python benchmarks/truth.py coverage decisions
"""

import argparse
import re
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from inspect import signature
from pathlib import Path

HERE = Path(__file__).parent
FOLDERS = (HERE / "truth", HERE)


def main() -> None:
    """Print the rows of the sections that are named, else of all, as they are ready."""
    sections = _sections()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sections", nargs="*", metavar="|".join(sections), help="all without a name")
    parser.add_argument("--quick", action="store_true", help="a tenth of the exams, few draws and answers")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder with the public sets")
    options = parser.parse_args()
    unknown = [name for name in options.sections if name not in sections]
    if unknown:
        parser.error(f"no section {', '.join(unknown)}: choose of {', '.join(sections)}")
    sys.path[:0] = [str(FOLDERS[0])]
    print("| section | setting | measured | goal | met |\n|---|---|---|---|---|", flush=True)
    for name in options.sections or sections:
        started = time.process_time()
        for row in _rows(name, options.quick, options.data):
            print(f"| {name} | {' | '.join(row)} |", flush=True)
        print(f"{name}: {time.process_time() - started:.0f} s of processor time", file=sys.stderr)


def _sections() -> list[str]:
    """The files that define a section, those of truth/ first; none is imported, as some take long."""
    files = [file for folder in FOLDERS for file in sorted(folder.glob("*.py"))]
    return [file.stem for file in files if re.search(r"^def section\(", file.read_text("utf-8"), re.MULTILINE)]


def _rows(name: str, quick: bool, data: Path) -> Iterator[tuple[str, str, str, str]]:
    """Setting, what was measured, the goal, whether it is met."""
    section = import_module(name).section
    return section(quick, data) if "data" in signature(section).parameters else section(quick)


if __name__ == "__main__":
    main()
