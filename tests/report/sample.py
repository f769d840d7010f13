"""A realistic RunResult made by seeded code: 130 questions, nine cells, two adapters, and what can go wrong."""

import random
from collections import Counter
from dataclasses import replace
from math import sqrt
from statistics import mean
from typing import Any

from assay.bench.parts import Parts
from assay.bench.preparation import Preparation
from assay.grid.cell import all_cells, parse_cell
from assay.prompting.prompt_choice import Prompt, PromptChoice, PromptPart, Shown, Tried
from assay.scoring import CitedSentence
from assay.statistics.estimate import Estimate
from assay.studies.grid.shown_grid import show_grid
from assay.verdict.next_action import gaps_of_cell
from assay.verdict.result import (
    AnswerView,
    BreakEven,
    CanaryMark,
    CellSummary,
    Comparison,
    Cost,
    Diagnosis,
    Forgetting,
    Gap,
    LostAnswer,
    NamedCause,
    NextAction,
    PassageView,
    ProbeOutcome,
    ProbePart,
    QuestionFinding,
    QuestionView,
    RetrieverSummary,
    RunResult,
    TriedStep,
    Verdict,
    WaterfallStep,
)

HOSTILE = '<script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">&amp; "quoted"'
FITTED = {"en": "Search fitted to 96 questions. Kept.", "zh": "检索已按 96 道题调整。已采用。"}
PARTS = Parts()
CELLS = tuple(str(cell) for cell in all_cells(PARTS))
RECOMMENDED = "retrieved/tuned"

_SHARE = dict(zip(CELLS, (0.03, 0.05, 0.07, 0.36, 0.38, 0.62, 0.55, 0.53, 0.74), strict=True))
_REFUSES = dict(zip(CELLS, (0.3, 0.45, 0.8, 0.35, 0.5, 0.88, 0.4, 0.5, 0.9), strict=True))
_TOPICS = (
    ("annual leave", "days"),
    ("the climate contribution", "EUR"),
    ("a hotel night", "EUR"),
    ("the notice period", "weeks"),
    ("the warranty", "months"),
    ("the largest range", "m"),
    ("standby power", "W"),
    ("the advance", "EUR"),
    ("carried-over leave", "days"),
    ("the service interval", "hours"),
)
_PLACES = ("Norway", "Portugal", "the Netherlands", "the United Kingdom", "Canada", "grade 5", "the Sondrel 400")
_FOLDERS = ("policies", "products", "sales", "company", "handbook")


def sample_result(n_questions: int = 130, seed: int = 7) -> RunResult:
    """A whole run; the first question carries HTML, the second a very long answer, the third a failed one, the
    fourth two sentences."""
    rng = random.Random(seed)
    passages = _passages(rng)
    questions = [_question(i, passages, rng) for i in range(n_questions)]
    questions[0] = _hostile(questions[0])
    questions[1] = _with_answer(questions[1], RECOMMENDED, text="It depends on the country, said the model. " * 120)
    questions[2] = _with_answer(
        questions[2],
        RECOMMENDED,
        text="",
        correct=None,
        reason="not_scored",
        error="the prompt does not fit the window",
    )
    questions[3:4] = [_with_two_sentences(question, passages) for question in questions[3:4]]
    summaries = [_summary(cell, questions) for cell in CELLS]
    return RunResult(
        run_id="2025-07-14-a3f19c",
        created="2025-07-14T09:41:00+00:00",
        title="skerrivald",
        base="SmolLM2-135M-Instruct",
        engine="openvino, int8",
        counts={
            "documents": 23,
            "pages": 214,
            "passages": 611,
            "skipped_files": 1,
            "train": 160,
            "validation": 40,
            "test": n_questions,
            "clusters": 18,
            "unanswerable": sum(not q.answerable for q in questions),
        },
        detectable_difference=0.118,
        skipped_files=[
            {"path": "archive/board-minutes.pdf", "reason": "it is encrypted: remove the password and run again"}
        ],
        left_out={},
        warnings=["12 test questions name a quote that was not found; they are left out of the decomposition."],
        cells=summaries,
        comparisons=_comparisons(questions),
        retriever=RetrieverSummary(
            {"1": 0.61, "3": 0.82, "5": 0.88, "10": 0.94},
            0.724,
            98,
            "all-MiniLM-L6-v2 + full text",
            0.761,
            [TriedStep("fitting", FITTED, True, 0.702, 0.755, Estimate(0.053, 0.021, 0.084, 96, 90), 96)],
        ),
        diagnosis=_diagnosis(questions),
        verdict=Verdict(
            kind="decided",
            cell=RECOMMENDED,
            best=RECOMMENDED,
            margin=0.05,
            undecided=[],
            more_questions=None,
            next_action=NextAction("bigger_model", "capability", _estimate([0.3] * 50)),
            break_even=[BreakEven("retrieved/tuned", "retrieved/few-shot", 1834)],
        ),
        questions=questions,
        passages=passages,
        training=[_training("tuned on passages", 0.9, rng), _training("tuned closed book", 1.6, rng)],
        settings={
            "generalise": "questions",
            "seed": 7,
            "volume": 10000,
            "margin": 0.05,
            "retrieval": {"k": 3, "mode": "hybrid"},
            "lora": {"rank": 16},
        },
        provenance={
            "corpus_sha256": "5f0c" * 16,
            "questions_sha256": "a91b" * 16,
            "versions": {"torch": "2.9.0", "lancedb": "0.40"},
            "machine": {"cores": 2, "memory_gb": 24, "gpu": None},
            "seconds": {"index": 21.4, "train": 402.0, "exam": 388.5},
        },
        forgetting=[_forgetting("retrieved/tuned", 0.3), _forgetting("none/tuned", 0.05)],
        canary=[
            CanaryMark("retrieved/zero-shot", "", 36, 31, 32, False),
            CanaryMark(RECOMMENDED, "k", 36, 29, 31, False),
        ],
        findings=[QuestionFinding("leak", "q5", "q140", is_reworded=True), QuestionFinding("not_in_evidence", "q6")],
        prompts=[_choice()],
        **show_grid(all_cells(PARTS), PARTS),
    )


def small_result() -> RunResult:
    """What is left when only two prompted cells ran on three questions of one source: no interval, no diagnosis."""
    result = sample_result(3)
    run = ("none/zero-shot", "none/few-shot")
    bare = Estimate(1 / 3, None, None, 3, 1)
    cells = [replace(c, correct=bare, correct_unanswerable=None) for c in result.cells if c.cell in run]
    cells = [replace(c, cost=replace(c.cost, latency_p50_s=None, latency_p95_s=None, n_latency=0)) for c in cells]
    return replace(
        result,
        cells=cells,
        comparisons=[Comparison(run[1], run[0], Estimate(0.0, None, None, 3, 1), None, None)],
        retriever=None,
        diagnosis=Diagnosis([], [], 0, 3, {}),
        verdict=replace(
            result.verdict,
            kind="cannot_tell",
            cell=run[1],
            best=run[1],
            undecided=[run[0]],
            more_questions=400,
            next_action=NextAction("more_questions", None, None),
            break_even=[],
        ),
        questions=[replace(q, cells=[a for a in q.cells if a.cell in run]) for q in result.questions],
        passages={},
        training=[],
        left_out={
            "retrieved/tuned": "the endpoint cannot be tuned",
            "none/tuned": "the endpoint cannot be tuned",
        },
        skipped_files=[],
        warnings=[],
        provenance={},
        forgetting=[],
        canary=[],
        findings=[],
    )


def _choice() -> PromptChoice:
    """A prompt that was accepted, with an example that nobody should be run by."""
    plain = Prompt("Use the passages to answer {form}.", "with a short phrase", "Else say: {refusal}")
    return PromptChoice(
        row="retrieved",
        column="zero-shot",
        lang="en",
        reads=True,
        plain=plain,
        best=replace(plain, form="in as few words as possible", is_after=True, n_examples=1, are_fixed=True),
        is_accepted=True,
        n_prompts=24,
        n_training=72,
        n_validation=60,
        budget_s=300.0,
        round_s=12.0,
        n_answers=640,
        gain=Estimate(0.2, 0.05, 0.35, 60, 60),
        before=Tried(0.4, 620.0, 9.5),
        after=Tried(0.6, 810.0, 4.2),
        parts=[PromptPart(name, Estimate(0.1, -0.02, 0.22, 60, 60)) for name in ("form", "place", "examples")],
        shown=[Shown("Who pays?", "<script>document.title = 1</script>", "The owner")],
        cost=Preparation(311.0, 420000, 900.0),
    )


def _forgetting(cell: str, loss: float) -> Forgetting:
    """An adapter that lost so much of general English, knows no Chinese, and reads less than the base model."""
    english = ProbePart("en", 0.47, 0.47 - loss, Estimate(loss, loss - 0.12, loss + 0.12, 70, 10))
    chinese = ProbePart("zh", 0.06, 0.03, Estimate(0.03, -0.05, 0.11, 70, 10))
    kinds = ("geography", "arithmetic", "format", "a document of the user's")
    categories = [ProbePart(kind, 0.5, 0.5 - loss, Estimate(loss, None, None, 7, 1)) for kind in kinds]
    finding = "lost" if loss > 0.1 else "not_shown"
    general = ProbeOutcome("general", finding, english, [english, chinese], categories, 21, 2)
    read = ProbePart("en", 0.4, 0.25, Estimate(0.15, -0.02, 0.32, 40, 12))
    reading = ProbeOutcome("reading", "may_have_lost", read, [read], [], 8, 2, (0.0, 0.2))
    even = ProbePart("en", 0.4, 0.4, Estimate(0.0, -0.08, 0.08, 30, 30))
    own = ProbeOutcome("own", "kept", even, [even], [], 3, 3)
    context = cell.split("/")[0]
    gain = Comparison(cell, f"{context}/zero-shot", Estimate(0.26, 0.17, 0.35, 130, 18), 0.001, None)
    lost = [
        LostAnswer("general", "What is the capital of France?", "Paris", "The capital is Paris.", "I don't know."),
        LostAnswer("own", HOSTILE, HOSTILE, HOSTILE, ""),
        LostAnswer("reading", "What does parking cost?", "EUR 31", "EUR 31 a month " * 12, "EUR 24"),
    ]
    return Forgetting("with passages", [cell, "oracle/tuned"], gain, [general, own, reading], lost)


def _passages(rng: random.Random) -> dict[str, PassageView]:
    made = {}
    for i in range(120):
        topic, unit = _TOPICS[i % len(_TOPICS)]
        place = _PLACES[i % len(_PLACES)]
        folder = _FOLDERS[i % 18 % len(_FOLDERS)]
        quote = f"For {place}, {topic} is {rng.randint(2, 90)} {unit}."
        text = (
            f"The rules of this chapter hold for all offices unless a country's annex says otherwise. {quote} "
            f"Ask the people team when a case does not fit; they answer within {rng.randint(2, 9)} working days.\n\n"
            f"| Grade | Sum |\n| --- | --- |\n| 1 | {rng.randint(2, 90)} {unit} |\n| 2 | {rng.randint(2, 90)} |"
        )
        name = f"{folder}/{topic.replace(' ', '-')}-{i % 18}.pdf"
        made[f"ps{i:04d}"] = PassageView(f"ps{i:04d}", name, rng.randint(1, 14), f"Rules > {topic.capitalize()}", text)
    return made


def _quote(passage: PassageView) -> str:
    return passage.text.split(". ")[1] + "."


def _question(i: int, passages: dict[str, PassageView], rng: random.Random) -> QuestionView:
    gold = passages[f"ps{(i * 7) % len(passages):04d}"]
    quote = _quote(gold)
    place, rest = quote.removeprefix("For ").split(", ", 1)
    topic, value = rest.rstrip(".").split(" is ")
    answerable = i % 5 != 4
    ease = rng.gauss(0, 0.6)
    others = [f"ps{rng.randrange(len(passages)):04d}" for _ in range(3)]
    found = rng.random() < 0.8
    answers = [_answer(cell, gold, value, answerable, ease, others, found, rng) for cell in CELLS]
    return QuestionView(
        id=f"q{i + 1:03d}",
        text=f"What is {topic} for {place}?" if answerable else f"Which colour has the form for {topic} in {place}?",
        answers=[value, value.replace("EUR", "euros")] if answerable else [],
        answerable=answerable,
        document=gold.document if answerable else None,
        page=gold.page if answerable else None,
        quote=quote if answerable else None,
        cluster=gold.document if answerable else f"u{i}",
        gold_passages=[gold.id] if answerable else [],
        cells=answers,
    )


def _answer(
    cell: str,
    gold: PassageView,
    value: str,
    answerable: bool,
    ease: float,
    others: list[str],
    found: bool,
    rng: random.Random,
) -> AnswerView:
    context = cell.split("/")[0]
    share = _SHARE[cell] if answerable else _REFUSES[cell]
    if context == "retrieved" and answerable:
        share = min(share * 1.2, 0.95) if found else 0.05
    right = rng.random() < min(max(share + 0.12 * ease, 0.0), 1.0)
    refused = right if not answerable else (not right and rng.random() < 0.4)
    read = {"none": [], "retrieved": [gold.id, *others[:2]] if found else others, "oracle": [gold.id]}[context]
    if not answerable and context == "oracle":
        read = others[:1]
    text = (
        "I don't know."
        if refused
        else f"It is {value}."
        if right
        else f"It is {rng.randint(2, 90)} {value.split()[-1]}."
    )
    reason = {
        (True, True): "contains_answer",
        (True, False): "refused_wrongly" if refused else "contradicted",
        (False, True): "refused_rightly",
        (False, False): "answered_unanswerable",
    }[(answerable, right)]
    return AnswerView(
        cell=cell,
        text=text,
        correct=right,
        reason=reason,
        exact_match=False,
        f1=0.8 if right else 0.1,
        refused=refused,
        passages=read,
        n_prompt_tokens=90 + 210 * len(read),
        n_new_tokens=rng.randint(6, 24),
        latency_s=rng.uniform(0.4, 1.6),
        error=None,
        citations=[] if refused or not read else [_cited(text, gold if gold.id in read and right else None)],
    )


def _cited(text: str, passage: PassageView | None) -> CitedSentence:
    if passage is None:
        return CitedSentence(text, None, None, 0.2)
    return CitedSentence(text, passage.id, _quote(passage), 0.9)


def _hostile(question: QuestionView) -> QuestionView:
    cells = [replace(answer, text=HOSTILE) for answer in question.cells]
    return replace(question, text=f"Is {HOSTILE} inert?", answers=[HOSTILE], cells=cells)


def _with_two_sentences(question: QuestionView, passages: dict[str, PassageView]) -> QuestionView:
    """The recommended cell says one thing that a passage supports and one that none does."""
    read = next(answer.passages for answer in question.cells if answer.cell == RECOMMENDED)
    quote = _quote(passages[read[0]])
    said = [f"{quote[:-1]}, as the rules say.", "Ask your line manager for the form."]
    citations = [CitedSentence(said[0], read[0], quote, 0.88), CitedSentence(said[1], None, None, 0.3)]
    return _with_answer(question, RECOMMENDED, text=" ".join(said), citations=citations)


def _with_answer(question: QuestionView, cell: str, **changes: Any) -> QuestionView:
    cells = [replace(a, **changes) if a.cell == cell else a for a in question.cells]
    return replace(question, cells=cells)


def _scores(cell: str, questions: list[QuestionView]) -> list[float | None]:
    found = [next(a for a in q.cells if a.cell == cell).correct for q in questions]
    return [None if right is None else float(right) for right in found]


def _estimate(values: list[float], bounds: tuple[float, float] = (0.0, 1.0)) -> Estimate:
    centre = mean(values)
    spread = mean((v - centre) ** 2 for v in values)
    half = 1.96 * sqrt(1.3 * spread / len(values))
    return Estimate(centre, max(centre - half, bounds[0]), min(centre + half, bounds[1]), len(values), 18)


def _summary(cell: str, questions: list[QuestionView]) -> CellSummary:
    scores = _scores(cell, questions)
    parts = [
        [s for s, q in zip(scores, questions, strict=True) if s is not None and q.answerable is kind]
        for kind in (True, False)
    ]
    sentences = [one for q in questions for a in q.cells if a.cell == cell for one in a.citations]
    context, behaviour = cell.split("/")
    read = {"none": 0, "retrieved": 1, "oracle": 0.5}[context]
    shown = behaviour == "few-shot"
    tuned = behaviour == "tuned"
    return CellSummary(
        cell=cell,
        correct=_estimate([s for s in scores if s is not None]),
        correct_answerable=_estimate(parts[0]) if parts[0] else None,
        correct_unanswerable=_estimate(parts[1]) if parts[1] else None,
        exact_match=0.7 * _SHARE[cell] if tuned else 0.02,
        f1=0.8 * _SHARE[cell] if tuned else 0.35 * _SHARE[cell],
        refusal_rate=0.2 * _REFUSES[cell] + 0.05,
        n_failed=sum(s is None for s in scores),
        cost=Cost(
            prepare_s=21.0 * (read > 0) + (310.0 if tuned else 0) + 2.0 * shown,
            prepare_tokens=88_000 * tuned + 61_000 * (read > 0),
            prepare_peak_mb=3100 if tuned else 900 * (read > 0),
            answer_s=0.08 + 0.32 * read + 0.35 * shown + 0.04 * tuned,
            latency_p50_s=0.21 + 0.62 * read + 0.7 * shown + 0.06 * tuned,
            latency_p95_s=0.34 + 0.9 * read + 0.95 * shown + 0.09 * tuned,
            n_latency=20,
            prompt_tokens=90 + 640 * read + 420 * shown,
            new_tokens=14.2,
        ),
        n_sentences=len(sentences),
        supported=mean(one.passage is not None for one in sentences) if sentences else None,
    )


def _comparisons(questions: list[QuestionView]) -> list[Comparison]:
    servable = [cell for cell in CELLS if not cell.startswith("oracle")]
    made = []
    for i, b in enumerate(servable):
        for a in servable[i + 1 :]:
            pairs = zip(_scores(a, questions), _scores(b, questions), strict=True)
            difference = _estimate([x - y for x, y in pairs if x is not None and y is not None], (-1.0, 1.0))
            certain = difference.low is not None and (difference.low > 0 or (difference.high or 0) < 0)
            made.append(Comparison(a, b, difference, 0.001 if certain else 0.31, 0.012 if certain else 0.62))
    return made


def _diagnosis(questions: list[QuestionView]) -> Diagnosis:
    answerable = [q for q in questions if q.answerable]
    score = {cell: [s or 0.0 for s in _scores(cell, answerable)] for cell in CELLS}

    def difference(upper: str, lower: str) -> Estimate:
        return _estimate([x - y for x, y in zip(score[upper], score[lower], strict=True)], (-1.0, 1.0))

    base = _estimate(score["none/zero-shot"])
    reading = difference("retrieved/zero-shot", "none/zero-shot")
    retrieval = difference("oracle/zero-shot", "retrieved/zero-shot")
    behaviour = difference("oracle/tuned", "oracle/zero-shot")
    rest = _estimate([1 - s for s in score["oracle/tuned"]])
    best = [max(column) for column in zip(*(score[c] for c in CELLS if not c.startswith("oracle")), strict=True)]
    routing = _estimate([x - y for x, y in zip(best, score[RECOMMENDED], strict=True)])
    gaps = [
        Gap("knowledge", "oracle/tuned", "none/tuned", difference("oracle/tuned", "none/tuned")),
        Gap("retrieval", "oracle/tuned", RECOMMENDED, difference("oracle/tuned", RECOMMENDED)),
        Gap("behaviour", "oracle/tuned", "oracle/zero-shot", behaviour),
        Gap("capability", "all right", "oracle/tuned", rest),
        Gap("routing", "best cell per question", RECOMMENDED, routing),
    ]
    cause = {question.id: found for question in questions if (found := _cause(question)) is not None}
    counts = Counter(one for one in cause.values() if one != "right")
    n_wrong = sum(counts.values())
    return Diagnosis(
        gaps=gaps,
        own_gaps=[gap.name for gap in gaps_of_cell(gaps, parse_cell(RECOMMENDED, PARTS))],
        waterfall=[
            WaterfallStep("base", base.value, base),
            WaterfallStep("reading", reading.value, reading),
            WaterfallStep("finding", 0.6 * retrieval.value, retrieval),
            WaterfallStep("picking", 0.4 * retrieval.value, retrieval),
            WaterfallStep("behaviour", behaviour.value, behaviour),
            WaterfallStep("capability", rest.value, rest),
        ],
        n_questions=len(answerable),
        n_without_evidence=len(questions) - len(answerable),
        cause=cause,
        named=[
            NamedCause(name, n, n_wrong, _estimate([float(one == name) for one in cause.values()]))
            for name, n in counts.most_common(2)
        ],
        tried={
            id: {"alone": False, "reworded": True, "bare": False} for id, one in cause.items() if one == "capability"
        },
        effects={"finding": retrieval, "picking": retrieval, "column:zero-shot": behaviour, "reworded": routing},
        n_asked=48,
    )


def _cause(question: QuestionView) -> Any:
    """Why the recommended cell is wrong; None where it is not scored."""
    right = {answer.cell: answer.correct for answer in question.cells}
    if right[RECOMMENDED] is not False:
        return "right" if right[RECOMMENDED] else None
    if not question.answerable:
        return "not_declined"
    read = next(answer.passages for answer in question.cells if answer.cell == RECOMMENDED)
    if right["oracle/tuned"]:
        return "other_version" if set(read) & set(question.gold_passages) else "not_found"
    return "behaviour" if right["oracle/zero-shot"] or right["oracle/few-shot"] else "capability"


def _training(name: str, start: float, rng: random.Random) -> dict[str, Any]:
    curve = []
    for step in range(1, 61):
        loss = start * (0.25 + 0.75 * 0.93**step) + rng.gauss(0, 0.03)
        held_out = start * (0.33 + 0.67 * 0.94**step) if step % 10 == 0 else None
        curve.append([step, loss, held_out])
    return {"name": name, "seconds": 214.0, "n_examples": 480, "epochs": 2, "curve": curve}
