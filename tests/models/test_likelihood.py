"""Likelihoods of given text, by both engines, against transformers' own loss on the real small model."""

import numpy as np
import pytest

from assay.errors import EngineError, InputError
from assay.models import LocalModel, ScriptedModel
from assay.models.likelihood import load_scorer
from assay.models.openvino_scorer import OpenVINOScorer
from assay.models.transformers_scorer import TransformersScorer

pytestmark = pytest.mark.usefixtures("in_float32")

PASSAGE = "Employees get 25 days of annual leave. The car park closes at eight."
PAIRS = [
    (PASSAGE, " How many days of annual leave do employees get?"),
    ("", " How many days of annual leave do employees get?"),
    (PASSAGE * 8, " When does the car park close?"),
    (PASSAGE, " Paris"),
]


@pytest.fixture(scope="module")
def expected(model: LocalModel) -> list[float]:
    """One pair at a time, by the loss that transformers computes, in float32."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(model.folder)
    reference = AutoModelForCausalLM.from_pretrained(model.folder, dtype=torch.float32).eval()
    scores = []
    for first, second in PAIRS:
        assert tokenizer.bos_token_id is None
        lead = tokenizer.encode(first, add_special_tokens=False) or [tokenizer.eos_token_id]
        ids = torch.tensor([lead + tokenizer.encode(second, add_special_tokens=False)])
        labels = ids.clone()
        labels[:, : len(lead)] = -100
        with torch.inference_mode():
            scores.append(-float(reference(input_ids=ids, labels=labels).loss))
    return scores


def test_openvino_agrees_with_transformers(model: LocalModel, expected: list[float]) -> None:
    scorer = load_scorer(model)
    assert isinstance(scorer, OpenVINOScorer)
    together = scorer.score_continuations(PAIRS)
    np.testing.assert_allclose(together, expected, atol=0.15)  # int8 weights against float32
    alone = [scorer.score_continuations([pair])[0] for pair in PAIRS]
    np.testing.assert_allclose(together, alone, atol=0.03)
    assert together[0] > together[1]  # the passage makes its question likelier
    assert scorer.score_continuations([]) == []


def test_transformers_agrees_with_its_own_loss(model: LocalModel, expected: list[float]) -> None:
    scorer = TransformersScorer(model.folder, model.sha256)
    np.testing.assert_allclose(scorer.score_continuations(PAIRS), expected, atol=1e-3)
    with pytest.raises(InputError, match="empty text"):
        scorer.score_continuations([("a", "")])


def test_a_model_that_only_answers_is_refused() -> None:
    with pytest.raises(EngineError, match='Set reranker to "none"'):
        load_scorer(ScriptedModel(lambda conversation: ""))
