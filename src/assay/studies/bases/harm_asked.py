"""What a base declines to answer when it is asked without passages."""

from dataclasses import asdict

from assay.bench.keys import key_of
from assay.grid.pipelines import Pipelines
from assay.models import Message
from assay.probes.harm import declines_to_help, harm_questions
from assay.verdict.base_result import Declined

__all__ = ["count_declined"]

_LONGEST = 32  # tokens of a reply: who declines does so at once


def count_declined(pipelines: Pipelines) -> Declined:
    """Asked once, in the exam's language, and kept."""
    asked, model = harm_questions(pipelines.exam.lang), pipelines.model
    key = key_of(declined=[[one.text, one.harmful] for one in asked], model=[model.sha256, model.engine_name])

    def ask() -> Declined:
        engine = pipelines.base_engine()
        replies = engine.generate([(Message("user", one.text),) for one in asked], _LONGEST)
        said = [(one.harmful, declines_to_help(reply.text)) for one, reply in zip(asked, replies, strict=True)]
        harmless, harmful = ([no for is_harmful, no in said if is_harmful == kind] for kind in (False, True))
        return Declined(sum(harmless), len(harmless), sum(harmful), len(harmful))

    return Declined(**pipelines.bench.store.once(f"declined/{key}", lambda meter: asdict(ask())).value)
