"""Labelled texts to train, validation and test. Near-duplicates stay together, each label's shares alike."""

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from assay.errors import InputError
from assay.labelled.labelled_text import LabelledSet, LabelledText
from assay.questions.question import Question, Split
from assay.questions.splitting import group_near_duplicates

__all__ = ["assign_splits", "draw_test", "near_duplicates"]


def assign_splits(labelled: LabelledSet, seed: int, test_share: float, validation_share: float) -> LabelledSet:
    """The set with a split for every text: the file's own where it has them, else drawn by `seed`.

    Validation is drawn out of train where the file gives none.

    Raises:
        InputError: some texts have a split and some have none, or none is for the test.
    """
    texts = labelled.texts
    without = [one.id for one in texts if one.split is None]
    if 0 < len(without) < len(texts):
        raise InputError(
            f"{labelled.path}: {len(texts) - len(without)} of {len(texts)} texts have a split (the first without is "
            f"{without[0]}): give every text one, or none"
        )
    if without:
        texts = _draw(texts, seed, test_share, "test", "train")
    if not any(one.split == "validation" for one in texts):
        learnt = [one for one in texts if one.split == "train"]
        share = validation_share / (1 - test_share) if without else validation_share
        drawn = {one.id: one for one in _draw(learnt, seed, share, "validation", "train")}
        texts = tuple(drawn.get(one.id, one) for one in texts)
    if not any(one.split == "test" for one in texts):
        why = (
            "every label has one text only, which is learnt from: give it more"
            if without
            else "give some the split test"
        )
        raise InputError(f"{labelled.path}: none of its {len(texts)} texts is for the test: {why}")
    return replace(labelled, texts=texts)


def draw_test(labelled: LabelledSet, most: int, seed: int) -> tuple[LabelledText, ...]:
    """The test texts that are put to every way, in file order: all, or `most` of them drawn by `seed`."""
    texts = labelled.of_split("test")
    if not most or len(texts) <= most:
        return texts
    return tuple(texts[place] for place in sorted(random.Random(seed).sample(range(len(texts)), most)))


def near_duplicates(texts: Sequence[LabelledText]) -> list[list[int]]:
    """The places of the texts in groups; see `group_near_duplicates`."""
    return group_near_duplicates([Question(one.id, one.text, ()) for one in texts])


def _draw(
    texts: Sequence[LabelledText], seed: int, share: float, drawn: Split, others: Split
) -> tuple[LabelledText, ...]:
    """Each group of near-duplicates whole, to whichever of the two its labels have most room in."""
    groups = near_duplicates(texts)
    random.Random(seed).shuffle(groups)
    groups.sort(key=len, reverse=True)  # large groups first: the single texts even out what they upset
    strata = _strata(texts)
    total = Counter(strata)
    room = {name: share * n for name, n in total.items()}
    taken: dict[str, int] = defaultdict(int)
    split = list(texts)
    for group in groups:
        names = Counter(strata[place] for place in group)
        lacking = sum(n * (room[name] - taken[name] - n / 2) for name, n in names.items())
        keeps_one = all(total[name] - taken[name] - n >= 1 for name, n in names.items())
        goes = lacking > 0 and keeps_one
        for name, n in names.items():
            taken[name] += n if goes else 0
        for place in group:
            split[place] = replace(texts[place], split=drawn if goes else others)
    return tuple(split)


def _strata(texts: Sequence[LabelledText]) -> list[str]:
    """What each text counts as: its label, or the rarest of its labels, or which types of entities it holds."""
    n = Counter(name for one in texts for name in one.labels)
    return [
        min(one.labels, key=lambda name: (n[name], name)) if one.labels else "+".join(sorted(one.names))
        for one in texts
    ]
