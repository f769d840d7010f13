"""Every page's frame: language, words, templates and how errors are told."""

import errno
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache, partial
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from assay.errors import AssayError
from assay.report.theme import FONTS, variables
from assay.server.api.errors import RETRY_AFTER_S, status_of
from assay.server.pages.site import Asker, Site
from assay.words import figures, language_tag, languages, message

__all__ = [
    "Page",
    "asker_of",
    "back_to",
    "lang_of",
    "led_to",
    "manages",
    "render",
    "site_of",
    "stylesheet",
    "tell_fault",
    "tell_http",
    "told",
]

Page = Callable[[Request], Awaitable[Response]]

NAVIGATION = ("ask", "documents", "questions", "runs", "marks", "settings")
_MANAGED = ("questions", "runs", "settings")  # shown to whoever may change them
_STATUS = {400: 422}  # a form that cannot be taken as it is
_COOKIE_S = 365 * 86_400


def site_of(request: Request) -> Site:
    """What the app was made with."""
    site: Site = request.app.state.site
    return site


def asker_of(request: Request) -> Asker:
    """Who looks; see `assay.server.pages.coming_in`."""
    asker: Asker = request.state.asker
    return asker


def manages(asker: Asker) -> bool:
    """Whether somebody may change things: sets, runs and keys tell of every document, so they read everything."""
    return asker.may_manage and asker.groups is None


def lang_of(request: Request) -> str:
    """The language that was chosen, else the first of the browser's that there are words for, else English."""
    known = languages()
    wanted = [request.query_params.get("lang", ""), request.cookies.get("lang", "")]
    wanted += [part.split(";")[0].strip() for part in request.headers.get("accept-language", "").split(",")]
    return next((code for one in wanted if (code := one.split("-")[0].lower()) in known), "en")


def render(request: Request, template: str, status: int = 200, **context: Any) -> Response:
    """A page, or the part of one that a script asked for."""
    lang = lang_of(request)
    asker = asker_of(request)
    frame = {
        "w": partial(message, lang=lang),
        "lang": lang,
        "html_lang": language_tag(lang),
        "languages": [(code, message("web.language", code)) for code in languages()],
        "asker": asker,
        "manages": manages(asker),
        "navigation": [name for name in NAVIGATION if _is_for(asker, name)],
        "place": request.url.path.split("/")[1],
        "path": request.url.path,
        "figures": figures,
        "is_signed_in": bool(asker.name),
        "theme": request.cookies.get("theme", ""),
    }
    response = HTMLResponse(_templates().get_template(template).render(frame | context), status)
    if request.query_params.get("lang") in languages():
        response.set_cookie("lang", lang, max_age=_COOKIE_S, samesite="lax", httponly=True)
    return response


def told(page: Page) -> Page:
    """The page, or what went wrong in one sentence with the status that fits."""

    async def answered(request: Request) -> Response:
        try:
            return await page(request)
        except AssayError as error:
            response = _tell(request, _STATUS.get(status_of(error), status_of(error)), str(error))
            if response.status_code in (429, 503):
                response.headers["retry-after"] = str(RETRY_AFTER_S)
            return response
        except (OSError, DBAPIError) as error:
            if not _is_of_a_full_disk(error):
                raise
            return _tell(request, 507, message("web.disk_full", lang_of(request)))

    return answered


def _is_of_a_full_disk(error: Exception) -> bool:
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return "disk is full" in str(error) or "No space left" in str(error)  # in the words of SQLite, of PostgreSQL


def _is_for(asker: Asker, name: str) -> bool:
    """Whether a page is shown to somebody in the navigation."""
    return manages(asker) if name in _MANAGED else name != "marks" or asker.groups is None


async def tell_http(request: Request, error: Exception) -> Response:
    """An address where nothing is, or a method that is not known there."""
    assert isinstance(error, HTTPException)
    if not hasattr(request.state, "asker"):
        request.state.asker = Asker(may_manage=False)
    word = {404: "web.no_page", 405: "web.no_method"}.get(error.status_code)
    said = message(word, lang_of(request)) if word else str(error.detail)
    response = _tell(request, error.status_code, said)
    response.headers.update(error.headers or {})
    return response


async def tell_fault(request: Request, error: Exception) -> Response:
    """A fault of ours: nothing of it is told but that."""
    if not hasattr(request.state, "asker"):
        request.state.asker = Asker(may_manage=False)
    return _tell(request, 500, message("web.fault", lang_of(request)))


def _tell(request: Request, status: int, problem: str) -> Response:
    template = "problem_part.html" if "hx-request" in request.headers else "problem.html"
    return render(request, template, status, problem=problem)


def back_to(path: str) -> Response:
    """The answer to a form: look at this page."""
    return RedirectResponse(path, status_code=303)


def led_to(request: Request, path: str) -> Response:
    """Another page, in the language that was asked for."""
    lang = request.query_params.get("lang")
    return back_to(f"{path}?lang={lang}" if lang in languages() else path)


@lru_cache
def stylesheet() -> str:
    """The app's style with the colours and fonts of the reports."""
    folder = resources.files("assay.server.pages") / "static"
    style = (folder / "app.css").read_text("utf-8")
    light, dark = _colours(variables("light"), "light"), _colours(variables("dark"), "dark")
    return (
        f":root {{ {light} --fonts: {FONTS}; }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root:not([data-theme=light]) {{ {dark} }} }}\n"
        f":root[data-theme=dark] {{ {dark} }}\n{style}"
    )


def _colours(theme: Mapping[str, str], scheme: str) -> str:
    return "".join(f"--{name}:{value};" for name, value in theme.items()) + f" color-scheme: {scheme};"


@lru_cache
def _templates() -> Environment:
    loader = PackageLoader("assay.server.pages")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
