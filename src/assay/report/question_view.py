"""Every question with each cell's answer, as the page lists them. Knows no HTML."""

from dataclasses import dataclass

from assay.report.cause_view import tried_words
from assay.report.grid_view import cell_name, cell_names
from assay.report.passage_view import PassageRef, place_label
from assay.scoring.marking import UNSUPPORTED, MarkedPiece, mark_sentences
from assay.verdict.result import AnswerView, QuestionView, RowView, RunResult
from assay.words import spoken
from assay.words.page_words import has_word, word

__all__ = ["Answer", "QuestionEntry", "Reading", "Row", "question_entries"]

_SQUARE, _GAP = 5, 2  # pixels of the small grid beside a question


@dataclass(frozen=True)
class Answer:
    """One cell's answer; `state` is "right", "wrong", "unjudged" or "failed"; `tokens` is empty where not counted."""

    people: str
    state: str
    reason: str
    text: str
    error: str
    pieces: list[MarkedPiece]
    quotes: list[tuple[str, PassageRef]]  # by number, from 1
    has_unsupported: bool
    tokens: str
    is_recommended: bool


@dataclass(frozen=True)
class Reading:
    """Passages in the order in which the model read them; `who` names cells where a row's cells differ."""

    who: str
    passages: list[tuple[PassageRef, bool]]  # the second: it holds the evidence


@dataclass(frozen=True)
class Row:
    """One context's answers and what was read for them."""

    context: str
    title: str
    answers: list[Answer]
    readings: list[Reading]


@dataclass(frozen=True)
class QuestionEntry:
    """One question of the list.

    `outcomes` has one letter a field of the grid: 1 right, 0 wrong, ? not judged, - failed or idle.
    """

    id: str
    text: str
    state: str
    cause: str
    cause_title: str
    tried: str  # what became of it when one thing was changed
    outcomes: str
    n_right: int
    n_run: int
    filled: str  # SVG path data of the small grid
    hollow: str
    dots: str
    answers: list[str]
    answerable: bool
    place: str
    quote: str
    rows: list[Row]


def question_entries(result: RunResult, refs: dict[str, PassageRef], lang: str) -> list[QuestionEntry]:
    """The questions in the order of the result."""
    return [_entry(question, result, refs, lang) for question in result.questions]


def _entry(question: QuestionView, result: RunResult, refs: dict[str, PassageRef], lang: str) -> QuestionEntry:
    by_cell = {answer.cell: answer for answer in question.cells}
    columns = result.columns
    outcomes = "".join(_letter(by_cell.get(name)) for name in cell_names(result))
    recommended = by_cell.get(result.verdict.cell)
    cause = result.diagnosis.cause.get(question.id, "")
    return QuestionEntry(
        id=question.id,
        text=question.text,
        state=_state(recommended),
        cause="" if cause == "right" else cause,
        cause_title=word(f"cause.{cause}", lang) if cause and cause != "right" else "",
        tried=tried_words(result, question.id, lang),
        outcomes=outcomes,
        n_right=outcomes.count("1"),
        n_run=len(question.cells),
        filled=_squares(outcomes, "1", len(columns)),
        hollow=_squares(outcomes, "0", len(columns)),
        dots=_squares(outcomes.replace("?", "-"), "-", len(columns)),
        answers=question.answers,
        answerable=question.answerable,
        place=place_label(question.document, question.page, lang),
        quote=question.quote or "",
        rows=[
            *(_row(row, question, result, refs, lang) for row in result.rows if _ran(row.name, by_cell)),
            *(_other_row(by_cell[other.cell], result, refs, lang) for other in result.others),
        ],
    )


def _row(row: RowView, question: QuestionView, result: RunResult, refs: dict[str, PassageRef], lang: str) -> Row:
    order = {f"{row.name}/{column.name}": i for i, column in enumerate(result.columns)}
    answers = sorted((a for a in question.cells if a.cell in order), key=lambda answer: order[answer.cell])
    return Row(
        context=row.name,
        title=spoken(row.title, lang),
        answers=[_answer(answer, result, refs, lang) for answer in answers],
        readings=_readings(result, answers, set(question.gold_passages), refs, lang),
    )


def _other_row(answer: AnswerView, result: RunResult, refs: dict[str, PassageRef], lang: str) -> Row:
    """The answer of a system from elsewhere; what it read is its own, so that none of it is the evidence."""
    title = word("grid.other", lang)
    return Row(
        answer.cell, title, [_answer(answer, result, refs, lang)], _readings(result, [answer], set(), refs, lang)
    )


def _readings(
    result: RunResult, answers: list[AnswerView], gold: set[str], refs: dict[str, PassageRef], lang: str
) -> list[Reading]:
    """What was read, said once where all cells of the row read the same."""
    who: dict[tuple[str, ...], list[str]] = {}
    for answer in answers:
        who.setdefault(tuple(answer.passages), []).append(cell_name(result, answer.cell, lang))
    return [
        Reading(", ".join(names) if len(who) > 1 else "", [(refs[pid], pid in gold) for pid in ids])
        for ids, names in who.items()
    ]


def _answer(answer: AnswerView, result: RunResult, refs: dict[str, PassageRef], lang: str) -> Answer:
    pieces, cited = mark_sentences(answer.text, answer.citations)
    is_counted = answer.n_prompt_tokens or answer.n_new_tokens  # not of a system from elsewhere
    tokens = word("questions.tokens", lang, prompt=answer.n_prompt_tokens, new=answer.n_new_tokens)
    return Answer(
        people=cell_name(result, answer.cell, lang),
        state=_state(answer),
        reason=_reason(answer.reason, result, lang),
        text=answer.text,
        error=answer.error or "",
        pieces=pieces,
        quotes=[(one.quote or "", refs[one.passage]) for one in cited if one.passage],
        has_unsupported=any(piece.mark == UNSUPPORTED for piece in pieces),
        tokens=tokens if is_counted else "",
        is_recommended=answer.cell == result.verdict.cell,
    )


def _reason(reason: str, result: RunResult, lang: str) -> str:
    """The words of the scorer that gave it, else those of the catalogue, else itself."""
    if reason in result.reasons:
        return spoken(result.reasons[reason], lang)
    return word(f"reason.{reason}", lang) if has_word(f"reason.{reason}") else reason


def _ran(context: str, by_cell: dict[str, AnswerView]) -> bool:
    return any(name.startswith(f"{context}/") for name in by_cell)


def _state(answer: AnswerView | None) -> str:
    if answer is None or answer.correct is None:
        return "unjudged" if answer is not None and answer.reason == "unjudged" else "failed"
    return "right" if answer.correct else "wrong"


def _letter(answer: AnswerView | None) -> str:
    return {"right": "1", "wrong": "0", "unjudged": "?", "failed": "-"}[_state(answer)]


def _squares(outcomes: str, letter: str, width: int) -> str:
    """SVG path data: one square, or one dot for "-", a cell whose outcome is the letter."""
    step = _SQUARE + _GAP
    places = [(i % width * step + 1, i // width * step + 1) for i, outcome in enumerate(outcomes) if outcome == letter]
    if letter == "-":
        return "".join(f"M{x + 2} {y + 2}h1v1h-1z" for x, y in places)
    return "".join(f"M{x} {y}h{_SQUARE}v{_SQUARE}h-{_SQUARE}z" for x, y in places)
