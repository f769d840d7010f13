from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from tests.retrieval.cross_encoder import write_cross_encoder

from assay.corpus.document import Passage
from assay.errors import InputError
from assay.models import LocalModel
from assay.models.likelihood import LikelihoodScorer, load_scorer
from assay.retrieval.rerank import CrossEncoderReranker, load_reranker, rerank, rerank_best

TEXTS = ["The car park closes at eight.", "Employees get 25 days of annual leave.", "Lunch costs five euros."]
PASSAGES = [Passage(str(row), "a.md", None, "", text) for row, text in enumerate(TEXTS)]
QUESTION = "How many days of annual leave do employees get?"


def no_scorer() -> LikelihoodScorer:
    raise AssertionError("the base model is asked by nobody")


class Lengths:
    """Longer is better: a re-ranker whose order is known."""

    name = "lengths"

    def score(self, question: str, passages: Sequence[Passage]) -> list[float]:
        return [float(len(passage.text)) for passage in passages]


def test_order_by_score_and_ties_as_found() -> None:
    def passages(*lengths: int) -> list[Passage]:
        return [Passage(str(row), "a", None, "", "x" * n) for row, n in enumerate(lengths)]

    assert rerank(Lengths(), "", passages(1, 3, 2, 3)) == [1, 3, 2, 0]
    assert rerank(Lengths(), "", []) == []
    # by hand: 1/62 + 1/60, 1/60 + 1/61, 1/61 + 1/62 at equal weight, and the first stage alone when it weighs most
    assert rerank(Lengths(), "", passages(1, 3, 2), first_stage_weight=1) == [1, 0, 2]
    assert rerank(Lengths(), "", passages(1, 3, 2), first_stage_weight=100) == [0, 1, 2]


def test_the_best_are_ranked_again_and_the_rest_stay() -> None:
    passages = [Passage(str(row), "a", None, "", "x" * n) for row, n in enumerate((1, 3, 2, 9))]
    assert [len(passage.text) for passage in rerank_best(Lengths(), "", passages, 3)] == [3, 2, 1, 9]
    assert [len(passage.text) for passage in rerank_best(Lengths(), "", passages, 10)] == [9, 3, 2, 1]


def test_the_base_model_knows_which_passage_the_question_is_about(model: LocalModel) -> None:
    likelihood = load_reranker("likelihood", lambda: load_scorer(model))
    assert likelihood is not None
    assert rerank(likelihood, QUESTION, PASSAGES)[0] == 1
    assert rerank(likelihood, "When does the car park close?", PASSAGES)[0] == 0
    assert likelihood.score(QUESTION, []) == []
    assert model.sha256[:8] in likelihood.name


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_cross_encoder(tmp_path_factory.mktemp("cross"), [*TEXTS, QUESTION])


def test_a_cross_encoder_agrees_with_the_model_itself(cross_encoder: Path) -> None:
    """sentence-transformers puts a sigmoid over a single logit: the model's own forward pass says which."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    reranker = load_reranker(str(cross_encoder), no_scorer)
    assert isinstance(reranker, CrossEncoderReranker)
    tokenizer = AutoTokenizer.from_pretrained(cross_encoder)
    inputs = tokenizer([QUESTION] * 3, TEXTS, padding=True, return_tensors="pt")
    with torch.inference_mode():
        logits = AutoModelForSequenceClassification.from_pretrained(cross_encoder).eval()(**inputs).logits[:, 0]
    np.testing.assert_allclose(reranker.score(QUESTION, PASSAGES), torch.sigmoid(logits).numpy(), atol=1e-4)
    assert reranker.score(QUESTION, []) == []


def test_what_cannot_be_loaded_is_said(tmp_path: Path) -> None:
    assert load_reranker("none", no_scorer) is None
    with pytest.raises(InputError, match="no folder"):
        load_reranker(str(tmp_path / "nothing"), no_scorer)
    with pytest.raises(InputError, match="cannot load the re-ranker"):
        load_reranker(str(tmp_path), no_scorer)
