"""A model behind an OpenAI-compatible URL as the judge: asked in both orders, counted where both agree."""

from collections.abc import Sequence
from functools import cached_property

from assay.bench.keys import key_of
from assay.judges.judge import Judge, Opinion, Pair
from assay.judges.wording import JUDGE_PROMPT_VERSION, judge_conversation, read_yes_no
from assay.models import EndpointModel, open_model
from assay.models.engine import Completion, Engine
from assay.models.model import Say
from assay.settings import check_whole

__all__ = ["EndpointJudge", "open_endpoint_judge"]

_LONGEST = 512  # tokens of a reply: room for those that think before they say yes or no
_SHOWN = 100  # characters of a reply that is neither


def open_endpoint_judge(name: str, engine: str, say: Say) -> Judge | None:
    """The judge of URL#MODEL; None for a name that is no address. Nobody is asked yet.

    Raises:
        InputError: no model is named, or the address was taken from a record that holds no keys.
    """
    if not name.startswith(("http://", "https://")):
        return None
    check_whole(name, "judge")
    model = open_model(name, engine, say)
    assert isinstance(model, EndpointModel)  # by its address
    return EndpointJudge(model)


class EndpointJudge:
    """A model that is asked twice, once with the reference first and once with the answer; see `Judge`.

    It says yes (1) or no (0); where the two differ, or one is neither, it does not tell.
    """

    def __init__(self, model: EndpointModel) -> None:
        self.name, self.sha256 = model.sha256, model.sha256
        self.key = key_of(address=model.sha256, prompts=JUDGE_PROMPT_VERSION)
        self._model = model

    @cached_property
    def _engine(self) -> Engine:
        return self._model.load()

    def judge(self, pairs: Sequence[Pair]) -> list[Opinion]:
        """Opinions of 0 and 1, or None."""
        asked = [judge_conversation(pair, pair.lang, first) for pair in pairs for first in (False, True)]
        replies = self._engine.generate(asked, _LONGEST)
        return [_opinion(*replies[place : place + 2]) for place in range(0, len(replies), 2)]


def _opinion(one: Completion, other: Completion) -> Opinion:
    n_tokens = sum(reply.n_prompt_tokens + reply.n_new_tokens for reply in (one, other))
    said = [read_yes_no(reply.text) for reply in (one, other)]
    for reply, yes in zip((one, other), said, strict=True):
        if yes is None:
            return Opinion(None, "reply", reply.text[:_SHOWN], n_tokens)
    if said[0] != said[1]:
        return Opinion(None, "order", n_tokens=n_tokens)
    return Opinion(float(bool(said[0])), n_tokens=n_tokens)
