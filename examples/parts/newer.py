"""A step of the search: of passages that say the same but for their numbers, the newest comes first.

Prices and limits are often repeated in documents of several years that are no versions of one another. Try it with

    assay run DOCS QUESTIONS --parts examples/parts/newer.py --set search_steps=newer

The date of a document is the one from which it says that it holds; one without a date counts as the oldest.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from assay.corpus.dating import end_of
from assay.corpus.document import Corpus, Passage
from assay.retrieval.retriever import Order
from assay.retrieval.step import Change, SearchStep, Site

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


def _build(site: Site) -> Change:
    return Change(reorder=_newest_first)


def _newest_first(corpus: Corpus) -> Order:
    dates = {document.id: end_of(document.date) if document.date else "" for document in corpus.documents}

    def order(question: str, found: Sequence[Passage]) -> list[Passage]:
        """What is found stays at its places, but where several are alike the newest has the best of theirs."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, passage in enumerate(found):
            places[_wording(passage)].append(place)
        ordered = list(found)
        for same in places.values():
            newest = sorted((found[place] for place in same), key=lambda one: dates[one.document], reverse=True)
            for place, passage in zip(same, newest, strict=True):
                ordered[place] = passage
        return ordered

    return order


def _wording(passage: Passage) -> str:
    """The text without its numbers, upper case and spaces."""
    return " ".join(_NUMBER.sub("#", passage.text.casefold()).split())


NEWER = SearchStep(
    name="newer",
    title={"en": "newer passages first", "zh": "较新的段落优先"},
    note={
        "en": "of passages that say the same but for their numbers, the newest comes first",
        "zh": "除数字外内容相同的段落中，最新的排在前面",
    },
    build=_build,
)
