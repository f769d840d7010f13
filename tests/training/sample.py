"""A few examples to train on, and their loss by another way than Assay's."""

from collections.abc import Sequence
from pathlib import Path

from assay.models import Message
from assay.training import TrainingExample, TrainingLog, TrainingSettings, train

TOWNS = {"Osk": "35 hours", "Veld": "thirty-six", "Tarn": "37", "Bruma": "a week of 38 hours, with breaks"}
PASSAGE = (
    "Use the passages to answer the question.\n\n[1] hours.md | Hours\nIn Osk a full working week has 35 hours, in "
    "Veld 36, in Tarn 37 and in Bruma 38, breaks included. Overtime is paid from the second hour on."
)
_RATES = {"lora": 3e-3, "qlora": 3e-3, "rslora": 3e-3, "dora": 3e-3, "full": 3e-4, "last-layers": 1e-3}


def make_examples(answers: dict[str, str], before: str = "") -> list[TrainingExample]:
    """One question a town, each after the same text."""
    questions = {town: f"{before}\n\nQuestion: How long is a week in {town}?".strip() for town in answers}
    return [TrainingExample((Message("user", questions[town]),), answer) for town, answer in answers.items()]


def make_long_examples(n_passages: int) -> list[TrainingExample]:
    """Twice one question a town, each behind so many passages that begin like no other's."""
    one_each = enumerate([*TOWNS.items()] * 2)
    before = n_passages * PASSAGE
    return [one for i, (town, answer) in one_each for one in make_examples({town: answer}, before=f"{i}\n{before}")]


def train_small(small: Path, method: str, folder: Path, n_steps: int) -> TrainingLog:
    """The same four examples in every step, at a rate at which a model of four layers learns them soon."""
    examples = make_examples(TOWNS)
    settings = TrainingSettings(1, method, batch_size=4, learning_rate=_RATES[method], patience=9)
    return train(small, examples * n_steps, examples, settings, folder)


def saved_loss(base: Path, tuned: Path, examples: Sequence[TrainingExample]) -> float:
    """The mean loss of what was written, a model or an adapter, by transformers and PEFT from labels in float32."""
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM, AutoTokenizer

    from assay.models.chat import ChatFormat

    chat = ChatFormat(AutoTokenizer.from_pretrained(base))
    is_whole = (tuned / "config.json").exists()
    model = AutoModelForCausalLM.from_pretrained(tuned if is_whole else base, dtype=torch.float32)
    model = (model if is_whole else PeftModel.from_pretrained(model, tuned)).eval()
    total, count = 0.0, 0
    for example in examples:
        prompt, answer = chat.encode(example.conversation), chat.encode_answer(example.answer)
        labels = torch.tensor([[-100] * len(prompt) + answer])
        with torch.no_grad():
            total += model(input_ids=torch.tensor([prompt + answer]), labels=labels).loss.item() * len(answer)
        count += len(answer)
    return total / count
