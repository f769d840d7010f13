"""Choosing on some questions and judging on others: by hand, and without the luck of the choice."""

import numpy as np

from assay.statistics.crossfit import best_elsewhere, make_folds


def test_each_question_is_judged_by_the_best_of_the_others() -> None:
    table = np.array([[1.0, 1, 0, 0], [0.0, 0, 0, 1]])
    # by the last two the second is best (0 against ½): the first two get 0; by the first two the first: 0 and 0
    assert best_elsewhere(table, [[0, 1], [2, 3]]).tolist() == [0, 0, 0, 0]
    assert best_elsewhere(table[:1], [[0, 1, 2, 3]]).tolist() == [1, 1, 0, 0]


def test_the_best_of_eight_equals_is_as_good_as_each() -> None:
    rng, means, lucky = np.random.default_rng(0), [], []
    for seed in range(300):
        table = (rng.random((8, 60)) < 0.5).astype(float)
        means.append(best_elsewhere(table, make_folds(range(60), seed)).mean())
        lucky.append(table.mean(axis=1).max())
    assert abs(np.mean(means) - 0.5) < 0.015
    assert np.mean(lucky) > 0.57  # what judging on the same questions would have said


def test_groups_are_never_divided_and_no_fold_is_empty() -> None:
    folds = make_folds(["a", "b", "a", "c", "b"], 0)
    assert sorted(place for fold in folds for place in fold) == [0, 1, 2, 3, 4]
    assert len(folds) == 3 and any({0, 2} <= set(fold) for fold in folds)
