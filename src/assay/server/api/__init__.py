"""The interface for programs, as OpenAI's clients speak it, and what machines that watch a server ask."""

from fastapi import FastAPI

from assay.server.api import chat_completions, embeddings, models, responses, watching
from assay.server.api.bodies import LimitedBodies
from assay.server.api.errors import add_errors

__all__ = ["add_api"]


def add_api(app: FastAPI) -> None:
    """All of it."""
    for part in (chat_completions, responses, embeddings, models, watching):
        app.include_router(part.router)
    add_errors(app)
    app.add_middleware(LimitedBodies, n_bytes=app.state.served.limits.n_bytes)
