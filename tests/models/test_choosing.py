"""The likelihood of given answers, against the plain scorer that shares nothing."""

import numpy as np
import pytest
import transformers

from assay.models import LocalModel, ScriptedModel
from assay.models.answer_rows import group_answers
from assay.models.chat import ChatFormat
from assay.models.choosing import Chooser, load_chooser
from assay.models.engine import Conversation, Message
from assay.models.likelihood import load_scorer

pytestmark = pytest.mark.usefixtures("in_float32")

_ANSWERS = ("fruit", "animal", "a very long name for something that is a tool", "tool")


def _ask(text: str) -> Conversation:
    return (Message("user", f"Is it a fruit, an animal or a tool?\n\nText: {text}"),)


def _open(model: LocalModel) -> Chooser:
    chooser = load_chooser(model, _ANSWERS, (_ask("0"), _ask("x")))
    assert chooser is not None
    return chooser


@pytest.fixture(scope="module", params=["openvino", "transformers"])
def asked(request: pytest.FixtureRequest, model: LocalModel) -> LocalModel:
    """The same weights on either engine."""
    plain = LocalModel(model.name, model.folder, model.sha256, exported=None)
    return model if request.param == "openvino" else plain


def test_agrees_with_the_scorer_that_reads_every_prompt_again(asked: LocalModel) -> None:
    tokenizer = transformers.AutoTokenizer.from_pretrained(asked.folder)
    chat = ChatFormat(tokenizer)
    found = _open(asked).score_answers([_ask("an apple"), _ask("a hammer and a long saw")])
    for row, text in zip(found, ("an apple", "a hammer and a long saw"), strict=True):
        pairs = [(chat.render(_ask(text)), answer + tokenizer.eos_token) for answer in _ANSWERS]
        n_tokens = [len(chat.encode_answer(answer)) for answer in _ANSWERS]
        expected = np.array(load_scorer(asked).score_continuations(pairs)) * n_tokens
        assert row == pytest.approx(expected, abs=1e-3 if asked.exported is None else 0.6)  # int8 rounds by shape


def test_what_was_asked_before_and_beside_does_not_matter(asked: LocalModel) -> None:
    chooser = _open(asked)
    both = chooser.score_answers([_ask("an apple"), _ask("a horse")])
    assert chooser.score_answers([_ask("a horse")])[0] == pytest.approx(both[1], abs=1e-9)
    other = (Message("user", "Say one word."),)  # does not begin as the others do
    alone = _open(asked).score_answers([other])[0]
    assert chooser.score_answers([other])[0] == pytest.approx(alone, abs=1e-9)


def test_answers_of_like_length_are_read_together(model: LocalModel) -> None:
    groups = group_answers(_ANSWERS, ChatFormat(transformers.AutoTokenizer.from_pretrained(model.folder)))
    assert sorted(number for group in groups for number in group.numbers) == [0, 1, 2, 3]
    assert [2] in [list(group.numbers) for group in groups]
    assert all(group.mask.mean() > 0.7 for group in groups)


def test_a_model_without_likelihoods_has_no_chooser() -> None:
    assert load_chooser(ScriptedModel(lambda conversation: "fruit"), _ANSWERS, (_ask("0"), _ask("x"))) is None
