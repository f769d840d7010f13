"""The page Settings: keys are made and ended; the settings in force are told with their documentation."""

import os
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assay.errors import InputError
from assay.plain_text import plain_text
from assay.server.pages.coming_in import managed
from assay.server.pages.frame import back_to, lang_of, render, site_of
from assay.server.pages.site import Site
from assay.settings import as_dict, load_settings, settings_table
from assay.version import __version__
from assay.words import message

__all__ = ["routes"]


async def settings_page(request: Request) -> Response:
    """Who may ask, and what is in force."""
    return await _page(request)


async def add_key(request: Request) -> Response:
    """A new key: it is shown this once, so this answer is the page itself."""
    form = {name: plain_text(str(value)).strip() for name, value in (await request.form()).items()}
    try:
        secret = await run_in_threadpool(_add, site_of(request), form, lang_of(request))
    except InputError as error:
        return await _page(request, 422, problem=str(error), form=form)
    return await _page(request, secret=secret, form={"name": form["name"]})


async def revoke_key(request: Request) -> Response:
    """End a key."""
    name = str((await request.form()).get("name", ""))
    await run_in_threadpool(site_of(request).keys.revoke, name)
    return back_to("/settings")


def routes() -> list[Route]:
    """The page and its forms."""
    return [
        Route("/settings", managed(settings_page), methods=["GET"]),
        Route("/settings/keys", managed(add_key), methods=["POST"]),
        Route("/settings/keys/revoke", managed(revoke_key), methods=["POST"]),
    ]


async def _page(
    request: Request, status: int = 200, problem: str = "", secret: str = "", form: dict[str, str] | None = None
) -> Response:
    told = await run_in_threadpool(_context, site_of(request))
    given = {"name": "", "groups": "", "days": ""} | (form or {})
    return render(request, "settings.html", status, **told, problem=problem, secret=secret, given=given)


def _context(site: Site) -> dict[str, Any]:
    in_force = as_dict(load_settings({}, environ=os.environ))
    run = site.run()
    return {
        "keys": site.keys.entries(),
        "is_first": not site.keys.are_needed(),
        "settings": [(name, default, doc, _shown(in_force[name])) for name, default, doc in settings_table()],
        "version": __version__,
        "workspace": site.workspace.folder.resolve(),
        "documents": site.documents_folder(),
        "run": run.result if run is not None else None,
        "as_of": run.as_of if run is not None else None,
    }


def _shown(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _add(site: Site, form: dict[str, str], lang: str) -> str:
    """The secret of a new key.

    Raises:
        InputError: a name that is none or taken, days that are no number, or a first key that manages nothing.
    """
    may_manage = form.get("manages") == "1"
    reads_all = form.get("reads") != "groups"
    groups = None if reads_all else tuple(one.strip() for one in form.get("groups", "").split(",") if one.strip())
    if not site.keys.are_needed() and not (may_manage and groups is None):
        raise InputError(message("web.keys.first_manages", lang))
    days = form.get("days", "")
    if days and not (days.isascii() and days.isdigit() and 1 <= int(days) <= 36_500):
        raise InputError(message("web.keys.days_wrong", lang))
    return site.keys.add(form.get("name", "")[:200], groups, may_manage, float(days) if days else None)
