"""The cells before the change, after a sync, and made anew; and the price of each step."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from assay.bench.bench import Bench
from assay.bench.keys import key_of
from assay.bench.meter import Meter
from assay.bench.preparation import Preparation
from assay.corpus.document import Corpus
from assay.corpus.library import Library
from assay.corpus.tokens import count_tokens
from assay.grid.answering import Answered, answer_cell, plan_batches
from assay.grid.cell import Cell
from assay.grid.pipelines import Pipelines
from assay.models import Model
from assay.questions.exam import Exam, read_corpus
from assay.questions.question import Question
from assay.verdict.drill_result import Way

__all__ = ["States", "read_changed"]


def read_changed(
    documents: Path, questions: Sequence[Path], old: Corpus, bench: Bench
) -> tuple[Corpus, Preparation, bool]:
    """The new documents; what it took to read those that the old ones are not, measured once; whether that is sure.

    It is not where the workspace had read the new documents before the first drill on them.
    """
    was_read = Library(bench.workspace.library_file, documents).current() is not None
    with Meter() as meter:
        corpus = read_corpus(documents, questions, bench)
    fact = "drill/reading/" + key_of(old=old.sha256, new=corpus.sha256)
    meter.tokens = sum(count_tokens(passage.text) for passage in corpus.passages if passage.id not in old.by_id)
    kept = bench.store.keep_cost(fact, meter.cost, not was_read)
    return corpus, kept.cost, kept.value


class States:
    """Asks cells in each state. One model is in memory at a time.

    Before: the old documents, and what was learnt from the old answers. Synced: what `assay sync` makes of that: the
    new index under the old adapters, examples and fitting. Renewed: everything made from the new documents and answers.

    Args:
        before: the exam over the old documents.
        after: the same questions over the new ones, with the new answers.
        reading: what reading the changed documents took.
        model: the base of every cell.
        bench: where adapters and indexes are kept, and answers and measurements.
    """

    def __init__(self, before: Exam, after: Exam, reading: Preparation, model: Model, bench: Bench) -> None:
        self.before_exam, self.after_exam = before, after
        self._reading, self._bench = reading, bench
        self.before = Pipelines(before, model, bench)
        self.synced = Pipelines(before, model, bench, corpus=after.corpus)
        self.renewed = Pipelines(after, model, bench)

    def ask(self, cell: Cell, way: Way | None, also: Sequence[Question]) -> Answered:
        """What a cell answers to the test questions and `also`, in a way, or before the change (None).

        The answers of a run over the same documents are taken from it, and a later run takes them from here.
        """
        pipelines, name = self._state(way), f"{cell}, {way or 'before'}"
        for other in (self.before, self.synced, self.renewed):
            if other is not pipelines:
                other.let_engine_go()
        if cell.searches:
            self._grow_index()
        key = pipelines.cell_key(cell)
        if pipelines is self.synced:
            key = key_of(cell=key, corpus=self.after_exam.corpus.sha256)
        answered = self._answer(name, key, cell, pipelines, pipelines.batches)
        also_key = key_of(cell=key, also=[[q.id, q.text, q.groups] for q in also])
        s = pipelines.settings
        batches = plan_batches(also, 0, s.answer_batch, s.seed)
        return {**answered, **self._answer(f"{name}, changed", also_key, cell, pipelines, batches)}

    def price(self, cell: Cell, way: Way) -> Preparation:
        """What a way takes, measured when it was gone; examples are shown from the next question on, for nothing."""
        if way == "sync":
            return self.sync_price
        if way not in ("retrain", "sync+retrain", "sync+examples"):
            return Preparation()
        made = self.renewed.preparation(cell)
        return made + self._reading if cell.searches else made

    @property
    def sync_price(self) -> Preparation:
        """What reading what changed and growing the index took; the index must have been grown."""
        return self._reading + self.synced.search.index_preparation

    def _state(self, way: Way | None) -> Pipelines:
        if way in (None, "nothing"):
            return self.before
        return self.synced if way == "sync" else self.renewed

    def _grow_index(self) -> None:
        """The old index and fitting first, so that the new index grows from it as it would in service."""
        _ = self.before.search.retriever
        _ = self.synced.search.retriever

    def _answer(
        self, name: str, key: str, cell: Cell, pipelines: Pipelines, batches: Sequence[Sequence[Question]]
    ) -> Answered:
        make = partial(pipelines.pipeline, cell)
        return answer_cell(name, key, batches, make, self._bench.store, self._bench.progress) if batches else {}
