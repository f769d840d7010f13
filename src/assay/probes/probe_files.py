"""The probes of general abilities: the package's own set, and a file of the user's. Knows no exam."""

import json
from functools import lru_cache
from importlib import resources
from pathlib import Path

from assay.probes.probe import Probe, ProbeSet
from assay.questions import read_questions
from assay.questions.clusters import cluster_of
from assay.questions.question import Question
from assay.scoring import language_of

__all__ = ["general_probes", "read_probes"]


@lru_cache(maxsize=1)
def general_probes() -> ProbeSet:
    """The package's 70 English and 70 Chinese questions, in file order: what a small chat model can often answer."""
    text = resources.files("assay.probes").joinpath("general.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    return ProbeSet(
        "general",
        tuple(
            Probe(
                question=Question(row["id"], row["question"], tuple(row["answers"])),
                category=row["category"],
                lang=row["lang"],
                form=row.get("form"),
            )
            for row in rows
        ),
    )


def read_probes(path: Path) -> ProbeSet:
    """The questions of a file of the user's; those about one document are one category.

    Raises:
        InputError: the problems of the file, all together; see `read_questions`.
    """
    asked = read_questions(path).questions
    return ProbeSet("own", tuple(Probe(q, cluster_of(q), language_of(q.text)) for q in asked))
