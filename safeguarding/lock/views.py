"""Pages for those who lock, and who keep the ways in."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import drop, slots, standing
from safeguarding.approvals.models import Approval
from safeguarding.backups import ours
from safeguarding.people.pages import (
    MemberRequest,
    attempt,
    checked_just_now,
    for_keeping_people,
)
from safeguarding.people.permissions import require
from safeguarding.people.views import show_form

from . import actions, ways
from .forms import PassphraseForm
from .models import TakenIn
from .paper import printed
from .permissions import may_keep_keys, may_lock

MOST = 20
ASKED = "You have asked for it. It is done as soon as another person says yes."
IS_SET = "Your passphrase is set. Write it on no screen and tell nobody."
DOING = {
    "lock": (actions.lock_now, "It locks now."),
    "stop": (actions.stop_changes, "Nothing can be changed now. Reports can be sent all the same."),
    "allow": (actions.allow_changes, "Things can be changed again."),
}
ASKING = {"away": actions.ask_to_put_key_file_away, "change": actions.ask_to_change_key}


def _holder(request: MemberRequest) -> None:
    require(may_lock, request.member)


def _keeper(request: MemberRequest) -> None:
    require(may_keep_keys, request.member)


@require_safe
@for_keeping_people
def keys(request: MemberRequest) -> HttpResponse:
    """The ways in, what can be done with them, and what the drop holds."""
    require(may_lock, request.member)
    data, found = settings.DATA, _slots()
    taken = TakenIn.objects.readable_by(request.member).filter(setting=request.member.setting)
    context = {
        "own_key": standing.keeps_own_key(),
        "can_be_locked": ways.take_two(),
        "slots": found,
        "former": ways.of_former_holders(found, request.member.setting) if found else [],
        "may_keep": may_keep_keys(request.member),
        "is_shared": ours.is_shared(),
        "mine": str(request.member.pk),
        "read_only": standing.read_only(data, settings.LEAST_FREE),
        "stuck": drop.is_stuck(data, str(request.member.setting_id)),
        "unreadable": [one.name for one in drop.unreadable(data)],
        "taken": taken.select_related("concern").order_by("-created_at")[:MOST],
    }
    return render(request, "lock/keys.html", context)


@require_http_methods(["GET", "POST"])
@for_keeping_people
@checked_just_now(_holder)
def passphrase(request: MemberRequest) -> HttpResponse:
    """Set a passphrase of one's own. It is never kept as typing, and never shown."""
    _holder(request)
    form = PassphraseForm(request.POST if request.method == "POST" else None)

    if done := attempt(request, form, lambda: _set_or_asked(request, form)):
        return done
    back = reverse("lock:keys")
    title, button = "A passphrase that unlocks", "Set my passphrase"
    return show_form(request, form, title=title, button=button, back=back)


@require_http_methods(["GET", "POST"])
@for_keeping_people
@checked_just_now(_keeper)
def sheets(request: MemberRequest) -> HttpResponse:
    """Make and print new recovery sheets. Their words are in the paper and nowhere else."""
    _keeper(request)
    if request.method != "POST":
        context = {"keepers": actions.KEEPERS, "slots": _slots(), "takes_two": ways.take_two()}
        return render(request, "lock/sheets.html", context)
    if ways.take_two():
        _, words = actions.ask_for_sheets(by=request.member)
    else:
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
        return _end(request, slot_id)
    if asking := ASKING.get(request.POST.get("what", "")):
        return _asked(request, asking(by=request.member))
    found = DOING.get(request.POST.get("what", ""))
    if found is None:
        return HttpResponseBadRequest()
    action, done = found
    action(by=request.member)
    messages.success(request, done)
    return redirect("lock:keys")


def _set_or_asked(request: MemberRequest, form: PassphraseForm) -> HttpResponse:
    """A passphrase counts at once where one replaces one's own, or while the key file lies there."""
    member, typed = request.member, form.cleaned_data["passphrase"]
    found = _slots()
    if ways.take_two() and not (found and ways.has_own(found, str(member.pk))):
        return _asked(request, actions.ask_for_passphrase(by=member, passphrase=typed))
    actions.set_passphrase(by=member, passphrase=typed)
    messages.success(request, IS_SET)
    return redirect("lock:keys")


def _end(request: MemberRequest, slot_id: str) -> HttpResponse:
    """Somebody's own passphrase ends at once, and another's once a second person says yes."""
    found = _slots()
    slot = found.slot(slot_id) if found else None
    if ways.take_two() and slot and slot.who != str(request.member.pk):
        return _asked(request, actions.ask_to_end_passphrase(by=request.member, slot_id=slot_id))
    actions.end_passphrase(by=request.member, slot_id=slot_id)
    messages.success(request, "That passphrase opens nothing any more.")
    return redirect("lock:keys")


def _asked(request: MemberRequest, approval: Approval) -> HttpResponse:
    messages.success(request, ASKED)
    return redirect(approval.get_absolute_url())


def _slots() -> slots.Slots | None:
    """The ways in; none where the file is missing or damaged."""
    try:
        return slots.read(settings.DATA)
    except slots.NotOpened:
        return None
