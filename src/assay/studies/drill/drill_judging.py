"""Answers before and after a change become a result: new way, old way, and what else moved. Asks no model anything."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

import numpy as np
import numpy.typing as npt

from assay.bench.bench import Bench
from assay.bench.preparation import Preparation
from assay.corpus.document import Corpus
from assay.errors import InputError, PartError
from assay.grid.answering import Answered
from assay.grid.cell import Cell
from assay.grid.naming import name_cell
from assay.models import Model
from assay.questions import sampling_of
from assay.questions.question import Question
from assay.scorers.answers import ANSWERS
from assay.scoring.scorer import Scorer, chosen_scorer
from assay.settings import Settings, as_dict
from assay.statistics.inference import estimate_difference, estimate_mean
from assay.studies.drill.changes import is_changed
from assay.studies.drill.states import States
from assay.studies.grid.grid_study import describe_provenance
from assay.studies.plan import Plan
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
    run_id: str, states: States, plan: Plan[Cell], answers: Mapping[Cell, AnswersByWay], model: Model, bench: Bench
) -> DrillResult:
    """The result of a drill whose cells have all been answered; the same answers give the same result."""
    before, after = states.before_exam, states.after_exam
    pairs = list(zip(before.questions.questions, after.questions.questions, strict=True))
    changed = [pair for pair in pairs if is_changed(pair[0])]
    unchanged = [old for old, _ in pairs if old.split == "test" and not is_changed(old)]
    scorer = chosen_scorer(bench)
    judged = _judge_all(answers, changed, unchanged, states, bench.settings, scorer, plan)
    price = states.sync_price if any(cell.searches for cell in answers) else None
    return DrillResult(
        run_id=run_id,
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
        cells=list(judged.values()),
        questions=[_view(pair, {cell: answers[cell] for cell in judged}, scorer) for pair in changed],
        settings=as_dict(bench.settings),
        provenance=describe_provenance(before, model, bench)
        | {"corpus_sha256_after": after.corpus.sha256, "exam_after": after.key},
        words={str(cell): name_cell(cell) for cell in judged},
    )


def outcome(text: str | None, old: Question, new: Question, scorer: Scorer = ANSWERS) -> Outcome:
    """Whether an answer is right the new way, the old way, or neither; one that is both settles nothing."""
    if text is None:
        return "failed"
    is_old, is_new = (scorer.mark(text, question).correct is True for question in (old, new))
    return "other" if is_old == is_new else "new" if is_new else "old"


def _judge_all(
    answers: Mapping[Cell, AnswersByWay],
    changed: Sequence[_Pair],
    unchanged: Sequence[Question],
    states: States,
    settings: Settings,
    scorer: Scorer,
    plan: Plan[Cell],
) -> dict[Cell, CellDrill]:
    """The cells, judged; one on whose answers the scorer fails is left out, and why.

    Raises:
        InputError: none is left.
    """
    judged = {}
    for cell, said in answers.items():
        try:
            judged[cell] = _judge(cell, said, changed, unchanged, states, settings, scorer)
        except PartError as error:
            plan.left_out[str(cell)] = str(error)
    if not judged:
        raise InputError("\n".join(f"{cell}: {reason}" for cell, reason in plan.left_out.items()))
    return judged


def _judge(
    cell: Cell,
    said: AnswersByWay,
    changed: Sequence[_Pair],
    unchanged: Sequence[Question],
    states: States,
    settings: Settings,
    scorer: Scorer,
) -> CellDrill:
    ways = [
        _correction(way, states.price(cell, way), answered, said[None], changed, unchanged, settings, scorer)
        for way, answered in said.items()
        if way is not None
    ]
    return CellDrill(str(cell), _tally(said[None], changed, scorer), ways)


def _correction(
    way: Way,
    price: Preparation,
    after: Answered,
    before: Answered,
    changed: Sequence[_Pair],
    unchanged: Sequence[Question],
    settings: Settings,
    scorer: Scorer,
) -> Correction:
    is_right, was_right = _right(after, unchanged, scorer), _right(before, unchanged, scorer)
    sampled = partial(sampling_of, generalise=settings.generalise)
    moved = estimate_difference(is_right, was_right, sampled(unchanged), _rng(settings)).estimate if unchanged else None
    corrected = [_is_corrected(after, pair, scorer) for pair in changed]
    return Correction(
        way=way,
        seconds=price.seconds,
        tokens=price.tokens,
        peak_mb=price.peak_mb,
        trained=_tally(after, [pair for pair in changed if _is_trained(pair)], scorer),
        others=_tally(after, [pair for pair in changed if not _is_trained(pair)], scorer),
        corrected=estimate_mean(corrected, sampled([old for old, _ in changed]), _rng(settings)),
        gained=int(np.sum(is_right > was_right)),
        lost=int(np.sum(is_right < was_right)),
        moved=moved,
    )


def _rng(settings: Settings) -> np.random.Generator:
    return np.random.default_rng(settings.seed)


def _is_trained(pair: _Pair) -> bool:
    return pair[0].split == "train"


def _text(answered: Answered, question: Question) -> str | None:
    return answered[question.id][0].text if question.id in answered else None


def _tally(answered: Answered, pairs: Sequence[_Pair], scorer: Scorer) -> Tally:
    found = Counter(outcome(_text(answered, old), old, new, scorer) for old, new in pairs)
    return Tally(found["new"], found["old"], found["other"], found["failed"])


def _is_corrected(answered: Answered, pair: _Pair, scorer: Scorer) -> float:
    found = outcome(_text(answered, pair[0]), *pair, scorer)
    return float("nan") if found == "failed" else float(found == "new")


def _right(answered: Answered, questions: Sequence[Question], scorer: Scorer) -> npt.NDArray[np.float64]:
    """1 right, 0 wrong, NaN not answered."""
    texts = [(_text(answered, question), question) for question in questions]
    return np.array([np.nan if text is None else scorer.mark(text, q).value for text, q in texts])


def _differing(old: Corpus, new: Corpus) -> dict[str, int]:
    """How many documents and passages the new documents have otherwise, or not any more, or more than the old."""
    hashes = [{(document.id, document.sha256) for document in corpus.documents} for corpus in (old, new)]
    documents = {id for id, _ in hashes[0] ^ hashes[1]}
    return {"documents": len(documents), "passages": len(new.by_id.keys() - old.by_id.keys())}


def _view(pair: _Pair, answers: Mapping[Cell, AnswersByWay], scorer: Scorer) -> ChangedView:
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
        said=[Said(cell, way, text or "", outcome(text, old, new, scorer)) for cell, way, text in texts],
    )
