"""Pages for when something is wrong, and the one that says that nothing is."""

import logging
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from foundation import again, refusing, standing
from foundation.errors import RuleBroken
from foundation.jobs.models import Heartbeat
from foundation.sqlcipher import room

SAFE = {"GET", "HEAD", "OPTIONS"}
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
LAST_RESORT = (
    "<!doctype html><html lang='en-GB'><title>Hedgerow</title><h1>Sorry, something went wrong</h1>"
    "<p>What you sent was not received. Load this page again to send it once more. "
    "If someone is in danger, phone 999. Tell your safeguarding lead in person.</p>"
)
logger = logging.getLogger(__name__)


@require_safe
@login_not_required
def health(_request: HttpRequest) -> JsonResponse:
    """Whether the web server reaches its database and the worker is at work; nothing else."""
    try:
        ages = Heartbeat.ages()
    except (DatabaseError, refusing.DoesNotOpen):
        return JsonResponse({"ok": False, "state": "broken", "database": False}, status=503)
    worker, scheduler = ages.get("worker"), ages.get("scheduler")
    read_only = standing.read_only(settings.DATA, settings.LEAST_FREE)
    ok = all(age is not None and age <= Heartbeat.LATE_AFTER for age in (worker, scheduler))
    answer = {
        "ok": ok,
        "state": "read-only" if read_only else "open",
        "database": True,
        "worker_seconds": worker,
        "scheduler_seconds": scheduler,
    }
    return JsonResponse(answer, status=200 if ok else 503)


@require_safe
@login_not_required
def quiet(request: HttpRequest) -> HttpResponse:
    """A page that tells nobody anything, for when someone walks up behind."""
    return render(request, "quiet.html")


def rule_broken(request: HttpRequest, error: RuleBroken) -> HttpResponse:
    """The rule's own sentence, on a page that keeps the way back."""
    kept = getattr(request, "keep_typing", str)() if again.words_in(request) else ""
    context = {"sentence": str(error), "kept": kept if "held=" in kept else ""}
    response = render(request, "errors/rule_broken.html", context, status=409)
    return as_whole_page(response)


def not_saved(request: HttpRequest, error: BaseException) -> HttpResponse:
    """The database could not write or answer. Uses neither it nor the session."""
    damaged = refusing.is_damaged(error)
    full = not damaged and (refusing.is_full(error) or room.is_out(settings.DATA))
    why = "damaged" if damaged else "no room" if full else "busy or out of reach"
    logger.error("The database refused: %s", why)
    freed = full and room.give(settings.DATA)
    context: dict[str, Any] = {"full": full, "damaged": damaged, "freed": freed}
    context |= {"writing": request.method not in SAFE, "again": again.to_send(request)}
    response = HttpResponse(
        render_to_string("errors/not_saved.html", context), status=507 if full else 503
    )
    response.could_not_save = True  # type: ignore[attr-defined]
    return as_whole_page(response)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The page was open too long, or was not ours: nothing was done, and nothing typed is lost."""
    return as_whole_page(render(request, "errors/stale_form.html", status=403))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request could not be understood, or held more than we take.

    Django also says so where the database failed while the session was saved, after the page was done.
    """
    if failed := refusing.behind(exception):
        return not_saved(request, failed)
    context = {"too_big": isinstance(exception, TOO_BIG)}
    return as_whole_page(render(request, "errors/400.html", context, status=400))


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """The person may see this, but may not do it. What they wrote meanwhile is theirs to copy."""
    return as_whole_page(render(request, "errors/403.html", again.to_copy(request), status=403))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Not there, or not for this person: one page for both, so that it gives nothing away.

    Whoever could do it until a moment ago, and wrote, finds their words in it.
    """
    return as_whole_page(render(request, "errors/404.html", again.to_copy(request), status=404))


def broken(request: HttpRequest) -> HttpResponse:
    """Our fault. Uses no database, session or context processor: they may be what failed.

    A report that was being sent is no worse off for it: what could not save it may put it elsewhere.
    """
    error = sys.exc_info()[1]
    page = LAST_RESORT
    try:
        if isinstance(error, Exception) and refusing.is_refusal(
            error
        ):  # raised outside a view, such as by the session
            return not_saved(request, error)
        page = str(render_to_string("errors/500.html", {"again": again.to_send(request)}))
    except Exception:
        logger.exception("The page for errors failed as well")
    response = HttpResponse(page, status=500)
    response.could_not_save = True  # type: ignore[attr-defined]
    return as_whole_page(response)


def as_whole_page(response: HttpResponse) -> HttpResponse:
    """Let HTMX replace the page, not the part that was asked for."""
    response["HX-Retarget"] = "body"
    response["HX-Reswap"] = "innerHTML"
    return response
