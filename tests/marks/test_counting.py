from assay.marks.counting import count_marks, pairs_of_people
from assay.marks.kept_marks import Mark, Said


def by(person: str, said: str) -> list[Mark]:
    """A person's marks of rows a, b, c and so on; a dot is none."""
    known: dict[str, Said] = {"y": "y", "n": "n", "u": "u"}
    return [Mark(row, person, known[one]) for row, one in zip("abcdefgh", said, strict=False) if one in known]


def test_the_majority_counts_and_a_tie_does_not() -> None:
    counted = count_marks(by("A", "yyynu.") + by("B", "yynyun") + by("C", "ynuuu."))
    assert counted.right == {"a": True, "b": True, "f": False}
    assert counted.tied == {"c", "d"}
    assert counted.unsure == {"e"}


def test_one_who_is_sure_outweighs_one_who_is_not() -> None:
    assert count_marks(by("A", "u") + by("B", "n")).right == {"a": False}


def test_people_are_compared_on_what_both_were_sure_of() -> None:
    (pair,) = pairs_of_people(by("B", "yyynnu") + by("A", "yynnyy"))
    # both: rows a to e; alike on a, b, d: 3 of 5; by chance 3/5 · 3/5 + 2/5 · 2/5 = .52; (.6 − .52) / .48
    assert (pair.a, pair.b, pair.n, pair.n_differ) == ("A", "B", 5, 2)
    assert pair.kappa is not None and round(pair.kappa, 4) == 0.1667


def test_every_two_of_three_are_compared_and_those_without_a_row_in_common_are_not() -> None:
    pairs = pairs_of_people(by("A", "yn...") + by("B", "yy...") + by("C", ".y") + by("D", "...y"))
    assert [(pair.a, pair.b) for pair in pairs] == [("A", "B"), ("A", "C"), ("B", "C")]
    assert pairs[2].kappa is None  # one row, alike: chance alone
