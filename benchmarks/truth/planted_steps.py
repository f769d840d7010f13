"""Two broken searches, as steps: one ranks by lot, one gives the superseded version of what is in force."""

import random

from assay.retrieval.step import Change, SearchStep


def _by_lot(corpus):
    def order(question, found):
        everything = sorted(corpus.passages, key=lambda passage: passage.id)
        return random.Random(question).sample(everything, len(found))

    return order


def _superseded(corpus):
    by_place = {(passage.document, passage.heading): passage for passage in corpus.passages}

    def older(passage):
        return by_place.get((passage.document.replace("2025", "2021"), passage.heading), passage)

    return lambda question, found: list({older(passage).id: older(passage) for passage in found}.values())


SHUFFLED = SearchStep(name="shuffled", title="ranked by lot", build=lambda site: Change(reorder=_by_lot))
SUPERSEDED = SearchStep(name="superseded", title="old versions", build=lambda site: Change(reorder=_superseded))
