"""What went wrong, as OpenAI's clients read it: the one table from errors to statuses."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assay.errors import AssayError, EngineError, InputError, MissingExtra, NotFound, PartError
from assay.plain_text import plain_text
from assay.server.answering import Busy, TooSlow
from assay.server.current_run import Loading

__all__ = ["RETRY_AFTER_S", "Gone", "NoKey", "NoModel", "add_errors", "error_body", "status_of"]

RETRY_AFTER_S = 2


class NoKey(AssayError):
    """No key, or one that is not in force."""


class NoModel(NotFound):
    """There is no model of that name for whoever asks."""


class Gone(AssayError):
    """Whoever asked has hung up; nobody reads what is told of it."""


_STATUS: list[tuple[type[AssayError], int, str, str | None]] = [
    (NoKey, 401, "invalid_request_error", "invalid_api_key"),
    (NoModel, 404, "invalid_request_error", "model_not_found"),
    (Gone, 499, "invalid_request_error", None),
    (Loading, 503, "server_error", "loading"),
    (Busy, 429, "rate_limit_error", "rate_limit_exceeded"),
    (TooSlow, 504, "server_error", "timeout"),
    (InputError, 400, "invalid_request_error", None),
    (NotFound, 404, "invalid_request_error", "not_found"),
    (MissingExtra, 501, "server_error", None),
    (EngineError, 502, "server_error", None),
    (PartError, 502, "server_error", None),
    (AssayError, 500, "server_error", None),
]


_PLAIN = {
    "missing": "is missing",
    "none_required": "is not supported: leave it out",
    "string_type": "must be a text",
    "list_type": "must be a list",
    "model_attributes_type": "must be an object",
    "model_type": "must be an object",
    "int_from_float": "must be a whole number",
    "finite_number": "must be a number",
    "too_short": "must have at least {min_length}",
    "too_long": "must have at most {max_length}",
}


def status_of(error: Exception) -> int:
    """The HTTP status of an error."""
    return next((status for kind, status, _, _ in _STATUS if isinstance(error, kind)), 500)


def error_body(error: Exception, param: str | None = None) -> dict[str, Any]:
    """An error in OpenAI's shape; of one that is a fault of ours nothing is told but that."""
    for kind, _, name, code in _STATUS:
        if isinstance(error, kind):
            return _body(str(error), name, code, param)
    return _body("the server failed; its log tells more", "server_error", None, None)


def add_errors(app: FastAPI) -> None:
    """Every error of the app in that shape."""
    app.add_exception_handler(AssayError, _tell)
    app.add_exception_handler(RequestValidationError, _tell_invalid)
    app.add_exception_handler(HTTPException, _tell_http)
    app.add_exception_handler(Exception, _tell)


async def _tell(request: Request, error: Exception) -> JSONResponse:
    status = status_of(error)
    headers = {"Retry-After": str(RETRY_AFTER_S)} if status in (429, 503) else {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(error_body(error), status, headers)


async def _tell_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    kind = "server_error" if error.status_code >= 500 else "invalid_request_error"
    asked = f"{request.method} {request.url.path[:200]}"
    said = {
        400: "the body cannot be read as JSON: it is no UTF-8, nested too deep, or has a number that is too long",
        404: f"there is no {asked}: /openapi.json tells what there is",
        405: f"{asked} is not answered: this address takes {(error.headers or {}).get('Allow', 'another method')}",
    }.get(error.status_code, str(error.detail))
    return JSONResponse(_body(said, kind, None, None), error.status_code, error.headers)


async def _tell_invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = max(error.errors(), key=_how_far)
    where = () if first["type"] == "json_invalid" else first["loc"][1:]  # the first tells body, path or query
    param = ".".join(str(part) for part in where if not _is_reading(part))[:200]
    return JSONResponse(_body(_sentence(first, param), "invalid_request_error", None, param or None), 400)


def _how_far(problem: Mapping[str, Any]) -> tuple[int, bool]:
    """Of several readings of a value the one that went furthest tells what is wrong."""
    return len(problem["loc"]), not str(problem["type"]).endswith("_type")


def _is_reading(part: str | int) -> bool:
    """Whether a part of a place says as what a value was read, not where it stands."""
    return isinstance(part, str) and (part == "str" or "[" in part)


def _sentence(problem: Mapping[str, Any], param: str) -> str:
    if problem["type"] == "json_invalid":
        return f"the body is no JSON: {problem.get('ctx', {}).get('error', 'it cannot be read')}"
    if problem["type"] == "string_unicode":
        return f"{param or 'the name of a field'} is no text: it has half a character"
    if not param:
        return "a body is needed: a JSON object, sent with Content-Type: application/json"
    if problem["type"] == "extra_forbidden":
        return f"{param} is not supported: leave it out"
    if problem["type"] == "literal_error" and isinstance(problem.get("input"), str | int | float | bool):
        return f"{param}: {str(problem['input'])[:100]!r} is not supported, only {problem['ctx']['expected']}"
    if problem["type"] in _PLAIN:
        return f"{param} {_PLAIN[problem['type']].format(**problem.get('ctx', {}))}"
    return f"{param}: {str(problem['msg']).removeprefix('Value error, ')}"


def _body(message: str, kind: str, code: str | None, param: str | None) -> dict[str, Any]:
    where = plain_text(param) if param else None
    return {"error": {"message": plain_text(message), "type": kind, "param": where, "code": code}}
