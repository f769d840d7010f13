import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from tests.training.sample import PASSAGE, TOWNS, make_examples

from assay.errors import TrainingError
from assay.models import Message
from assay.models.transformers import TransformersEngine
from assay.training import TrainingExample, TrainingSettings, train
from assay.training.notes import training_notes

pytestmark = pytest.mark.usefixtures("in_float32")

_EXAMPLES = make_examples(TOWNS, before=PASSAGE)
_ONE_EPOCH = TrainingSettings(1, batch_size=4)


def _count_tokens(small: Path, example: TrainingExample) -> int:
    from transformers import AutoTokenizer

    from assay.models.chat import ChatFormat
    from assay.training.loss import encode

    return len(encode(example, ChatFormat(AutoTokenizer.from_pretrained(small))).ids)


def test_examples_without_an_answer_or_beyond_the_window_are_left_out_and_counted(small: Path, tmp_path: Path) -> None:
    blank = [TrainingExample((Message("user", "How long?"),), text) for text in ("", " \n")]
    endless = [TrainingExample((Message("user", "word " * 9000),), "35 hours")]  # the window is 8192 tokens
    log = train(small, [*blank, *endless, *_EXAMPLES], [*blank, *endless, *_EXAMPLES[:1]], _ONE_EPOCH, tmp_path)
    assert (log.n_examples, log.n_empty, log.n_too_long, log.n_steps) == (4, 2, 1, 1)
    english, chinese = (training_notes(vars(log), lang) for lang in ("en", "zh"))
    assert english == [
        "Training examples without an answer, left out: 2.",
        "Training examples longer than the model's window, left out: 1.",
    ]
    assert len(chinese) == 2

    with pytest.raises(TrainingError, match="nothing to train on"):
        train(small, [*blank, *endless], [], _ONE_EPOCH, tmp_path / "none")


def test_a_base_without_a_chat_template_or_a_pad_token_learns_and_answers(small: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    shutil.copytree(small, bare)
    (bare / "chat_template.jinja").unlink(missing_ok=True)
    settings = json.loads((bare / "tokenizer_config.json").read_text())
    for name in ("chat_template", "pad_token"):
        settings.pop(name, None)
    (bare / "tokenizer_config.json").write_text(json.dumps(settings))
    engine = TransformersEngine(bare)
    assert engine.chat.tokenizer.chat_template is None

    examples = make_examples({"Osk": "35 hours"})
    train(bare, examples * 16, examples, TrainingSettings(1, batch_size=1, learning_rate=5e-3), tmp_path / "adapter")
    (answer,) = TransformersEngine(bare, tmp_path / "adapter").generate([examples[0].conversation], 16)
    assert answer.text == "35 hours"  # and nothing after it: the end is learnt as well


def test_a_loss_that_is_not_a_number_keeps_the_last_good_weights(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assay.training import gradients

    good = train(small, _EXAMPLES, _EXAMPLES, TrainingSettings(2, batch_size=4, patience=9), tmp_path / "good")
    trained_with = 0
    real = gradients.pack_loss

    def bursting(model: Any, *rest: Any) -> Any:
        nonlocal trained_with
        trained_with += model.training and torch.is_grad_enabled()
        return real(model, *rest) * (float("nan") if trained_with > 2 else 1.0)

    monkeypatch.setattr(gradients, "pack_loss", bursting)
    log = train(small, _EXAMPLES, _EXAMPLES, TrainingSettings(4, batch_size=4, patience=9), tmp_path / "burst")
    assert (log.diverged_at, log.best_step, log.n_steps) == (3, 2, 2)
    assert [row[0] for row in log.curve] == [row[0] for row in good.curve]
    assert training_notes(vars(log), "en") == [
        "The loss at step 3 was not a number: training stopped, and the weights of step 2 were kept."
    ]
    assert (tmp_path / "burst" / "adapter_model.safetensors").exists()


class _SmallMemory:
    """Memory for so many tokens in a forward pass; None: for none unless activations are computed twice."""

    def __init__(self, most_tokens: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
        import sys

        module = sys.modules["assay.training.train"]
        real: Callable[..., Any] = module.load_trainable
        monkeypatch.setattr(module, "load_trainable", lambda *args: self._watched(real(*args)))
        self._most_tokens, self.n_refused = most_tokens, 0

    def _watched(self, model: Any) -> Any:
        model.register_forward_pre_hook(lambda model, args, options: self._check(model, options), with_kwargs=True)
        return model

    def _check(self, model: Any, options: dict[str, Any]) -> None:
        if not torch.is_grad_enabled():
            return
        is_too_much = (
            not model.is_gradient_checkpointing
            if self._most_tokens is None
            else options["input_ids"].numel() > self._most_tokens
        )
        if is_too_much:
            self.n_refused += 1
            raise torch.OutOfMemoryError("CUDA out of memory (as a test has it)")


@pytest.fixture(scope="module")
def roomy(small: Path, in_float32: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """A training with enough memory."""
    folder = tmp_path_factory.mktemp("roomy")
    return train(small, _EXAMPLES, _EXAMPLES[:1], TrainingSettings(2, batch_size=4), folder), folder


@pytest.mark.parametrize("memory", ["a pack", "one example", "none"])
def test_memory_that_runs_out_changes_how_but_not_what_is_computed(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, roomy: tuple[Any, Path], memory: str
) -> None:
    alone = max(_count_tokens(small, example) for example in _EXAMPLES)
    small_memory = _SmallMemory({"a pack": alone + 8, "one example": None, "none": 10}[memory], monkeypatch)
    settings = TrainingSettings(2, batch_size=4)
    if memory == "none":
        with pytest.raises(TrainingError, match="does not suffice for one example"):
            train(small, _EXAMPLES, _EXAMPLES[:1], settings, tmp_path)
        return
    log = train(small, _EXAMPLES, _EXAMPLES[:1], settings, tmp_path)
    plenty, folder = roomy

    assert small_memory.n_refused > 0
    assert log.checkpointed is (memory == "one example")
    assert log.n_halved > 0
    assert training_notes(vars(log), "en")[0].startswith("The memory ran out: at most")
    assert log.n_steps == plenty.n_steps  # the same batches
    for mine, theirs in zip(log.curve, plenty.curve, strict=True):
        assert mine == pytest.approx(theirs, rel=1e-4)
    ours, others = (load_file(place / "adapter_model.safetensors") for place in (tmp_path, folder))
    for name, weight in ours.items():
        assert (weight - others[name]).norm() <= 0.02 * others[name].norm()


def test_checkpoints_change_no_gradient(small: Path) -> None:
    from transformers import AutoTokenizer

    from assay.models.chat import ChatFormat
    from assay.training.loss import encode, pack_loss, share_beginnings
    from assay.training.methods import load_trainable

    model = load_trainable(small, "full", 8, "all-linear").float()
    weights = [p for p in model.parameters() if p.requires_grad]
    chat = ChatFormat(AutoTokenizer.from_pretrained(small))
    (pack,) = share_beginnings([encode(example, chat) for example in _EXAMPLES], 512)
    plain = torch.autograd.grad(pack_loss(model, pack, weights[0].device), weights)
    model.gradient_checkpointing_enable({"use_reentrant": False})
    twice = torch.autograd.grad(pack_loss(model, pack, weights[0].device), weights)
    for one, other in zip(plain, twice, strict=True):
        assert (one - other).norm() <= 1e-4 * one.norm()


def test_an_attention_that_takes_no_such_mask_trains_unpacked(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assay.training import loss

    real = loss._tree_loss
    monkeypatch.setattr(loss, "_tree_loss", lambda model, *rest: real(_Maskless(model), *rest))
    log = train(small, _EXAMPLES, _EXAMPLES[:1], _ONE_EPOCH, tmp_path)
    assert log.packed is False


class _Maskless:
    """A model that ignores the mask it is given."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def __call__(self, attention_mask: Any, **options: Any) -> Any:
        return self._model(**options)
