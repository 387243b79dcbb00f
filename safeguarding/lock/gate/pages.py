"""The pages while the records are closed: unlock, recover, and report. They touch no database."""

import sys
import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import slots
from foundation.again import words_in
from foundation.slots import NotOpened, Opened
from safeguarding.lock import around, drops
from safeguarding.lock.questions import DropForm

from .forms import RecoverForm, UnlockForm
from .state import now
from .tries import Tries

tries = Tries()
BUSY = "Somebody else is trying a passphrase just now. Wait a few seconds, then try again."
WAIT = (
    "There were several wrong tries. Wait {seconds} seconds, then try again. Nobody is shut out, and "
    "nothing was changed."
)
_mouth = threading.Lock()


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Whether it is locked or broken, and the two things one can do: unlock, and report."""
    return _front(request, None)


@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """Unlock with a passphrase."""
    if request.method != "POST":
        return HttpResponseRedirect("/")
    found = _slots()
    form = UnlockForm(request.POST, found)
    if form.is_valid():
        holder, passphrase = form.cleaned_data["holder"], form.cleaned_data["passphrase"]
        opened = _try(request, form, lambda: slots.open_with_passphrase(found, holder, passphrase))
        if opened:
            return _opening(request)
    return _front(request, form)


@require_http_methods(["GET", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """Unlock with two of the three sheets."""
    form = RecoverForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        words = [form.cleaned_data["first"], form.cleaned_data["second"]]
        if _try(request, form, lambda: slots.open_with_sheets(slots.read(settings.DATA), words)):
            return _opening(request)
    return _show(request, "lock/recover.html", form=form)


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Look once more whether the records can be opened, after somebody has put something right."""
    _say("again")
    return _opening(request)


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Report a concern, into the drop. Nobody can read it until the records are open."""
    around_us, slug = around.read(settings.DATA), slug or request.GET.get("at", "")
    typed = request.POST if request.method == "POST" else None
    form = DropForm(typed, asks_where=not (slug or around_us.places))
    place = around_us.place(slug)
    if place is None and around_us.places and request.method != "POST":
        return HttpResponseRedirect("/")  # which lists the settings there are
    if form.is_valid():
        sent = {name: request.POST.getlist(name) for name in form.fields}
        slug = place.slug if place else slug
        try:
            code = drops.put_in(settings.DATA, "tell", slug, sent)
        except (OSError, ValueError):
            written = {"words": words_in(request)}
            return _show(request, "lock/not_kept.html", place=place, again=written, status=507)
        return _show(
            request,
            "lock/kept.html",
            code=code,
            place=place,
            in_danger=form.cleaned_data["in_danger_now"] == "yes",
        )
    return _show(request, "lock/report.html", form=form, place=place)


@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """In which state it is, for machines and for the page that waits."""
    return JsonResponse({"ok": False, "state": now().state}, status=503)


def elsewhere(_request: HttpRequest) -> HttpResponse:
    """Whatever else was asked for is not there while the records are closed."""
    return HttpResponseRedirect("/")


def _try(request: HttpRequest, form: Any, act: Callable[[], Opened]) -> bool:
    """One try, unless this place has to wait. The key goes to whoever started us, and nowhere else."""
    place = str(request.META.get("REMOTE_ADDR", ""))
    if seconds := tries.wait(place):
        form.add_error(None, WAIT.format(seconds=seconds))
        return False
    if not tries.one_at_a_time.acquire(timeout=10):
        form.add_error(None, BUSY)
        return False
    try:
        opened = act()
    except NotOpened as wrong:
        tries.note_wrong(place)
        form.add_error(None, str(wrong))
        return False
    finally:
        tries.one_at_a_time.release()
    further = f" {opened.next.hex()}" if opened.next else ""
    _say(f"key {opened.key.hex()}{further}")
    return True


def _say(line: str) -> None:
    """To whoever started us: standard output is their pipe."""
    with _mouth:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def _slots() -> slots.Slots:
    """The slots; none where the file cannot be read, which the page then says."""
    try:
        return slots.read(settings.DATA)
    except NotOpened:
        return slots.Slots()


def _front(request: HttpRequest, form: UnlockForm | None) -> HttpResponse:
    found = _slots()
    damaged = slots.exist(settings.DATA) and not found.slots
    around_us = around.read(settings.DATA)
    return _show(
        request,
        "lock/front.html",
        form=form or UnlockForm(None, found),
        state=now(),
        holders=found.slots,
        damaged=damaged,
        recovery=found.recovery,
        place=around_us.place(""),
        places=around_us.places,
    )


def _opening(request: HttpRequest) -> HttpResponse:
    return _show(request, "lock/opening.html")


def _show(
    request: HttpRequest, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    form = context.get("form")
    wrong = form is not None and form.is_bound and form.errors
    return render(request, template, context, status=422 if wrong else status)
