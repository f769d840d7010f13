import numpy as np
import pytest

from assay.retrieval.memory import Memory

DOCUMENTS = {"a": "x", "b": "x", "c": "y"}
MEMORY = Memory(
    texts=("When is lunch?", "Lunch is when?", "Who pays?"),
    groups=("0", "0", "1"),
    vectors=np.array([[1, 0], [0.8, 0.6], [0, 1]], dtype=np.float32),
    gold=(frozenset("a"), frozenset("a"), frozenset("bc")),
)


def features(memory: Memory, question: str, vector: list[float] | None) -> np.ndarray:
    return memory.features(
        question, None if vector is None else np.array(vector, dtype=np.float32), list("abc"), DOCUMENTS
    )


def test_a_new_question_hears_of_all_remembered_ones() -> None:
    found = features(MEMORY, "At what time is lunch?", [1, 0])
    # cosines 1, .8 and 0; the usual one is .8: a resembles by (1 - .8) / (1 - .8), b and c by no more than usual
    assert found[:, 0] == pytest.approx([1, 0, 0], abs=1e-5)
    assert found[:, 1] == pytest.approx(np.log1p([2, 1, 1]))
    assert found[:, 2] == pytest.approx(np.log1p([3, 3, 1]))  # two questions on x by a, one by b; one on y


def test_a_remembered_question_hears_nothing_of_itself_or_its_near_duplicates() -> None:
    found = features(MEMORY, "when is LUNCH", [1, 0])
    assert found[0, 0] == 0
    assert found[:, 1] == pytest.approx(np.log1p([0, 1, 1]))


def test_without_vectors_counts_are_left() -> None:
    bare = Memory(MEMORY.texts, MEMORY.groups, None, MEMORY.gold)
    assert (features(bare, "x", None)[:, 0] == 0).all()
    assert features(bare, "x", None)[0, 1] == pytest.approx(np.log1p(2))


def test_a_part_knows_its_own_questions_only() -> None:
    assert features(MEMORY.part([2]), "When is lunch?", [1, 0])[:, 1] == pytest.approx(np.log1p([0, 1, 1]))
    assert (features(MEMORY.part([]), "When is lunch?", [1, 0]) == 0).all()
