"""Keeping what somebody typed when their sign-in ran out, so that nothing is lost (rule R1, F09).

A page given to a signed-in member carries a signed note of who it was given to and which page it
was. When the form comes back without a session, or with a stale form key, the note says whose
typing it is: it is sealed, kept for that person alone, and put back into the form once they have
signed in. Nothing is ever sent on their behalf: they see it again and press the button themselves.
Files and pictures pasted as text are not kept, and of a flood only its beginning.
"""

import json
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponseBase, QueryDict

from foundation.again import WRITTEN_BY, may_be_kept
from foundation.words import without_pictures

from . import sealing
from .models import HeldForm, User

SALT = "held"
HOURS = 12
FIELD = WRITTEN_BY
MOST = 1_000_000  # bytes kept of one form
TOO_LONG = " [The rest of this was too long and was not kept.]"


def token(request: HttpRequest) -> str:
    """A signed note of who this page was given to, for a hidden field; empty for nobody."""
    if not isinstance(request.user, User):
        return ""
    note = {"user": str(request.user.pk), "page": page_of(request), "form": token_urlsafe(16)}
    if kept := _kept(request):
        note["kept"] = str(kept.pk)
    return signing.dumps(note, salt=SALT)


def hold(request: HttpRequest) -> str:
    """Keep a posted form for its writer; the address that brings it back.

    Without typing, or without knowing whose it is, that is only the page the form stands on.
    """
    note = note_of(request)
    page = note.get("page", request.path)
    writer = _writer(request, note)
    typed = _keepable(request.POST)
    if writer is None or not any(any(values) for values in typed.values()):
        return str(page)
    kept = HeldForm(user=writer, page=_address(page), path=_address(request.path))
    kept.sealed = sealing.seal(_as_json(typed), str(kept.pk))
    kept.save(force_insert=True)
    HeldForm.objects.beyond_the_newest(writer).delete()
    return kept.address


def typed(request: HttpRequest, to: str = "") -> QueryDict | None:
    """What the person has typed: just now, or before their sign-in ran out; None for a fresh form.

    A form shown with kept typing is bound, so act only when `request.method == "POST"` as well as
    `form.is_valid()`. Where a page holds several forms, `to` is the address this one is sent to.
    """
    if request.method == "POST":
        return request.POST
    kept = _kept(request)
    if kept is None or kept.path != (to or kept.page):
        return None
    back = QueryDict(mutable=True)
    for name, values in json.loads(sealing.unseal(bytes(kept.sealed), str(kept.pk))).items():
        back.setlist(name, values)
    return back


def was_held(request: HttpRequest) -> bool:
    """Whether this page shows typing that was kept."""
    return _kept(request) is not None


def is_theirs(request: HttpRequest) -> bool:
    """Whether the posted form carries our note for the person who is signed in."""
    return isinstance(request.user, User) and note_of(request).get("user") == str(request.user.pk)


def has_note(request: HttpRequest) -> bool:
    """Whether the posted form carries our note for somebody who may still sign in."""
    note = note_of(request)
    return "user" in note and _writer(request, note) is not None


def settle(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let go of the kept typing once its form was sent and taken. The middleware calls this."""
    if request.method != "POST" or response.status_code >= 400 or not is_theirs(request):
        return
    if kept := note_of(request).get("kept"):
        HeldForm.objects.filter(user__pk=str(request.user.pk), pk=str(kept)).delete()


def _keepable(sent: QueryDict) -> dict[str, list[str]]:
    """What may be kept of what was sent: no secrets, no pictures, and in all not too much."""
    room, kept = MOST, dict[str, list[str]]()
    for name in filter(may_be_kept, sent):
        kept[name] = []
        for value in sent.getlist(name):
            text = _fitting(without_pictures(str(value)), room)
            room = max(0, room - len(_as_json(text)))
            kept[name].append(text)
    return kept


def _fitting(text: str, room: int) -> str:
    """The text, or as much of its beginning as fits, with a note that the rest is missing."""
    if len(_as_json(text)) <= room:
        return text
    part = text.encode()[:room].decode(errors="ignore")
    while part and len(_as_json(part)) > room:  # unseen characters take more room than one byte
        part = part[: len(part) * 9 // 10]
    return part + TOO_LONG


def _as_json(what: str | dict[str, list[str]]) -> bytes:
    return json.dumps(what, ensure_ascii=False).encode()


def _address(path: str) -> str:
    """An address as its column holds it; one with a picture in it is no page of ours."""
    return without_pictures(path)[:300]


def page_of(request: HttpRequest) -> str:
    """The page as the person sees it, also when only a part of it is asked for."""
    current = request.headers.get("HX-Current-URL", "")
    return urlsplit(current).path if current else request.path


def _kept(request: HttpRequest) -> HeldForm | None:
    wanted = request.GET.get("held", "")
    if request.method != "GET" or not wanted or not isinstance(request.user, User):
        return None
    if not hasattr(request, "_kept_typing"):
        request._kept_typing = _find(request.user, wanted, request.path)  # type: ignore[attr-defined]
    kept: HeldForm | None = request._kept_typing  # type: ignore[attr-defined]
    return kept


def _find(user: User, wanted: str, page: str) -> HeldForm | None:
    try:
        pk = UUID(wanted)
    except ValueError:
        return None
    return HeldForm.objects.filter(user=user, pk=pk, page=page).first()


def note_of(request: HttpRequest) -> dict[str, Any]:
    """Our note in the posted form; empty when it is missing, altered or too old."""
    if not hasattr(request, "_held_note"):
        request._held_note = _read_note(request)  # type: ignore[attr-defined]
    note: dict[str, Any] = request._held_note  # type: ignore[attr-defined]
    return note


def _read_note(request: HttpRequest) -> dict[str, Any]:
    try:
        note = signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        return {}
    return note if isinstance(note, dict) else {}


def _writer(request: HttpRequest, note: dict[str, Any]) -> User | None:
    """Whose typing it is: the note says; without a note, whoever is signed in."""
    if "user" in note:
        return User.objects.filter(pk=note["user"], is_active=True).first()
    return request.user if isinstance(request.user, User) else None
