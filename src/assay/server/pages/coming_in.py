"""Signing in with a key, the session that a cookie names, and pages for those who may."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from sqlalchemy import Column, Engine, String, Table, delete, insert, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assay.server.database import METADATA
from assay.server.pages.frame import Page, asker_of, back_to, lang_of, manages, render, site_of, told
from assay.server.pages.site import Asker, Site
from assay.words import message

__all__ = ["COOKIE", "Sessions", "entered", "managed", "reading_all", "routes"]

COOKIE = "assay_session"
_DAYS = 14
_TO = "microseconds"
_SESSIONS = Table(
    "sessions",
    METADATA,
    Column("secret_sha256", String(64), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("expires", String(40), nullable=False),
)


class Sessions:
    """Who is signed in; of a session's secret only the hash is kept."""

    def __init__(self, database: Engine) -> None:
        self._database = database

    def begin(self, name: str) -> str:
        """The secret of a new session of a key's owner."""
        secret = secrets.token_urlsafe(32)
        row = {"secret_sha256": _hash(secret), "name": name, "expires": _in_days(_DAYS)}
        with self._database.begin() as connection:
            connection.execute(delete(_SESSIONS).where(_SESSIONS.c.expires < _in_days(0)))
            connection.execute(insert(_SESSIONS).values(row))
        return secret

    def holder(self, secret: str) -> tuple[str, str] | None:
        """Whose session that is, and when it began (ISO 8601, UTC); None for none or an old one."""
        wanted = select(_SESSIONS).where(_SESSIONS.c.secret_sha256 == _hash(secret), _SESSIONS.c.expires > _in_days(0))
        with self._database.connect() as connection:
            row = connection.execute(wanted).first()
        if row is None:
            return None
        return str(row.name), (datetime.fromisoformat(row.expires) - timedelta(days=_DAYS)).isoformat(timespec=_TO)

    def end(self, secret: str) -> None:
        """Sign out."""
        with self._database.begin() as connection:
            connection.execute(delete(_SESSIONS).where(_SESSIONS.c.secret_sha256 == _hash(secret)))


def entered(page: Page) -> Page:
    """The page for whoever is signed in, where the server has keys; the others are led to the door."""

    async def answered(request: Request) -> Response:
        site = site_of(request)
        asker = await run_in_threadpool(_find_asker, site, request.cookies.get(COOKIE, ""))
        if asker is None:
            return _to_the_door(request)
        request.state.asker = asker
        return await told(page)(request)

    return answered


def managed(page: Page) -> Page:
    """The page for whoever may change things, and reads everything."""

    async def answered(request: Request) -> Response:
        if not manages(asker_of(request)):
            return render(request, "problem.html", 403, problem=message("web.may_not", lang_of(request)))
        return await page(request)

    return entered(answered)


def reading_all(page: Page) -> Page:
    """The page for whoever reads everything, whether or not they may change things."""

    async def answered(request: Request) -> Response:
        if asker_of(request).groups is not None:
            return render(request, "problem.html", 403, problem=message("web.reads_all", lang_of(request)))
        return await page(request)

    return entered(answered)


async def sign_in_page(request: Request) -> Response:
    """Where a key is asked for."""
    request.state.asker = Asker(may_manage=False)
    return render(request, "sign_in.html", is_wrong=False, next=_own_path(request.query_params.get("next", "")))


async def sign_in(request: Request) -> Response:
    """A session for a key that is valid."""
    site, form = site_of(request), await request.form()
    asker = await run_in_threadpool(site.keys.asker, str(form.get("key", "")).strip())
    next_path = _own_path(str(form.get("next", "")))
    if asker is None:
        request.state.asker = Asker(may_manage=False)
        return render(request, "sign_in.html", 403, is_wrong=True, next=next_path)
    response = back_to(next_path)
    secret = await run_in_threadpool(Sessions(site.database).begin, asker.name)
    is_https = request.url.scheme == "https"
    response.set_cookie(COOKIE, secret, max_age=_DAYS * 86_400, httponly=True, samesite="lax", secure=is_https)
    return response


async def sign_out(request: Request) -> Response:
    """The end of a session."""
    await run_in_threadpool(Sessions(site_of(request).database).end, request.cookies.get(COOKIE, ""))
    response = back_to("/sign-in")
    response.delete_cookie(COOKIE)
    return response


def routes() -> list[Route]:
    """The door."""
    return [
        Route("/sign-in", sign_in_page, methods=["GET"]),
        Route("/sign-in", sign_in, methods=["POST"]),
        Route("/sign-out", sign_out, methods=["POST"]),
    ]


def _find_asker(site: Site, secret: str) -> Asker | None:
    if not site.keys.are_needed():
        return Asker()
    held = Sessions(site.database).holder(secret) if secret else None
    if held is None:
        return None
    name, begun = held
    is_its_key = any(one.name == name and one.created <= begun for one in site.keys.entries())
    return site.keys.still(name) if is_its_key else None  # a later key of the same name opens no earlier session


def _to_the_door(request: Request) -> Response:
    """To sign in, and back to the page; a script, which would take the door for its answer, is told so."""
    if "hx-request" in request.headers:
        request.state.asker = Asker(may_manage=False)
        return render(request, "problem_part.html", 401, problem=message("web.signed_out", lang_of(request)))
    asked = request.url
    page = f"{asked.path}?{asked.query}" if asked.query else asked.path
    if request.method not in ("GET", "HEAD"):
        page = "/" + asked.path.split("/")[1]  # what was sent is lost, and its address is no page
    return back_to(f"/sign-in?next={quote(page)}")


def _own_path(path: str) -> str:
    """A page of this server to go to, and no other address."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _in_days(n: int) -> str:
    return (datetime.now(UTC) + timedelta(days=n)).isoformat(timespec=_TO)
