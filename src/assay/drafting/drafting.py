"""Documents to drafted questions with answers and evidence, each checked. Knows no files and no split but training.

The answer comes first, by rule, from the documents; the model, or a rule too, writes the question to it: see `Manner`.
What follows is made to throw away: rules for the form, a search that must find the passage again, and the model that
must find the answer in it, but neither from memory nor in the passages that come next. A weak model yields few drafts.
Where rules write the questions, there is no model: the sentence that is nearest to the question must hold the answer.
"""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from assay.bench.progress import Progress, Silent
from assay.checking.likeness import alike_pairs, likeness, same_words
from assay.checking.personal import find_personal_data
from assay.corpus.document import Passage
from assay.corpus.versions import Versions
from assay.drafting.form import find_flaw
from assay.drafting.manner import BY_MODEL, Manner
from assay.drafting.nearest_sentence import NearestSentence
from assay.drafting.round_trip import RoundTrip, is_found
from assay.drafting.sources import Candidate, Sources
from assay.drafting.twins import is_ambiguous
from assay.drafting.unanswerable import Exchange, Exchanger
from assay.models.engine import Engine
from assay.questions.question import Evidence, Question
from assay.retrieval import Retriever
from assay.scoring import Language, is_refusal
from assay.words import message

__all__ = ["Drafter", "Drafts", "Dropped"]

_BATCH = 16
_MOST_TRIES = 25  # for each draft asked for
_FOUND_AMONG = 3  # a search for the question must have its passage among so many
_READ = 5  # passages in which an unanswerable question must find nothing
_DEPTH = 10  # how far down twins are looked for


@dataclass(frozen=True)
class Dropped:
    """A draft that was thrown away. `question`: as it was written, with the answer and evidence meant."""

    reason: str
    question: Question


@dataclass
class Drafts:
    """What came of it. `thrown_away`: in the order of the checks; `notes`: question id -> what a person should know."""

    questions: list[Question] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    thrown_away: list[Dropped] = field(default_factory=list)
    n_drafted: int = 0
    seconds: float = 0.0

    def drop(self, reason: str, question: Question) -> None:
        """Count a draft as thrown away."""
        self.thrown_away.append(Dropped(reason, question))

    @property
    def dropped(self) -> Counter[str]:
        """Reason -> how many were thrown away for it."""
        return Counter(one.reason for one in self.thrown_away)

    @property
    def n_unanswerable(self) -> int:
        """How many of the kept have no answer."""
        return sum(not question.answerable for question in self.questions)


@dataclass(frozen=True)
class _Draft:
    candidate: Candidate
    question: Question
    found: tuple[Passage, ...]  # by a search for the question, best first

    @property
    def others(self) -> list[Passage]:
        """The best passages but its own."""
        own = self.candidate.passage.id
        return [passage for passage in self.found if passage.id != own][:_FOUND_AMONG]


class Drafter:
    """Drafts questions over one corpus with one engine.

    Args:
        retriever: the search over the documents.
        engine: writes the questions and answers them; None in a manner that needs none.
        lang: of the documents.
        known: questions that are there already, such as those of the test: none is drafted again.
        seed: of what is drawn. The same documents, model and seed give the same drafts.
        progress: is told how many are kept.
        versions: of the documents; None: all are in force.
        manner: of drafting.
        spoken: the language of the progress.
    """

    def __init__(
        self,
        retriever: Retriever,
        engine: Engine | None,
        lang: Language,
        known: Sequence[Question] = (),
        seed: int = 0,
        progress: Progress | None = None,
        versions: Versions | None = None,
        manner: Manner = BY_MODEL,
        spoken: str = "en",
    ) -> None:
        self._manner, self._spoken = manner, spoken
        self._retriever, self._engine, self._lang = retriever, engine, lang
        self._known = [question.text for question in known]
        self._progress = progress or Silent()
        self._round_trip = None if engine is None else RoundTrip(engine, lang)
        self._nearest = NearestSentence(retriever.encoder, lang)
        rng = np.random.default_rng(seed)
        self._sources = Sources(retriever.corpus, versions, manner.find, lang, rng)
        self._exchanger = Exchanger(retriever.corpus, lang, rng)
        self._groups = {document.id: document.groups or None for document in retriever.corpus.documents}

    def draft(self, n: int, unanswerable: float, most_tried: int | None = None) -> Drafts:
        """Up to n drafts, a share of them unanswerable; fewer where the documents or the model do not give more.

        Args:
            n: drafts wanted.
            unanswerable: the share of them without an answer.
            most_tried: answerable drafts that are written at most; by default 25 for each that is wanted.

        Raises:
            EngineError: the engine failed.
        """
        started = time.perf_counter()
        drafts = Drafts()
        n_without = round(n * unanswerable)
        self._draft_answerable(n - n_without, most_tried or _MOST_TRIES * (n - n_without), drafts)
        self._draft_unanswerable(n_without, drafts)
        drafts.seconds = time.perf_counter() - started
        return drafts

    def _draft_answerable(self, n: int, most_tried: int, drafts: Drafts) -> None:
        per_document: Counter[str] = Counter()
        step = partial(self._progress.step, message("step.drafting", self._spoken), total=n)
        step(done=0)
        while len(drafts.questions) < n and drafts.n_drafted < most_tried:
            candidates = self._sources.take(min(_BATCH, most_tried - drafts.n_drafted), per_document)
            if not candidates:
                break
            drafts.n_drafted += len(candidates)
            for draft in self._check(self._write(candidates, drafts), drafts):
                if len(drafts.questions) < n and self._keep(draft.question, drafts):
                    per_document[draft.candidate.passage.document] += 1
            step(done=len(drafts.questions), note=message("draft.tried", self._spoken, n=drafts.n_drafted))
        kept = {"kept": len(drafts.questions), "tried": drafts.n_drafted}
        step(done=n, note=message("draft.kept_of", self._spoken, **kept))

    def _write(self, candidates: Sequence[Candidate], drafts: Drafts) -> list[_Draft]:
        """Questions that no rule objects to, with what a search finds for them."""
        if self._manner.write is None or self._engine is None:
            written = [one.question for one in candidates]
        else:
            written = self._manner.write(candidates, self._engine, self._lang)
        kept = []
        for one, text in zip(candidates, written, strict=True):
            flaw = find_flaw(text, one.span, one.passage, self._lang)
            if flaw is None and find_personal_data(f"{text}\n{one.span.text}\n{one.span.sentence}"):
                flaw = "personal_data"
            question = self._question(one, text)
            if flaw:
                drafts.drop(flaw, question)
            else:
                kept.append((one, question))
        found = self._search([question.text for _, question in kept])
        return [_Draft(one, question, rows) for (one, question), rows in zip(kept, found, strict=True)]

    def _check(self, written: list[_Draft], drafts: Drafts) -> list[_Draft]:
        """Those that stand every test; the cheap ones come first."""

        def drop(reason: str, keep: Sequence[bool]) -> None:
            nonlocal written
            for draft, stays in zip(written, keep, strict=True):
                if not stays:
                    drafts.drop(reason, draft.question)
            written = [draft for draft, stays in zip(written, keep, strict=True) if stays]

        drop("not_found_again", [draft.candidate.passage in draft.found[:_FOUND_AMONG] for draft in written])
        drop("ambiguous", [not self._is_ambiguous(draft) for draft in written])
        reader = self._round_trip
        if reader is None:
            drop("not_answered", [self._is_nearest(draft) for draft in written])
            return written

        def finds(read: Sequence[Sequence[Passage]]) -> list[bool]:
            return reader.finds([draft.question for draft in written], read)

        drop("not_answered", finds([[draft.candidate.passage] for draft in written]))
        drop("answered_without", [not found for found in finds([[] for _ in written])])
        drop("answered_elsewhere", [not found for found in finds([draft.others for draft in written])])
        return written

    def _is_nearest(self, draft: _Draft) -> bool:
        return self._nearest.finds(draft.question.text, draft.candidate.span.text, draft.found[:_FOUND_AMONG])

    def _is_ambiguous(self, draft: _Draft) -> bool:
        one = draft.candidate
        return is_ambiguous(draft.question.text, one.span, one.passage, draft.found, self._lang)

    def _search(self, texts: Sequence[str]) -> list[tuple[Passage, ...]]:
        if not texts:
            return []
        return [self._retriever.passages(hits) for hits in self._retriever.retrieve(texts, _DEPTH)]

    def _question(self, one: Candidate, text: str) -> Question:
        evidence = Evidence(one.passage.document, one.passage.page, one.span.sentence)
        groups = self._groups[one.passage.document]
        return Question("", text, (one.span.text,), True, evidence, "train", groups, origin="drafted")

    def _keep(self, question: Question, drafts: Drafts, note: str = "") -> bool:
        """Take a question in, unless one that means the same is there."""
        if self._is_known(question.text, drafts):
            drafts.drop("duplicate", question)
            return False
        id = f"d{len(drafts.questions) + 1:04d}"
        drafts.questions.append(replace(question, id=id))
        if note:
            drafts.notes[id] = note
        return True

    def _is_known(self, text: str, drafts: Drafts) -> bool:
        there = [*self._known, *(question.text for question in drafts.questions)]
        if not there:
            return False
        if any(same_words(text, other) for other in there):
            return True
        encoder = self._retriever.encoder
        if encoder is None:
            return False
        return bool(alike_pairs([text], encoder.encode_queries, likeness(encoder.name), there))

    def _draft_unanswerable(self, n: int, drafts: Drafts) -> None:
        """From kept questions, one each: what was asked for one thing is asked for another."""
        sources = list(drafts.questions)
        if not n or not sources:
            return
        step = partial(self._progress.step, message("step.drafting_unanswerable", self._spoken), total=n)
        made = 0
        for source in sources:
            if made >= n:
                break
            exchange = self._exchanger.exchange(source.text)
            drafts.n_drafted += 1
            if exchange is None:
                drafts.drop("nothing_to_exchange", source)
                continue
            made += self._try_unanswerable(source, exchange, drafts)
            step(done=made, note=message("draft.tried", self._spoken, n=drafts.n_drafted))
        step(done=n, note=message("draft.n_kept", self._spoken, n=made))

    def _try_unanswerable(self, source: Question, exchange: Exchange, drafts: Drafts) -> bool:
        read = "no model has read for it"
        if self._round_trip is not None:
            found = self._search([exchange.text])[0][:_READ]
            said = self._round_trip.answers([exchange.text], [found])[0]
            if not is_refusal(said) and not is_found(said, source):
                drafts.drop("may_have_answer", replace(source, text=exchange.text))
                return False
            reply = "declined" if is_refusal(said) else f'fell for "{source.answers[0]}"'
            read = f"with the {len(found)} best passages the model {reply}"
        where = "stands nowhere in the documents" if exchange.is_new else "stands in no passage that speaks of this"
        note = f'unanswerable: "{exchange.added}" {where}; {read}'
        home = source.evidence.document if source.evidence else None
        evidence = Evidence(home) if home else None
        unanswerable = replace(source, text=exchange.text, answers=(), answerable=False, evidence=evidence)
        return self._keep(unanswerable, drafts, note)
