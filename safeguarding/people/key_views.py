"""Opening what is sealed, and checking the key of a colleague."""

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from foundation.templatetags.hedgerow import outside
from safeguarding.audit.models import INSTALLATION
from safeguarding.audit.trail import record_for, record_knock

from . import actions, keyring, opened
from .account_views import safe_address, slow_down
from .adapters import DOOR
from .forms import UnlockForm
from .models import PersonKey, User
from .pages import (
    MemberRequest,
    checked_just_now,
    fetch,
    for_keeping_people,
    for_signed_in,
    press,
)

WRONG = (
    "That passphrase does not open your key. It is the password you sign in with. If you chose a new "
    "one through a link, somebody who reads the record has to share it with you again."
)


@require_http_methods(["GET", "POST"])
@for_signed_in
def unlock(request: HttpRequest) -> HttpResponse:
    """Ask for the passphrase where somebody signed in without it, such as with a passkey."""
    wanted = safe_address(request.GET.get("next", "")) or outside("home")
    form = UnlockForm(request.POST or None)
    assert isinstance(request.user, User)  # noqa: S101  the door has let nobody else in
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="reauthenticate", user=request.user):
            return slow_down(request)
        if _opened(request, request.user, form.cleaned_data["passphrase"]):
            return HttpResponseRedirect(wanted)
        form.add_error("passphrase", WRONG)
    status = 422 if request.method == "POST" else 200
    return render(request, "people/unlock.html", {"form": form}, status=status)


def _opened(request: HttpRequest, user: User, passphrase: str) -> bool:
    """A first key is made only for whoever knows the password of the account."""
    is_right = keyring.has_pair(user) or user.check_password(passphrase)
    if is_right and opened.open_for_session(request, user, passphrase):
        record_for("key.opened", user, setting_id=INSTALLATION, by=user)
        return True
    record_knock("key.refused", user.pk, by=DOOR)
    return False


def _key(request: MemberRequest, key_id: UUID) -> PersonKey:
    rows = PersonKey.objects.to_confirm(request.member).select_related("user")
    return fetch(rows, key_id, request)


@require_POST
@for_keeping_people
@checked_just_now(_key)
def confirm_key(request: MemberRequest, key_id: UUID) -> HttpResponse:
    key = _key(request, key_id)
    press(request, lambda: actions.confirm_key(by=request.member, key=key))
    messages.success(request, "From now on records are sealed to this key.")
    return redirect("people:waiting")
