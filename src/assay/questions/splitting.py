"""Questions to train, validation and test. Near-duplicates stay together: none is trained on and tested."""

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from assay.errors import InputError
from assay.questions.normalising import words_of
from assay.questions.question import Question, QuestionSet, Split

__all__ = ["assign_splits", "group_near_duplicates"]

_NEAR = 0.8  # Jaccard similarity of shingles from which on two questions count as one
_SPLITS: tuple[Split, ...] = ("test", "validation", "train")


def assign_splits(
    questions: QuestionSet, seed: int, test_share: float = 0.5, validation_share: float = 0.15
) -> QuestionSet:
    """The set with a split for every question: the file's own where it has them, else drawn by `seed`.

    What no person wrote is in the test only where the file says so: a drafted or paraphrased question without a split
    is trained on, and so are its near-duplicates. Drawn by group, near-duplicates together, with answerable and
    unanswerable questions in nearly equal shares. The same questions, shares and seed give the same splits.

    Raises:
        InputError: some written questions have a split and some have none, or none is for the test.
    """
    written = [question for question in questions.questions if question.origin == "written"]
    n_split = sum(question.split is not None for question in written)
    if 0 < n_split < len(written):
        missing = next(question.id for question in written if question.split is None)
        raise InputError(
            f"{questions.path}: {n_split} of {len(written)} questions have a split (the first without is "
            f"{missing}): give every question one, or none"
        )
    is_drawn = bool(written) and not n_split
    if is_drawn:
        _check_shares(test_share, validation_share)
        shares = {"test": test_share, "validation": validation_share, "train": 1 - test_share - validation_share}
        questions = replace(questions, questions=_draw(questions.questions, seed, shares))
    if any(question.split is None for question in questions.questions):
        learnt = tuple(q if q.split else replace(q, split="train") for q in questions.questions)
        questions = replace(questions, questions=learnt)
    _check_there_is_a_test(questions, test_share, is_drawn)
    return questions


def group_near_duplicates(questions: Sequence[Question]) -> list[list[int]]:
    """The positions of the questions in groups, in order; questions without a near-duplicate stand alone.

    Two are near-duplicates if they use the same set of words, or if the Jaccard similarity of their pairs of
    neighbouring words (of characters, in Chinese) is 0.8 or more. If a is near b and b near c, all are one group.
    """
    parents = list(range(len(questions)))
    for first, second in _near_pairs([words_of(question.text) for question in questions]):
        parents[_root(parents, second)] = _root(parents, first)
    groups: dict[int, list[int]] = defaultdict(list)
    for position in range(len(questions)):
        groups[_root(parents, position)].append(position)
    return sorted(groups.values())


def _near_pairs(words: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    shingles = [set(pairwise(sequence)) for sequence in words]
    pairs = []
    first_with: dict[frozenset[str], int] = {}
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for position, sequence in enumerate(words):
        same = first_with.setdefault(frozenset(sequence), position)
        if same != position:
            pairs.append((same, position))
        shared = Counter(earlier for shingle in shingles[position] for earlier in holders[shingle])
        for earlier, n_shared in shared.items():
            n_both = len(shingles[position]) + len(shingles[earlier]) - n_shared
            if n_shared >= _NEAR * n_both:
                pairs.append((earlier, position))
        for shingle in shingles[position]:
            holders[shingle].append(position)
    return pairs


def _root(parents: list[int], position: int) -> int:
    while parents[position] != position:
        parents[position] = parents[parents[position]]
        position = parents[position]
    return position


def _draw(questions: Sequence[Question], seed: int, shares: dict[str, float]) -> tuple[Question, ...]:
    """A split for every written question. Groups with others follow these; their own splits are left as they are."""
    rng = random.Random(seed)
    groups = group_near_duplicates(questions)
    rng.shuffle(groups)
    groups.sort(key=len, reverse=True)  # large groups first: the single questions even out what they upset
    written = [question for question in questions if question.origin == "written"]
    strata = {flag: sum(question.answerable == flag for question in written) for flag in (False, True)}
    targets = {flag: {split: shares[split] * n for split in _SPLITS} for flag, n in strata.items()}
    drawn = list(questions)
    for group in groups:
        mine = [position for position in group if questions[position].origin == "written"]
        given: set[Split] = {questions[position].split or "train" for position in group if position not in mine}
        followed = [split for split in reversed(_SPLITS) if split in given]
        split = followed[0] if followed else _most_wanted(targets, mine, questions)
        for position in mine:
            targets[questions[position].answerable][split] -= 1
            drawn[position] = replace(questions[position], split=split)
    return tuple(drawn)


def _most_wanted(
    targets: Mapping[bool, Mapping[Split, float]], group: Sequence[int], questions: Sequence[Question]
) -> Split:
    """The split that most of the group's questions are still wanted in."""
    n_by_flag = Counter(questions[position].answerable for position in group)
    return max(_SPLITS, key=lambda split: sum(n * targets[flag][split] for flag, n in n_by_flag.items()))


def _check_shares(test_share: float, validation_share: float) -> None:
    if not (0 < test_share < 1 and 0 <= validation_share < 1 and test_share + validation_share < 1):
        raise InputError(
            f"shares of {test_share} for test and {validation_share} for validation leave nothing for training: "
            "their sum must be below 1"
        )


def _check_there_is_a_test(questions: QuestionSet, test_share: float, drawn: bool) -> None:
    if questions.of_split("test"):
        return
    why = f"{test_share:.0%} of them leave no group for it" if drawn else "none has the split test"
    if any(question.origin != "written" for question in questions.questions):
        why += "; those that no person wrote are for training unless their column split says test"
    raise InputError(f"{questions.path}: none of its {len(questions.questions)} questions is for the test: {why}")
