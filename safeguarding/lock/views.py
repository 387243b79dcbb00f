"""Pages for those who lock, and who keep the ways in."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import drop, slots, standing
from safeguarding.people.pages import MemberRequest, attempt, for_keeping_people
from safeguarding.people.permissions import require
from safeguarding.people.views import show_form

from . import actions
from .forms import PassphraseForm
from .models import TakenIn
from .paper import printed
from .permissions import may_keep_keys, may_lock

MOST = 20
IS_SET = "Your passphrase is set. Write it on no screen and tell nobody."
DOING = {
    "lock": (actions.lock_now, "It locks now."),
    "away": (
        actions.put_key_file_away,
        "The key file is gone. From the next start on, somebody has to unlock.",
    ),
    "change": (
        actions.change_key,
        "The key is being changed. Everybody unlocks and signs in again.",
    ),
    "stop": (actions.stop_changes, "Nothing can be changed now. Reports can be sent all the same."),
    "allow": (actions.allow_changes, "Things can be changed again."),
}


@require_safe
@for_keeping_people
def keys(request: MemberRequest) -> HttpResponse:
    """The ways in, what can be done with them, and what the drop holds."""
    require(may_lock, request.member)
    data = settings.DATA
    taken = TakenIn.objects.readable_by(request.member).filter(setting=request.member.setting)
    context = {
        "own_key": standing.keeps_own_key(),
        "can_be_locked": standing.can_be_locked(data),
        "slots": _slots(),
        "may_keep": may_keep_keys(request.member),
        "mine": str(request.member.pk),
        "read_only": standing.read_only(data, settings.LEAST_FREE),
        "unreadable": [one.name for one in drop.unreadable(data)],
        "taken": taken.select_related("concern").order_by("-created_at")[:MOST],
    }
    return render(request, "lock/keys.html", context)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def passphrase(request: MemberRequest) -> HttpResponse:
    """Set a passphrase of one's own. It is never kept as typing, and never shown."""
    require(may_lock, request.member)
    form = PassphraseForm(request.POST if request.method == "POST" else None)

    def act() -> bool:
        actions.set_passphrase(by=request.member, passphrase=form.cleaned_data["passphrase"])
        return True

    if attempt(request, form, act):
        messages.success(request, IS_SET)
        return redirect("lock:keys")
    back = reverse("lock:keys")
    title, button = "A passphrase that unlocks", "Set my passphrase"
    return show_form(request, form, title=title, button=button, back=back)


@require_http_methods(["GET", "POST"])
@for_keeping_people
def sheets(request: MemberRequest) -> HttpResponse:
    """Make and print new recovery sheets. Their words are in the paper and nowhere else."""
    require(may_keep_keys, request.member)
    if request.method != "POST":
        return render(request, "lock/sheets.html", {"keepers": actions.KEEPERS, "slots": _slots()})
    words = actions.make_sheets(by=request.member)
    named = {"Content-Disposition": 'attachment; filename="recovery-sheets.pdf"'}
    paper = printed(request.member.setting, actions.KEEPERS, words)
    return HttpResponse(paper, content_type="application/pdf", headers=named)


@require_POST
@for_keeping_people
def do(request: MemberRequest) -> HttpResponse:
    """One of the buttons on the page of the ways in."""
    require(may_lock, request.member)
    if slot_id := request.POST.get("end"):
        actions.end_passphrase(by=request.member, slot_id=slot_id)
        messages.success(request, "That passphrase opens nothing any more.")
        return redirect("lock:keys")
    found = DOING.get(request.POST.get("what", ""))
    if found is None:
        return HttpResponseBadRequest()
    action, done = found
    action(by=request.member)
    messages.success(request, done)
    return redirect("lock:keys")


def _slots() -> slots.Slots | None:
    """The ways in; none where the file is missing or damaged."""
    try:
        return slots.read(settings.DATA)
    except slots.NotOpened:
        return None
