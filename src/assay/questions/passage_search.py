"""One document's passages made searchable: exact without regard to form, by words, by answers. Knows no questions."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import accumulate

from assay.corpus.document import Passage
from assay.questions.normalising import squash, words_of

__all__ = ["PassageSearch"]

_LEAST_OVERLAP = 0.8
_LEAST_WORDS = 4  # a shorter quote is matched exactly or not at all
_NUMBER = re.compile(r"\d")

Place = tuple[int, ...]  # neighbouring passages, by index


class PassageSearch:
    """The passages of one document in reading order. Everything is indexed once, when it is first needed.

    Every search returns passages of the page if there are some; `page` None searches the document.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages

    def exact(self, quote: str, page: int | None) -> list[Passage]:
        """The passages that hold the quote, several where it spans them or stands twice.

        What stands on another page counts only if the page itself has none of it: people miscount pages.
        """
        wanted = squash(quote)
        places = self._places_in_text(wanted) or self._places_below_headings(wanted)
        on_page = [place for place in places if self._touches(place, page)]
        return self._of(index for place in on_page or places for index in place)

    def similar(self, quote: str, page: int | None) -> list[Passage]:
        """The passage, or else the two neighbours, with four fifths of the quote's words and all its numbers."""
        words = set(words_of(quote))
        if len(words) < _LEAST_WORDS:
            return []
        shared: dict[int, set[str]] = defaultdict(set)
        for word in words:
            for index in self._holders.get(word, ()):
                if page is None or self._passages[index].page == page:
                    shared[index].add(word)
        singles: dict[Place, set[str]] = {(index,): found for index, found in shared.items()}
        pairs: dict[Place, set[str]] = {
            (index, index + 1): found | shared[index + 1] for index, found in shared.items() if index + 1 in shared
        }
        return self._of(_best(singles, words) or _best(pairs, words))

    def with_answer(self, answers: Iterable[str], page: int | None) -> list[Passage]:
        """The passages that contain an accepted answer as whole words."""
        wanted = [_pad(words_of(answer)) for answer in answers]
        there = self._on_page(page)
        return self._of(index for index in there if any(answer in self._padded[index] for answer in wanted))

    def that_state(self, states: Callable[[str], bool], page: int | None) -> list[Passage]:
        """The passages of whose heading and text `states` is true."""
        return [passage for passage in self._of(self._on_page(page)) if states(f"{passage.heading}\n{passage.text}")]

    def of_page(self, page: int) -> list[Passage]:
        """All passages of one page."""
        return [passage for passage in self._passages if passage.page == page]

    def _on_page(self, page: int | None) -> list[int]:
        return [index for index, passage in enumerate(self._passages) if page is None or passage.page == page]

    def _of(self, indices: Iterable[int]) -> list[Passage]:
        return [self._passages[index] for index in sorted(set(indices))]

    def _touches(self, place: Place, page: int | None) -> bool:
        return page is None or any(self._passages[index].page == page for index in place)

    def _places_in_text(self, wanted: str) -> list[Place]:
        joined, ends = self._joined
        return _find_all(wanted, joined, ends)

    def _places_below_headings(self, wanted: str) -> list[Place]:
        joined, ends = self._joined_with_headings
        return _find_all(wanted, joined, ends)

    @cached_property
    def _joined(self) -> tuple[str, list[int]]:
        """The squashed text of all passages and where each ends in it."""
        texts = [squash(passage.text) for passage in self._passages]
        return "".join(texts), list(accumulate(map(len, texts)))

    @cached_property
    def _joined_with_headings(self) -> tuple[str, list[int]]:
        """The same with each passage below its heading, and apart: for quotes that begin with a heading's words."""
        texts = [squash(p.heading.rsplit(" > ", 1)[-1]) + squash(p.text) + "\n" for p in self._passages]
        return "".join(texts), list(accumulate(map(len, texts)))

    @cached_property
    def _padded(self) -> list[str]:
        return [_pad(words_of(f"{passage.heading} {passage.text}")) for passage in self._passages]

    @cached_property
    def _holders(self) -> dict[str, list[int]]:
        holders: dict[str, list[int]] = defaultdict(list)
        for index, text in enumerate(self._padded):
            for word in set(text.split()):
                holders[word].append(index)
        return dict(holders)


def _find_all(wanted: str, joined: str, ends: Sequence[int]) -> list[Place]:
    places = []
    start = joined.find(wanted)
    while start >= 0:
        last = start + len(wanted) - 1
        places.append(tuple(range(bisect_right(ends, start), bisect_right(ends, last) + 1)))
        start = joined.find(wanted, start + len(wanted))
    return places


def _best(candidates: dict[Place, set[str]], words: set[str]) -> Place:
    # Numbers decide: the rows of a table, and policies of several countries, differ in nothing else.
    numbers = {word for word in words if _NUMBER.search(word)}
    enough = {
        place: len(found)
        for place, found in candidates.items()
        if len(found) >= _LEAST_OVERLAP * len(words) and numbers <= found
    }
    return min(enough, key=lambda place: (-enough[place], place)) if enough else ()


def _pad(words: Sequence[str]) -> str:
    return f" {' '.join(words)} "
