"""The pages of the first set-up. They are gone for good once there is a setting (404)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from foundation import fence, mails
from foundation.forms import Form
from safeguarding.audit.trail import System
from safeguarding.people import actions
from safeguarding.people.account_views import slow_down
from safeguarding.people.models import Member, Setting
from safeguarding.people.pages import for_anyone, for_signed_in
from safeguarding.people.passwords import link_for
from safeguarding.people.permissions import FIRST_SET_UP
from safeguarding.people.setting_forms import HoursForm, TermsForm

from . import set_up_code
from .forms import QUESTIONS, CodeForm, PasswordForm, PeopleForm, SettingForm
from .opening import open_with_people

ANSWERS, OPENED = "welcome", "opened_here"
STEPS = [*QUESTIONS, "password"]
TITLES = {
    "setting": "Your setting",
    "people": "The first people",
    "hours": "When you are open",
    "terms": "Your terms",
    "password": "Your own password",
}
Page = Callable[..., HttpResponse]


def only_at_first(view: Page) -> Page:
    """Closed once a setting exists, and looking as if it had never been there."""

    @wraps(view)
    def at_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if Setting.objects.exists():
            raise Http404
        return view(request, *args, **kwargs)

    return for_anyone(at_first)


def with_code(view: Page) -> Page:
    """Closed to whoever has not given the set-up code in this session."""

    @wraps(view)
    def let_in(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not set_up_code.is_let_in(request):
            return redirect("welcome:start")
        return view(request, *args, **kwargs)

    return let_in


@require_http_methods(["GET", "POST"])
@only_at_first
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the set-up code; then say what will be asked, and what is good to have at hand."""
    if set_up_code.is_let_in(request):
        return render(request, "welcome/start.html", {"first": STEPS[0]})
    if request.method == "GET":
        return render(request, "welcome/code.html", {"form": CodeForm()})
    if not set_up_code.may_try(request):
        return slow_down(request)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return render(request, "welcome/code.html", {"form": form}, status=422)
    set_up_code.let_in(request)
    return redirect("welcome:start")


@require_http_methods(["GET", "POST"])
@only_at_first
@with_code
def question(request: HttpRequest, step: str) -> HttpResponse:
    """One page of questions. The answers wait in the session until the last page."""
    if step not in QUESTIONS:
        raise Http404
    if missing := _first_unanswered(request, before=step):
        return redirect("welcome:question", missing)
    data = request.POST if request.method == "POST" else _answer(request, step)
    form = QUESTIONS[step](data)
    if request.method == "POST" and form.is_valid():
        kept = request.session.get(ANSWERS, {})
        request.session[ANSWERS] = {**kept, step: request.POST.urlencode()}
        return _next(step)
    return _show(request, step, form)


@require_http_methods(["GET", "POST"])
@only_at_first
@with_code
def finish(request: HttpRequest) -> HttpResponse:
    """Ask for the password, open the setting, and sign the person in."""
    if missing := _first_unanswered(request):
        return redirect("welcome:question", missing)
    answers = {step: QUESTIONS[step](_answer(request, step)) for step in QUESTIONS}
    known = _known(answers)
    form = PasswordForm(request.POST if request.method == "POST" else None, known=known)
    if not form.is_valid():
        return _show(request, "password", form)
    by = System(FIRST_SET_UP, uuid4())
    with fence.inside(by.setting_id):
        you, first = _open(by, answers, form.cleaned_data["password"])
    del request.session[ANSWERS], request.session[set_up_code.GIVEN]
    perform_login(request, you.user)
    request.session[OPENED] = [str(by.setting_id), [str(one.pk) for one in first]]
    return redirect("welcome:done")


@require_safe
@for_signed_in
def done(request: HttpRequest) -> HttpResponse:
    """The links for the others, in the session that opened the setting: also after Back, or loaded again."""
    if OPENED not in request.session:
        raise Http404
    setting, first = request.session[OPENED]
    with fence.inside(UUID(setting)):
        rows = Member.objects.filter(setting=setting, pk__in=first)
        people = list(rows.select_related("user", "setting").order_by("name"))
    you = next(one for one in people if one.user == request.user)
    # Made anew each time: they are kept nowhere. Whoever has chosen a password needs none.
    links = [(one, link_for(one.user)) for one in people if not one.user.has_usable_password()]
    context = {"setting": you.setting, "links": links, "you": you}
    context["mails_leave"] = mails.leave_this_computer()
    return render(request, "welcome/done.html", context)


@transaction.atomic
def _open(by: System, answers: dict[str, Form], password: str) -> tuple[Member, list[Member]]:
    """Open the setting with its people, and mail the others their links. Who is answering; and all."""
    setting_form, people, hours, terms = (answers[step] for step in QUESTIONS)
    assert isinstance(setting_form, SettingForm)  # noqa: S101  for the type checker
    assert isinstance(people, PeopleForm)  # noqa: S101
    assert isinstance(hours, HoursForm)  # noqa: S101
    assert isinstance(terms, TermsForm)  # noqa: S101
    members = open_with_people(
        by,
        people=people.people(),
        hours=hours.hours(),
        terms=terms.terms(),
        **setting_form.cleaned_data,
    )
    you = next(one for one in members if one.user.email == people.your_email())
    get_adapter().set_password(you.user, password)
    for other in members:
        if other != you:
            actions.invite(by=by, to=other)
    return you, list(members)


def _known(answers: dict[str, Form]) -> list[str]:
    """What is known about the person, which a password must not be made of."""
    setting, people = answers["setting"], answers["people"]
    for form in answers.values():
        form.is_valid()
    assert isinstance(people, PeopleForm)  # noqa: S101  for the type checker
    email = people.your_email()
    name = next(one.name for one in people.people() if one.email == email)
    return [email, name, setting.cleaned_data["name"]]


def _answer(request: HttpRequest, step: str) -> QueryDict | None:
    kept = request.session.get(ANSWERS, {}).get(step)
    return None if kept is None else QueryDict(kept)


def _first_unanswered(request: HttpRequest, before: str = "") -> str:
    """The first step without an answer, up to a step or up to the end; empty when none is left."""
    kept = request.session.get(ANSWERS, {})
    for step in QUESTIONS:
        if step == before:
            return ""
        if step not in kept:
            return step
    return ""


def _next(step: str) -> HttpResponse:
    after = STEPS[STEPS.index(step) + 1]
    return (
        redirect("welcome:finish") if after == "password" else redirect("welcome:question", after)
    )


def _show(request: HttpRequest, step: str, form: Form) -> HttpResponse:
    number = STEPS.index(step)
    context = {
        "form": form,
        "step": step,
        "title": TITLES[step],
        "number": number + 1,
        "of": len(STEPS),
        "before": STEPS[number - 1] if number else "",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "welcome/question.html", context, status=status)
