"""Building a policy: choose it, answer page by page, look at it with what is missing, save it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from safeguarding.people.pages import MemberRequest, attempt, for_members
from safeguarding.people.permissions import require
from safeguarding.policies.actions.building import build_policy, keep_answers
from safeguarding.policies.models import PolicyAnswers, PolicyVersion
from safeguarding.policies.permissions import may_write

from . import library
from .compose import compose
from .forms import PageForm, SaveForm
from .given import Given
from .schema import Page, Text
from .words import words_for


@for_members
@require_safe
def choose(request: MemberRequest) -> HttpResponse:
    require(may_write, request.member)
    made = PolicyVersion.objects.readable_by(request.member).built().order_by("number")
    newest = {one.policy.slug: one for one in made}
    texts = [(one, newest.get(one.id)) for one in library.texts().values()]
    return render(request, "policies/builder/choose.html", {"texts": texts})


@for_members
@require_safe
def overview(request: MemberRequest, text_id: str) -> HttpResponse:
    require(may_write, request.member)
    text, given = _text(text_id), _given(request)
    pages = [
        {"page": page, "asked": asked, "own": sum(name in given.choices for name in asked)}
        for page in library.pages_of(text)
        for asked in [[one.id for one in library.choices_of(text, page)]]
    ]
    return render(request, "policies/builder/overview.html", {"text": text, "pages": pages})


@for_members
@require_http_methods(["GET", "POST"])
def questions(request: MemberRequest, text_id: str, page_id: str) -> HttpResponse:
    require(may_write, request.member)
    text, given = _text(text_id), _given(request)
    page = _page(text, page_id)
    form = PageForm(text, page, given, request.POST or None)
    if form.is_valid():
        said = given.and_also(form.chosen(), form.facts())
        keep_answers(by=request.member, text=text, given=said)
        return _after(text, page)
    about = {"text": text, "page": page, "form": form, "pages": library.pages_of(text)}
    status = 422 if form.is_bound else 200
    return render(request, "policies/builder/questions.html", about, status=status)


@for_members
@require_http_methods(["GET", "POST"])
def preview(request: MemberRequest, text_id: str) -> HttpResponse:
    require(may_write, request.member)
    text, given = _text(text_id), _given(request)
    form = SaveForm(request.POST or None)
    saved = attempt(request, form, lambda: _build(request, text, given, form))
    if saved:
        messages.success(request, f"{saved} is saved. It counts once the committee adopts it.")
        return redirect("policies:version", saved.pk)
    made = compose(text, given, words_for(request.member, given))
    page = {"text": text, "made": made, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "policies/builder/preview.html", page, status=status)


def _build(request: MemberRequest, text: Text, given: Given, form: SaveForm) -> PolicyVersion:
    note = form.cleaned_data["change_note"]
    return build_policy(by=request.member, text=text, given=given, change_note=note)


def _after(text: Text, page: Page) -> HttpResponse:
    """The next page of questions; after the last, the text itself."""
    pages = library.pages_of(text)
    following = pages[pages.index(page) + 1 :]
    if following:
        return redirect("policies:build_questions", text.id, following[0].id)
    return redirect("policies:build_preview", text.id)


def _text(text_id: str) -> Text:
    if text_id not in library.texts():
        raise Http404
    return library.texts()[text_id]


def _page(text: Text, page_id: str) -> Page:
    for page in library.pages_of(text):
        if page.id == page_id:
            return page
    raise Http404


def _given(request: MemberRequest) -> Given:
    return PolicyAnswers.objects.readable_by(request.member).newest()
