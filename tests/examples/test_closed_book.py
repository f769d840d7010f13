"""Nobody can have memorised the example company: without its documents, its questions cannot be answered."""

from pathlib import Path

from assay.columns.zero_shot import ZeroShot
from assay.grid.pipeline import Pipeline
from assay.models import LocalModel
from assay.questions import read_questions
from assay.rows.none import NoContext
from assay.scoring import score_answer

_QUESTIONS = Path(__file__).parents[2] / "examples" / "skerrivald" / "questions.jsonl"


def test_the_base_model_knows_next_to_nothing(model: LocalModel) -> None:
    asked = [q for q in read_questions(_QUESTIONS).of_split("test") if q.answerable]
    answers = Pipeline(NoContext(), ZeroShot("en"), model.load(), max_new_tokens=24).answer(asked)
    right = sum(score_answer(a.text, q).correct for a, q in zip(answers, asked, strict=True))
    assert len(asked) >= 110
    assert right / len(asked) < 0.05
