"""A model on this machine as the judge: yes or no in one forward pass. Knows no endpoint."""

from collections.abc import Sequence

import numpy as np

from assay.bench.keys import key_of
from assay.judges.judge import Judge, Opinion, Pair
from assay.judges.wording import JUDGE_PROMPT_VERSION, YES_NO, judge_conversation
from assay.models import open_model
from assay.models.choosing import Chooser, load_chooser
from assay.models.model import LocalModel, Say
from assay.scoring.answer_language import Language

__all__ = ["LocalJudge", "open_local_judge"]


def open_local_judge(name: str, engine: str, say: Say) -> Judge:
    """The judge of a folder, a .gguf file, a known name or a hub id, which every name that is no address may be.

    Raises:
        NotFound: no such folder, file or hub id.
        InputError: a file that is no model.
        MissingExtra: a known model that is not on this machine; an engine that is not installed.
    """
    model = open_model(name, engine, say)
    assert isinstance(model, LocalModel)  # addresses are those of other kinds
    return LocalJudge(model)


class LocalJudge:
    """A model that reads a pair and is asked how likely yes and no are as the whole reply; see `Judge`.

    Args:
        model: its weights, in the precision in which they answer.
        answer_first: whether it reads the answer before the reference.
    """

    def __init__(self, model: LocalModel, answer_first: bool = False) -> None:
        self.name, self.sha256 = model.name, model.sha256
        self.key = key_of(
            weights=model.sha256, engine=model.engine_name, prompts=JUDGE_PROMPT_VERSION, answer_first=answer_first
        )
        self._model, self._answer_first = model, answer_first
        self._loaded: tuple[Language, Chooser] | None = None  # one: each holds the weights

    def turned(self) -> "LocalJudge":
        """The same that reads answer and reference in the other order."""
        return LocalJudge(self._model, not self._answer_first)

    def judge(self, pairs: Sequence[Pair]) -> list[Opinion]:
        """The share of yes among yes and no. Pairs of one language together spare loading anew."""
        return [self._judge(pair) for pair in pairs]

    def _judge(self, pair: Pair) -> Opinion:
        chooser = self._chooser(pair.lang)
        before = chooser.n_tokens
        yes, no = chooser.score_answers([judge_conversation(pair, pair.lang, self._answer_first)])[0]
        return Opinion(float(1 / (1 + np.exp(no - yes))), n_tokens=chooser.n_tokens - before)

    def _chooser(self, lang: Language) -> Chooser:
        if self._loaded is None or self._loaded[0] != lang:
            self._loaded = None
            self._loaded = (lang, self._load(lang))
        return self._loaded[1]

    def _load(self, lang: Language) -> Chooser:
        one, other = (judge_conversation(Pair(text, "", "", ""), lang, self._answer_first) for text in "0x")
        chooser = load_chooser(self._model, YES_NO[lang], (one, other))
        assert chooser is not None  # a local model tells likelihoods
        return chooser
