"""What stood in the prompts of an exam: evidence, another version of it, other documents. Asks no model anything."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

import numpy as np
import numpy.typing as npt

from assay.corpus.document import Passage
from assay.corpus.versions import are_named_alike, find_versions
from assay.grid.answering import Answered
from assay.grid.cell import Cell
from assay.grid.pipelines import Pipelines
from assay.questions.exam import Exam
from assay.questions.normalising import squash
from assay.questions.question import Question, quote_parts
from assay.scoring import CitedSentence
from assay.scoring.scorer import Scorer
from assay.verdict.causes import AnswerFacts, Preferred

__all__ = ["answer_facts", "count_without_passages", "evidence_read", "holds_answer"]

Bools = npt.NDArray[np.bool_]


def evidence_read(cells: Mapping[Cell, Answered], exam: Exam, pipelines: Pipelines) -> dict[Cell, Bools]:
    """Cell -> whether evidence of each test question stood in its prompt; cells that read nothing are left out."""
    return {
        cell: np.array([_is_read(q, _read_by(cell, q, answered, pipelines), exam) for q in exam.test], dtype=bool)
        for cell, answered in cells.items()
        if cell.row.reads or cell.row.made_of
    }


def count_without_passages(cells: Mapping[Cell, Answered]) -> tuple[int, int]:
    """Of the answers of cells that always read what is searched for, how many were given no passage; of how many."""
    read = [
        bool(answer.passages)
        for cell, answered in cells.items()
        if cell.row.searches and cell.row.reads and not cell.row.made_of
        for answer, _ in answered.values()
    ]
    return read.count(False), len(read)


def answer_facts(
    cell: Cell,
    answered: Answered,
    citations: Mapping[str, Sequence[CitedSentence]],
    wrong: AbstractSet[str],
    doubtful: AbstractSet[str],
    missing: AbstractSet[str],
    exam: Exam,
    pipelines: Pipelines,
    scorer: Scorer,
) -> list[AnswerFacts]:
    """What is known of each test question and of the prompt in which a cell asked it.

    Args:
        cell: whose prompts.
        answered: what it said, and read.
        citations: question id -> what supports each sentence of its answer.
        wrong: ids of the questions whose causes are asked for: of the others less is looked up.
        doubtful: ids of those whose evidence says something else than their accepted answers.
        missing: ids of those whose evidence no document holds.
        exam: questions, evidence and documents.
        pipelines: which give passages back as they were read.
        scorer: which tells whether an accepted answer stands in a text.
    """
    versions = _Versions(exam)
    facts = []
    for question in exam.test:
        passages = _read_by(cell, question, answered, pipelines)
        is_read = _is_read(question, passages, exam)
        is_wrong = question.id in wrong
        if is_wrong and question.id not in exam.gold:
            is_read = any(scorer.is_held(passage.text, question) for passage in passages)
        preferred: Preferred = (
            versions.preferred(question, passages, is_read, citations.get(question.id, ())) if is_wrong else ""
        )
        facts.append(
            AnswerFacts(
                answerable=question.answerable,
                is_doubtful=question.id in doubtful,
                is_missing=question.id in missing,
                has_evidence=question.answerable and question.id in exam.gold,
                is_read=is_read,
                preferred=preferred,
            )
        )
    return facts


def holds_answer(text: str, question: Question, scorer: Scorer) -> bool:
    """Whether an accepted answer stands in a wrong one; a refusal holds none."""
    score = scorer.mark(text, question)
    return bool(text.strip()) and not score.refused and question.answerable and scorer.holds(score)


def _read_by(cell: Cell, question: Question, answered: Answered, pipelines: Pipelines) -> list[Passage]:
    if question.id not in answered or not answered[question.id][0].passages:
        return []
    return cell.row.look_up(pipelines, answered[question.id][0].passages)


def _is_read(question: Question, passages: Sequence[Passage], exam: Exam) -> bool:
    """Whether a passage that holds the evidence was read, or its quote stands in one that was."""
    gold = exam.gold.get(question.id, ())
    if not gold or any(passage.id in gold for passage in passages):
        return bool(gold)
    quote = question.evidence.quote if question.evidence else None
    parts = [squash(part) for part in quote_parts(quote or "")]
    return any(part and part in squash(passage.text) for part in parts for passage in passages)


class _Versions:
    """Tells for one exam which documents are versions of which."""

    def __init__(self, exam: Exam) -> None:
        self._exam = exam
        self._documents = {document.id: document for document in exam.corpus.documents}
        self._family = {
            document.id: {other.id for other in family}
            for family in find_versions(exam.corpus).families
            for document in family
        }

    def preferred(
        self, question: Question, passages: Sequence[Passage], is_read: bool, cited: Sequence[CitedSentence]
    ) -> Preferred:
        """What the answer is out of, where it is no evidence: "version", "document" or "".

        Where the evidence was not read and another version of it was, that one was preferred by the search.
        """
        gold = {self._exam.corpus.by_id[id].document for id in self._exam.gold.get(question.id, ())}
        if not gold:
            return ""
        document_of = {passage.id: passage.document for passage in passages}
        out_of = [document_of[one.passage] for one in cited if one.passage in document_of]
        if is_read:
            if not out_of or gold & set(out_of):
                return ""
            return "version" if self._is_version(out_of[0], gold) else "document"
        return "version" if any(self._is_version(document, gold) for document in document_of.values()) else ""

    def _is_version(self, document: str, gold: AbstractSet[str]) -> bool:
        if document in gold:
            return False
        if self._family.get(document, set()) & gold:
            return True
        return any(are_named_alike(self._documents[document], self._documents[one]) for one in gold)
