"""Any engine as one that takes in questions while it answers others. Knows no model."""

from collections import defaultdict

from assay.models.engine import Completion, Conversation, Engine, StepwiseEngine

__all__ = ["as_stepwise"]


def as_stepwise(engine: Engine) -> StepwiseEngine:
    """The engine itself where it goes step by step; else one that gives whole answers, one round after the other."""
    return engine if isinstance(engine, StepwiseEngine) else _InRounds(engine)


class _Waiting:
    """An answer that comes whole; see `Begun`."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self.completion: Completion | None = None
        self.is_cancelled = False

    @property
    def is_done(self) -> bool:
        """Whether it has come."""
        return self.completion is not None

    def read(self) -> Completion:
        """Nothing, then everything."""
        return self.completion or Completion("", 0, 0)

    def cancel(self) -> None:
        """It is not asked any more, if it was not yet."""
        self.is_cancelled = True


class _InRounds:
    """What was begun since the last step is answered by the next one, together; see `StepwiseEngine`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.name, self.window = engine.name, engine.window
        self.generate, self.count_tokens = engine.generate, engine.count_tokens
        self._begun: dict[int, list[_Waiting]] = defaultdict(list)  # by the most new tokens

    def begin(self, conversation: Conversation, max_new_tokens: int) -> _Waiting:
        """An answer of the next round."""
        begun = _Waiting(conversation)
        self._begun[max_new_tokens].append(begun)
        return begun

    def step(self) -> None:
        """One round."""
        rounds, self._begun = self._begun, defaultdict(list)
        for most, begun in rounds.items():
            wanted = [one for one in begun if not one.is_cancelled]
            done = self._engine.generate([one.conversation for one in wanted], most) if wanted else []
            for one, completion in zip(wanted, done, strict=True):
                one.completion = completion
