"""Answers before and after a change become a result: new way, old way, and what else moved. Asks no model anything."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from assay.bench.preparation import Preparation
from assay.bench.provenance import describe_provenance
from assay.corpus.document import Corpus
from assay.grid.cell import Cell
from assay.models import Model
from assay.questions import cluster_of
from assay.questions.question import Question
from assay.scoring import score_answer
from assay.settings import Settings, as_dict
from assay.statistics.clustered import clustered_mean, paired_difference
from assay.studies.drill.changes import is_changed
from assay.studies.drill.states import States
from assay.studies.drill.ways import reads
from assay.studies.grid.assemble import Answered
from assay.studies.grid.plan import Plan
from assay.verdict.drill_result import (
    CellDrill,
    ChangedView,
    Correction,
    DrillResult,
    Outcome,
    Said,
    SyncPrice,
    Tally,
    Way,
)

__all__ = ["assemble_drill", "outcome"]

AnswersByWay = Mapping[Way | None, Answered]  # None: before the change
_Pair = tuple[Question, Question]  # one question with its old and with its new answers


def assemble_drill(
    drill_id: str, states: States, plan: Plan, answers: Mapping[Cell, AnswersByWay], model: Model, settings: Settings
) -> DrillResult:
    """The result of a drill whose cells have all been answered; the same answers give the same result."""
    before, after = states.before_exam, states.after_exam
    pairs = list(zip(before.questions.questions, after.questions.questions, strict=True))
    changed = [pair for pair in pairs if is_changed(pair[0])]
    unchanged = [old for old, _ in pairs if old.split == "test" and not is_changed(old)]
    price = states.sync_price if any(reads(cell) for cell in answers) else None
    return DrillResult(
        drill_id=drill_id,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        title=before.title,
        base=model.name,
        engine=model.engine_name,
        counts={
            "changed": len(changed),
            "trained": sum(_is_trained(pair) for pair in changed),
            "unchanged": len(unchanged),
            **_differing(before.corpus, after.corpus),
        },
        sync=SyncPrice(price.seconds, price.tokens, price.peak_mb) if price else None,
        left_out=plan.left_out,
        warnings=plan.warnings,
        cells=[_judge(cell, said, changed, unchanged, states, settings.seed) for cell, said in answers.items()],
        questions=[_view(pair, answers) for pair in changed],
        settings=as_dict(settings),
        provenance=describe_provenance(before, model, settings)
        | {"corpus_sha256_after": after.corpus.sha256, "exam_after": after.key},
    )


def outcome(text: str | None, old: Question, new: Question) -> Outcome:
    """Whether an answer is right the new way, the old way, or neither; one that is both settles nothing."""
    if text is None:
        return "failed"
    is_old, is_new = (score_answer(text, question).correct for question in (old, new))
    return "other" if is_old == is_new else "new" if is_new else "old"


def _judge(
    cell: Cell,
    said: AnswersByWay,
    changed: Sequence[_Pair],
    unchanged: Sequence[Question],
    states: States,
    seed: int,
) -> CellDrill:
    ways = [
        _correction(way, states.price(cell, way), answered, said[None], changed, unchanged, seed)
        for way, answered in said.items()
        if way is not None
    ]
    return CellDrill(str(cell), _tally(said[None], changed), ways)


def _correction(
    way: Way,
    price: Preparation,
    after: Answered,
    before: Answered,
    changed: Sequence[_Pair],
    unchanged: Sequence[Question],
    seed: int,
) -> Correction:
    is_right, was_right = _right(after, unchanged), _right(before, unchanged)
    sources = [cluster_of(question) for question in unchanged]
    moved = paired_difference(is_right, was_right, sources, np.random.default_rng(seed))[0] if unchanged else None
    corrected = [_is_corrected(after, pair) for pair in changed]
    return Correction(
        way=way,
        seconds=price.seconds,
        tokens=price.tokens,
        peak_mb=price.peak_mb,
        trained=_tally(after, [pair for pair in changed if _is_trained(pair)]),
        others=_tally(after, [pair for pair in changed if not _is_trained(pair)]),
        corrected=clustered_mean(corrected, [cluster_of(old) for old, _ in changed], np.random.default_rng(seed)),
        gained=int(np.sum(is_right > was_right)),
        lost=int(np.sum(is_right < was_right)),
        moved=moved,
    )


def _is_trained(pair: _Pair) -> bool:
    return pair[0].split == "train"


def _text(answered: Answered, question: Question) -> str | None:
    return answered[question.id][0].text if question.id in answered else None


def _tally(answered: Answered, pairs: Sequence[_Pair]) -> Tally:
    found = Counter(outcome(_text(answered, old), old, new) for old, new in pairs)
    return Tally(found["new"], found["old"], found["other"], found["failed"])


def _is_corrected(answered: Answered, pair: _Pair) -> float:
    found = outcome(_text(answered, pair[0]), *pair)
    return float("nan") if found == "failed" else float(found == "new")


def _right(answered: Answered, questions: Sequence[Question]) -> npt.NDArray[np.float64]:
    """1 right, 0 wrong, NaN not answered."""
    texts = [(_text(answered, question), question) for question in questions]
    return np.array([np.nan if text is None else float(score_answer(text, q).correct) for text, q in texts])


def _differing(old: Corpus, new: Corpus) -> dict[str, int]:
    """How many documents and passages the new documents have otherwise, or not any more, or more than the old."""
    hashes = [{(document.id, document.sha256) for document in corpus.documents} for corpus in (old, new)]
    documents = {id for id, _ in hashes[0] ^ hashes[1]}
    return {"documents": len(documents), "passages": len(new.by_id.keys() - old.by_id.keys())}


def _view(pair: _Pair, answers: Mapping[Cell, AnswersByWay]) -> ChangedView:
    old, new = pair
    texts = [
        (str(cell), way or "before", _text(answered, old))
        for cell, said in answers.items()
        for way, answered in said.items()
    ]
    return ChangedView(
        id=old.id,
        text=old.text,
        old=list(old.answers),
        new=list(new.answers),
        trained=_is_trained(pair),
        said=[Said(cell, way, text or "", outcome(text, old, new)) for cell, way, text in texts],
    )
