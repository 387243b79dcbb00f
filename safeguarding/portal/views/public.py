"""Pages for anyone at all. They do not know who asks, and leave nothing on anybody's device."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from safeguarding.concerns.actions import add_from_outside
from safeguarding.concerns.report import fingerprint_today
from safeguarding.concerns.routing import somebody_can_hear
from safeguarding.people.models import Setting
from safeguarding.people.pages import PublicRequest, for_the_public
from safeguarding.portal import actions, limits, receipts
from safeguarding.portal.codes import address_of, square
from safeguarding.portal.forms import CodeForm, FurtherForm, TellForm
from safeguarding.portal.models import Pause, Teller
from safeguarding.portal.told import public_form
from safeguarding.portal.ways import ways

WAIT = (
    "There were many wrong codes from where you are. Wait ten minutes, then try again. Your report "
    "and everything on it is kept. If it cannot wait, call one of the numbers on this page."
)
MISTYPED = "There is a typing mistake in this code. Look at each group again. Nothing is lost."
NOT_KNOWN = (
    "No receipt of this setting has this code. Look at each group again, and whether it is for this "
    "setting. Your report is kept, whether you find its code or not."
)


@require_http_methods(["GET", "POST"])
@for_the_public
def tell(request: PublicRequest) -> HttpResponse:
    """Tell us what worries you. What is sent is always kept, also while the form rests."""
    form = TellForm(request.POST if request.method == "POST" else None)
    setting = request.setting
    if request.method == "POST" and form.is_valid():
        told = form.told(setting, may_be_abuse=_may_be_abuse(request, form))
        concern, code = actions.tell_us(
            by=public_form(setting), setting=setting, form=form.cleaned_data["key"], told=told
        )
        context = {"code": code, "square": square(_with_place(setting, code)), "concern": concern}
        heard = somebody_can_hear(concern)
        return _show(request, "portal/receipt.html", **context, heard=heard)
    if request.method == "GET" and Pause.objects.standing().filter(setting=setting).exists():
        return _show(request, "portal/paused.html")
    return _show(request, "portal/tell.html", form=form)


@require_http_methods(["GET", "POST"])
@for_the_public
def replies(request: PublicRequest) -> HttpResponse:
    """Come back with a code: how far it has come, what was answered, and a box to write again.

    The code is only ever sent in a form, never in an address.
    """
    typed = request.POST if request.method == "POST" else None
    asked = CodeForm(typed)
    if typed is None or not asked.is_valid():
        return _show(request, "portal/code.html", form=asked)
    code = asked.cleaned_data["code"]
    teller = _whose(request, asked, code)
    further = FurtherForm(typed if "text" in typed else None, initial={"code": code})
    if teller is None:
        kept = further["text"] if typed.get("text", "").strip() else None
        return _show(request, "portal/code.html", form=asked, kept=kept)
    written = "text" in typed and further.is_valid()
    if written:
        _add(teller, further.cleaned_data["text"])
        further = FurtherForm(None, initial={"code": code})
    return _show(request, "portal/replies.html", form=further, written=written, **_thread(teller))


def _whose(request: PublicRequest, form: CodeForm, code: str) -> Teller | None:
    """Whoever holds this code; where nobody does, or it cannot be said now, the form says so."""
    found = (
        Teller.objects.with_receipt(request.setting, code)
        .select_related("setting", "concern__setting")
        .first()
    )
    if limits.must_wait(request, request.setting):
        form.add_error("code", WAIT)
        return None
    if found is None:
        limits.note_wrong_code(request, request.setting)
        form.add_error("code", MISTYPED if receipts.is_mistyped(code) else NOT_KNOWN)
    return found


def _add(teller: Teller, text: str) -> None:
    by, concern = public_form(teller.setting), teller.concern
    fingerprint = fingerprint_today(text, answers=concern.letters.all())
    add_from_outside(by=by, concern=concern, text=text, fingerprint=fingerprint)


def _thread(teller: Teller) -> dict[str, Any]:
    """How far it has come, and when each side wrote. What they wrote themselves is not shown."""
    return {
        "progress": teller.concern.progress,
        "received": teller.concern.created_at,
        "letters": teller.concern.letters.order_by("created_at"),
        "written_on": [one.created_at for one in teller.concern.addenda.order_by("created_at")],
    }


def _may_be_abuse(request: PublicRequest, form: TellForm) -> bool:
    """Signs of misuse. They delay a message at most; what was sent is kept all the same."""
    from_elsewhere = request.headers.get("Sec-Fetch-Site") == "cross-site"
    too_often = limits.is_too_often(request, request.setting)
    return from_elsewhere or too_often or form.is_trapped


def _with_place(setting: Setting, code: str) -> str:
    return f"{code}\n{setting.name}\n{address_of(setting, 'portal:replies')}"


def _show(request: PublicRequest, template: str, **context: Any) -> HttpResponse:
    """A page with who else to call; 422 when a form came back with something to put right."""
    form = context.get("form")
    status = 422 if form is not None and form.errors else 200
    home = request.setting.link_to("portal:tell")
    around = {"setting": request.setting, "home_href": home, "csrf_token": ""}
    return render(request, template, around | ways(request.setting) | context, status=status)
