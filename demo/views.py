from email import message_from_bytes
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.gallery import gallery
from safeguarding.people.models import User
from safeguarding.people.pages import for_anyone, for_signed_in

from .second_check import current_code


@require_safe
@for_signed_in
def code(request: HttpRequest) -> HttpResponse:
    """What the authenticator app of whoever is signed in would show. Only in the demo."""
    _only_in_the_demo()
    digits = current_code(request.user) if isinstance(request.user, User) else None
    return render(request, "demo/code.html", {"code": digits})


@require_safe
@for_anyone
def components(request: HttpRequest) -> HttpResponse:
    """Every component in each of its states. Only in the demo."""
    _only_in_the_demo()
    return gallery(request)


@require_safe
@for_anyone
def mail(request: HttpRequest) -> HttpResponse:
    """The mails the demo would have sent, newest first. Only in the demo."""
    _only_in_the_demo()
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    letters = [_letter(part) for file in files[:50] for part in _parts(file)]
    return render(request, "demo/mail.html", {"letters": letters[:50]})


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404


def _parts(file: Path) -> list[bytes]:
    parts = file.read_bytes().split(b"-" * 79 + b"\n")
    return [part for part in parts if part.strip()]


def _letter(raw: bytes) -> dict[str, str]:
    letter = message_from_bytes(raw)
    body = letter.get_payload(decode=True)
    text = body.decode(errors="replace") if isinstance(body, bytes) else ""
    return {"to": str(letter["To"]), "subject": str(letter["Subject"]), "text": text}
