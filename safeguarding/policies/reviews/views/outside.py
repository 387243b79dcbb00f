"""For anybody with the code of a letter. The page does not know who asks, and keeps nothing of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from safeguarding.people.pages import PublicRequest, for_the_public
from safeguarding.people.places import count, place_of, recent
from safeguarding.policies.reviews import actions
from safeguarding.policies.reviews.forms import CodeForm, LetterForm
from safeguarding.policies.reviews.letters import by_letter
from safeguarding.policies.reviews.models import WayIn
from safeguarding.policies.reviews.models.voices import as_printed

HOUR, TEN_MINUTES = 60 * 60, 10 * 60
FROM_ONE_PLACE = 5  # in an hour: a family may well speak three times
IN_ONE_SETTING = 40
WRONG = 20  # in ten minutes from one place, then it has to wait
NOT_KNOWN = (
    "No policy that is looked at now has this code. Look at each sign again, and whether it is for "
    "this setting."
)
WAIT = "There were many wrong codes from where you are. Wait ten minutes, then try again."


@require_http_methods(["GET", "POST"])
@for_the_public
def find(request: PublicRequest) -> HttpResponse:
    """Type the code of the letter, for those who cannot scan it."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return redirect("policies:say_by_letter", as_printed(form.cleaned_data["code"]))
    return _show(request, "policies/reviews/outside/code.html", form=form)


@require_http_methods(["GET", "POST"])
@for_the_public
def say(request: PublicRequest, code: str) -> HttpResponse:
    """Read the policy that is looked at, and say what one thinks of it."""
    way = _opened_by(request, code)
    if isinstance(way, HttpResponse):
        return way
    clauses = list(way.review.version.clauses.all())
    form = LetterForm(request.POST if request.method == "POST" else None, clauses=clauses)
    if request.method == "POST" and form.is_valid():
        _keep(request, way, form)
        return _show(request, "policies/reviews/outside/thanks.html", review=way.review)
    return _show(
        request, "policies/reviews/outside/say.html", review=way.review, clauses=clauses, form=form
    )


def _opened_by(request: PublicRequest, code: str) -> WayIn | HttpResponse:
    """What this code opens; or the page that says that it opens nothing, or that one has to wait."""
    rows = WayIn.objects.with_code(request.setting, code)
    linked = ("setting", "closed", "review__version", "review__setting", "review__outcome")
    way = rows.select_related(*linked).first()
    if way is not None and way.is_open:
        return way
    if way is not None:
        return _show(
            request,
            "policies/reviews/outside/over.html",
            review=way.review,
            text=request.POST.get("text", "")[:4000],
        )
    wrong = f"policies/letter/wrong/{place_of(request, request.setting)}"
    wait = len(recent(wrong, TEN_MINUTES)) >= WRONG
    if not wait:
        count(wrong, TEN_MINUTES)
    form = CodeForm({"code": code})
    form.add_error("code", WAIT if wait else NOT_KNOWN)
    return _show(request, "policies/reviews/outside/code.html", form=form)


def _keep(request: PublicRequest, way: WayIn, form: LetterForm) -> None:
    by, abuse = by_letter(request.setting), _may_be_abuse(request, form)
    actions.say_by_letter(by=by, way_in=way, may_be_abuse=abuse, **form.said())


def _may_be_abuse(request: PublicRequest, form: LetterForm) -> bool:
    """Signs of misuse. They delay what was sent; it is kept all the same."""
    setting = request.setting
    here = count(f"policies/letter/{place_of(request, setting)}", HOUR) > FROM_ONE_PLACE
    all_here = count(f"policies/letter/{setting.pk}", HOUR) > IN_ONE_SETTING
    from_elsewhere = request.headers.get("Sec-Fetch-Site") == "cross-site"
    return here or all_here or from_elsewhere or form.is_trapped


def _show(request: PublicRequest, template: str, **context: Any) -> HttpResponse:
    form = context.get("form")
    status = 422 if form is not None and form.errors else 200
    home = request.setting.link_to("policies:letter_code")
    around = {"setting": request.setting, "home_href": home, "csrf_token": ""}
    return render(request, template, around | context, status=status)
