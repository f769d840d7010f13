"""What everything that answers is handed. Knows no address and no page."""

from dataclasses import dataclass

from fastapi import Request
from sqlalchemy import Engine

from assay.bench.workspace import Workspace
from assay.server.answering import Answering
from assay.server.current_run import CurrentRun
from assay.server.exam_again import ExamAgain
from assay.server.kept_answers import KeptAnswers
from assay.server.keys import Keys
from assay.server.limits import Limits

__all__ = ["Served", "served_by"]


@dataclass(frozen=True)
class Served:
    """One server: `request.app.state.served`.

    Args:
        workspace: where runs are.
        current: the run that is answered from.
        answering: what answers.
        keys: who may ask.
        database: with the server's own tables.
        limits: how much is taken in.
        kept: what was asked and answered, where that is kept.
        exam_again: what asks the exam again now and then; None: nothing does.
    """

    workspace: Workspace
    current: CurrentRun
    answering: Answering
    keys: Keys
    database: Engine
    limits: Limits
    kept: KeptAnswers
    exam_again: ExamAgain | None = None


def served_by(request: Request) -> Served:
    """What the app of a request was made with."""
    served: Served = request.app.state.served
    return served
