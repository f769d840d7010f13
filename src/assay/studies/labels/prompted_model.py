"""How a language model as it is gets asked: it chooses where it tells likelihoods, else it writes. Knows no way."""

from collections import Counter
from typing import Any

import numpy as np

from assay.bench.meter import Meter
from assay.models import Engine
from assay.models.choosing import Chooser, load_chooser
from assay.questions.answer import Answerer
from assay.studies.labels.label_maker import LabelMaker
from assay.studies.labels.label_pipelines import ChoosingPipeline, FindNearest, WritingPipeline, match_frequencies
from assay.studies.labels.way import Way
from assay.tasks.task_prompt import LABEL_PROMPT_VERSION, Prompt

__all__ = ["ask_untuned", "base_key", "offsets_fact", "write_replies"]

_MATCHED = 64  # training texts by which the names' likelihoods are matched with how often they occur
_MOST_NEW_TOKENS = 256
_MORE_TOKENS = 8  # than the longest right reply


def base_key(maker: LabelMaker) -> list[Any]:
    """What the answers of a language model depend on."""
    return [maker.model.sha256, maker.model.engine_name, LABEL_PROMPT_VERSION, maker.settings.max_new_tokens]


def offsets_fact(maker: LabelMaker, way: Way) -> str:
    """Under which key the store holds what a way's choices are corrected by."""
    return f"offsets/{maker.cell_key(way)}"


def ask_untuned(maker: LabelMaker, way: Way) -> Answerer:
    """The base model under the way's prompt."""
    exam, prompt, find = maker.exam, maker.prompt(way), way.shown.find(maker)
    if exam.task.one_name and exam.names:
        alike = prompt.conversation("0"), prompt.conversation("x")
        chooser = load_chooser(maker.model, exam.names, alike)
        if chooser is not None:
            return ChoosingPipeline(prompt, find, chooser, exam.names, _offsets(maker, way, prompt, find, chooser))
    return write_replies(maker, prompt, find, maker.model.load())


def write_replies(maker: LabelMaker, prompt: Prompt, find: FindNearest, engine: Engine) -> Answerer:
    """An engine that writes, with room for the longest right reply there is to learn from, and a little more."""
    exam = maker.exam
    replies = {exam.task.write(one, exam.lang) for one in exam.train}
    longest = max((engine.count_tokens(reply) for reply in replies), default=maker.settings.max_new_tokens)
    return WritingPipeline(prompt, find, engine, min(_MOST_NEW_TOKENS, longest + _MORE_TOKENS))


def _offsets(maker: LabelMaker, way: Way, prompt: Prompt, find: FindNearest, chooser: Chooser) -> np.ndarray:
    """What makes the names chosen as often as they occur in the training texts; nothing where there are none."""
    exam = maker.exam
    if not exam.train:
        return np.zeros(len(exam.names))
    drawn = np.random.default_rng(maker.settings.seed).permutation(len(exam.train))[:_MATCHED]
    texts = [exam.train[place] for place in sorted(drawn)]

    def match(meter: Meter) -> list[float]:
        asked = [prompt.conversation(text.text, near) for text, near in zip(texts, find(texts), strict=True)]
        before = chooser.n_tokens
        scores = chooser.score_answers(asked)
        meter.tokens = chooser.n_tokens - before
        counts = Counter(name for text in exam.train for name in text.names)
        seen = np.array([counts[name] + 1.0 for name in exam.names])  # one more: none is impossible
        offsets: list[float] = match_frequencies(scores, seen / seen.sum()).tolist()
        return offsets

    return np.array(maker.bench.store.once(offsets_fact(maker, way), match).value)
