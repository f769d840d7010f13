"""Which answers people are asked to mark. Knows a result; writes nothing.

What is drawn are *distinct* answers: where several cells gave the same one to a question, one mark serves all of them.
They are drawn without replacement in strata: the first cell that gave the answer, and what the scorer said. Half of a
sheet are answers that the scorer cannot judge, where there are so many. In either half each stratum gets its share of
the marks, so that every answer has about the same chance, which is kept: a later draw adds to the ones before, and an
answer's chance is then that of having been drawn in any of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assay.errors import InputError
from assay.verdict.result import RunResult

__all__ = ["Draw", "DrawnRow", "GivenAnswer", "chance_of", "draw_answers", "given_answers", "marks_a_cell"]

_LETTERS = "bcdfghjklmnpqrstvwxz"  # no vowels: no words, no numbers and no powers of ten for a spreadsheet
_N_LETTERS = 6
_SAID = {True: "right", False: "wrong", None: "unjudged"}


@dataclass(frozen=True)
class GivenAnswer:
    """A distinct answer to a question, the cells that gave it, and whether the scorer calls it right; None: it cannot
    tell."""

    place: int  # of the question in the result
    question: str  # its id
    text: str
    cells: tuple[str, ...]  # in the order of the result
    scored: bool | None

    @property
    def key(self) -> tuple[str, str, bool | None]:
        """What it is known by."""
        return self.question, self.text, self.scored

    @property
    def stratum(self) -> str:
        """First cell and mark."""
        return f"{self.cells[0]}|{_SAID[self.scored]}"


@dataclass(frozen=True)
class DrawnRow:
    """A row of a sheet: an id that tells nothing, and what it stands for."""

    row: str
    question: str  # id
    text: str
    cells: tuple[str, ...]
    scored: bool | None

    @property
    def key(self) -> tuple[str, str, bool | None]:
        """That of the answer."""
        return self.question, self.text, self.scored


@dataclass(frozen=True)
class Draw:
    """One draw, its rows in the order of its sheet.

    Args:
        run: id.
        number: from 1.
        seed: of this draw; with the draws before it, it gives the same rows again.
        created: ISO 8601, UTC.
        cells: from whose answers it was drawn.
        chances: of an answer that was not drawn before, by stratum.
        rows: what was drawn.
    """

    run: str
    number: int
    seed: int
    created: str
    cells: tuple[str, ...]
    chances: dict[str, float]
    rows: tuple[DrawnRow, ...]


def given_answers(result: RunResult) -> list[GivenAnswer]:
    """The distinct answers, by question and cell; spaces make no difference. What failed is none."""
    cells: dict[tuple[int, str, bool | None], list[str]] = {}
    for place, question in enumerate(result.questions):
        for one in question.cells:
            if one.correct is not None or one.text:
                cells.setdefault((place, " ".join(one.text.split()), one.correct), []).append(one.cell)
    ids = [question.id for question in result.questions]
    return [GivenAnswer(i, ids[i], text, tuple(names), scored) for (i, text, scored), names in cells.items()]


def draw_answers(
    result: RunResult, n: int, cells: Sequence[str], before: Sequence[Draw], seed: int, created: str
) -> Draw:
    """So many answers, drawn at random and shuffled; fewer where no more are left.

    Args:
        result: the run.
        n: how many.
        cells: of whose answers; empty: of all.
        before: the draws of this run so far, none of whose answers is drawn again.
        seed: the same seed after the same draws gives the same draw.
        created: ISO 8601, UTC.

    Raises:
        InputError: fewer than one is wanted, a cell that was not run, or everything is drawn already.
    """
    if n < 1:
        raise InputError(f"{n} answers cannot be drawn: give 1 or more (-n)")
    wanted = _check_cells(result, cells)
    drawn = {row.key for draw in before for row in draw.rows}
    left: dict[str, list[GivenAnswer]] = {}
    for one in given_answers(result):
        if wanted & set(one.cells) and one.key not in drawn:
            left.setdefault(one.stratum, []).append(one)
    if not left:
        raise InputError(f"every answer of these cells of run {result.run_id} is drawn already: none is left to mark")
    rng, number = np.random.default_rng([seed, len(before) + 1]), len(before) + 1
    shares = _share_out({name: len(found) for name, found in left.items()}, n)
    chosen = [left[name][i] for name, k in shares.items() for i in rng.choice(len(left[name]), k, replace=False)]
    order = rng.permutation(len(chosen))
    ids = _row_ids(len(chosen), {row.row for draw in before for row in draw.rows}, rng)
    in_order = [chosen[i] for i in order]
    rows = [DrawnRow(id, one.question, one.text, one.cells, one.scored) for id, one in zip(ids, in_order, strict=True)]
    chances = {name: k / len(left[name]) for name, k in shares.items()}
    return Draw(result.run_id, number, seed, created, tuple(sorted(wanted)), chances, tuple(rows))


def chance_of(answer: GivenAnswer, draws: Sequence[Draw]) -> float:
    """The chance with which an answer is in one of the draws; 0 where none could hold it."""
    missed = 1.0
    for draw in draws:
        if set(answer.cells) & set(draw.cells):
            missed *= 1 - draw.chances.get(answer.stratum, 0.0)
    return 1 - missed


def marks_a_cell(draws: Sequence[Draw]) -> dict[str, int]:
    """How many of the rows that were drawn stand for each cell that was drawn from."""
    cells = dict.fromkeys((cell for draw in draws for cell in draw.cells), 0)
    for draw in draws:
        for row in draw.rows:
            for cell in row.cells:
                if cell in cells:
                    cells[cell] += 1
    return cells


def _check_cells(result: RunResult, cells: Sequence[str]) -> set[str]:
    there = result.examined
    unknown = [cell for cell in cells if cell not in there]
    if unknown:
        raise InputError(f"run {result.run_id} has no cell {', '.join(unknown)}: it has {', '.join(there)} (--cells)")
    return set(cells or there)


def _share_out(sizes: dict[str, int], n: int) -> dict[str, int]:
    """The marks of each stratum: half of all to what the scorer cannot judge, as far as there is so much of either."""
    unjudged = {name: k for name, k in sizes.items() if name.endswith(_SAID[None])}
    judged = {name: k for name, k in sizes.items() if name not in unjudged}
    n_unjudged = min(sum(unjudged.values()), max(n // 2, n - sum(judged.values())))
    given = _allocate(judged, n - n_unjudged) | _allocate(unjudged, n_unjudged)
    return {name: given[name] for name in sizes}


def _allocate(sizes: dict[str, int], n: int) -> dict[str, int]:
    """The marks of each stratum in proportion to its size, by largest remainders; one at least where n is enough."""
    total = sum(sizes.values())
    n = min(n, total)
    least = 1 if n >= len(sizes) else 0
    ideal = {name: n * size / total for name, size in sizes.items()}
    given = {name: max(least, int(share)) for name, share in ideal.items()}
    by_need = sorted(sizes, key=lambda name: given[name] - ideal[name])
    while sum(given.values()) < n:
        given[next(name for name in by_need if given[name] < sizes[name] and given[name] <= ideal[name])] += 1
    while sum(given.values()) > n:
        most = max((name for name in sizes if given[name] > least), key=lambda name: given[name] - ideal[name])
        given[most] -= 1
    return given


def _row_ids(n: int, taken: set[str], rng: np.random.Generator) -> list[str]:
    ids: dict[str, None] = {}
    while len(ids) < n:
        id = "".join(_LETTERS[i] for i in rng.integers(len(_LETTERS), size=_N_LETTERS))
        if id not in taken:
            ids[id] = None
    return list(ids)
