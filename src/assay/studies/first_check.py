"""Before long work: does the base model read at all, and does it speak the language of the questions?"""

from dataclasses import dataclass

from assay.errors import EngineError
from assay.models.engine import Engine
from assay.models.prompt import render_question
from assay.probes.easy_reading import easy_questions
from assay.scoring.faults import Fault, find_fault, is_echo

__all__ = ["FirstCheck", "check_reading", "refuse"]

_LONGEST = 24  # tokens
_SAID: dict[Fault | None, str] = {
    "empty": "its replies are empty",
    "echo": "it repeats what it is told",
    "repeating": "it says the same words over and over",
    "identical": "it replies the same to everything",
    None: "hardly any of its replies holds an answer",
}


@dataclass(frozen=True)
class FirstCheck:
    """How a model read.

    Args:
        n: questions asked.
        n_right: replies in which an answer stands.
        fault: what nearly all replies have in common and answers never have; None: nothing.
        question, reply: one that went wrong, if one did.
    """

    n: int
    n_right: int
    fault: Fault | None
    question: str
    reply: str

    @property
    def can_read(self) -> bool:
        """Whether anything is to be hoped for; one answer may be luck."""
        return self.n_right > 1 and self.fault is None


def check_reading(engine: Engine, lang: str) -> FirstCheck:
    """Ask the questions of a language, "en" or "zh", in one batch: a second or two.

    Raises:
        EngineError: the engine failed.
    """
    asked = easy_questions(lang)
    prompts = [render_question(one.text, (one.passage,), lang) for one in asked]
    replies = [done.text for done in engine.generate([(prompt,) for prompt in prompts], _LONGEST)]
    right = [one.is_answered_by(reply) for one, reply in zip(asked, replies, strict=True)]
    shown = right.index(False) if False in right else 0
    fault = find_fault(replies, [is_echo(said, told.content) for said, told in zip(replies, prompts, strict=True)])
    return FirstCheck(len(asked), sum(right), fault, asked[shown].text, replies[shown])


def refuse(model: str, found: FirstCheck) -> EngineError:
    """What a person is told of a model that cannot be used."""
    return EngineError(
        f"{model} cannot be used as it is: of {found.n} easy questions about passages it answers {found.n_right}, and "
        f'{_SAID[found.fault]}. Asked "{found.question}" it said {found.reply!r}. Look at the model behind the name, '
        "its chat template and the endpoint's settings; --set first_check=off runs it all the same"
    )
