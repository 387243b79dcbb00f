"""A form that is sent twice is taken once: after a double press, a lost answer, a page loaded again.

The note in each form (see `held`) carries a number that was made for that page alone. What was sent is
remembered as a digest keyed with that number, which is kept nowhere: whoever reads the table learns
neither who sent something nor what. The same words again lead to where they led the first time. Words
that were changed meanwhile are other words, and are taken. Reports and what else carries a key of its
own look after themselves.
"""

import hashlib
import hmac
import time
from uuid import UUID

from django.contrib import messages
from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from . import held
from .models import SentForm

OWN_KEY = "key"
APART = {"csrfmiddlewaretoken", held.FIELD}
TAKEN = "This had reached us already. It is on record once."
LOOKS, PAUSE = 20, 0.05  # the first answer may be a moment away


class SentAlreadyError(Exception):
    """The same form with the same words is being taken, or was."""


def remember(request: HttpRequest) -> None:
    """Remember that this is taken, in the transaction that takes it.

    Raises:
        SentAlreadyError: The same was taken before.

    """
    digest = _digest(request)
    if not digest:
        return
    try:
        with transaction.atomic():
            sent = SentForm.objects.create(setting_id=_setting(request), digest=digest)
    except IntegrityError as taken:
        raise SentAlreadyError from taken
    request._sent_form = sent  # type: ignore[attr-defined]


def earlier_answer(request: HttpRequest) -> HttpResponseRedirect | None:
    """The way to where the same form led before; None if it is the first time."""
    digest = _digest(request) if request.method == "POST" else ""
    sent = _sent(request, digest).first() if digest else None
    return _lead_on(request, sent) if sent else None


def answer_of_the_first(request: HttpRequest) -> HttpResponseRedirect:
    """The way to where the form leads that came just before this one, once that is known."""
    rows = _sent(request, _digest(request))
    for _ in range(LOOKS):
        sent = rows.first()
        if sent is None or sent.led_to:
            break
        time.sleep(PAUSE)
    return _lead_on(request, sent)


def settle(request: HttpRequest, response: HttpResponseBase) -> None:
    """Remember where the form led. What is shown at once and not led to may be asked for again."""
    sent: SentForm | None = getattr(request, "_sent_form", None)
    if sent is None:
        return
    place = response.headers.get("Location", "")
    if place and len(place) <= SentForm.LONGEST:
        SentForm.objects.filter(pk=sent.pk).update(led_to=place)
    else:
        SentForm.objects.filter(pk=sent.pk).delete()


def _setting(request: HttpRequest) -> UUID:
    setting: UUID = request.member.setting_id  # type: ignore[attr-defined]
    return setting


def _sent(request: HttpRequest, digest: str) -> "QuerySet[SentForm]":
    return SentForm.objects.filter(setting=_setting(request), digest=digest)


def _lead_on(request: HttpRequest, sent: SentForm | None) -> HttpResponseRedirect:
    messages.info(request, TAKEN)
    led_to = sent.led_to if sent else ""
    return HttpResponseRedirect(led_to or str(held.note_of(request)["page"]))


def _digest(request: HttpRequest) -> str:
    """What was sent, by whom and where to, keyed with the number of the form; empty without one."""
    number = str(held.note_of(request).get("form", ""))
    if not number or OWN_KEY in request.POST or not _is_of_a_member(request):
        return ""
    if not hasattr(request, "_sent_digest"):
        request._sent_digest = _of_all(request, number)  # type: ignore[attr-defined]
    digest: str = request._sent_digest  # type: ignore[attr-defined]
    return digest


def _is_of_a_member(request: HttpRequest) -> bool:
    return hasattr(request, "member") and held.is_theirs(request)


def _of_all(request: HttpRequest, number: str) -> str:
    digest = hmac.new(number.encode(), digestmod=hashlib.sha256)
    said = [(name, values) for name, values in request.POST.lists() if name not in APART]
    digest.update(repr((str(request.user.pk), request.path, said)).encode(errors="replace"))
    for name, files in request.FILES.lists():
        for one in files:
            digest.update(repr((name, getattr(one, "name", ""))).encode(errors="replace"))
            _add_file(digest, one)
    return digest.hexdigest()


def _add_file(digest: "hmac.HMAC", file: File[bytes]) -> None:
    for part in file.chunks():
        digest.update(part)
    file.seek(0)
