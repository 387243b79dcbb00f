"""Who needs to learn what: the ready-made topics, the setting's own, and its changes to both."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeguarding.people import held
from safeguarding.people.pages import MemberRequest, attempt, fetch, for_members, press
from safeguarding.people.permissions import require
from safeguarding.people.roles import Role
from safeguarding.training import actions, permissions
from safeguarding.training.asked import Topic, asked_of
from safeguarding.training.forms import AskForm, TopicForm, TopicWordsForm
from safeguarding.training.models import OwnTopic, Requirement

from ._show import show_form


def _topics(request: MemberRequest) -> dict[str, Topic]:
    setting = request.member.setting_id
    return asked_of([setting], timezone.now())[setting]


def _topic(request: MemberRequest, slug: str) -> Topic:
    topic = _topics(request).get(slug)
    if topic is None:
        raise Http404
    return topic


def _to_come(request: MemberRequest) -> dict[str, list[Requirement]]:
    """By topic, what begins on a later day."""
    rows = Requirement.objects.readable_by(request.member).to_come(timezone.localdate())
    found: dict[str, list[Requirement]] = {}
    for one in rows:
        found.setdefault(one.topic, []).append(one)
    return found


@require_safe
@for_members
def topics(request: MemberRequest) -> HttpResponse:
    """Every topic, what it covers, who needs it, for how long it counts and by which rule."""
    require(permissions.may_have_training, request.member)
    own = OwnTopic.objects.readable_by(request.member).known(timezone.now())
    coming = _to_come(request)
    context = {
        "topics": [(one, coming.get(one.id, [])) for one in _topics(request).values()],
        "removed": own.filter(removed=True).order_by("name"),
        "may_change": permissions.may_set_requirements(request.member),
    }
    return render(request, "training/topics.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def add(request: MemberRequest) -> HttpResponse:
    """Add a topic of the setting's own."""
    require(permissions.may_set_requirements, request.member)
    form = TopicForm(held.typed(request))
    if attempt(request, form, lambda: actions.add_topic(by=request.member, **form.cleaned_data)):
        messages.success(request, "The topic is on your list.")
        return redirect("training:topics")
    back = reverse("training:topics")
    return show_form(request, form, title="Add a topic", button="Add this topic", back=back)


@require_http_methods(["GET", "POST"])
@for_members
def ask(request: MemberRequest, topic_slug: str) -> HttpResponse:
    """Say for a role whether it needs a topic, how often, and from when."""
    require(permissions.may_set_requirements, request.member)
    topic = _topic(request, topic_slug)
    form = AskForm(held.typed(request))
    if attempt(request, form, lambda: _set(request, topic, form.cleaned_data)):
        messages.success(request, "It is on record, and counts from the day you wrote.")
        return redirect("training:topics")
    back, title = reverse("training:topics"), f"Who needs “{topic.name}”"
    shown = {"topic": topic, "coming": _to_come(request).get(topic.id, [])}
    return show_form(request, form, title=title, button="Save", back=back, **shown)


def _set(request: MemberRequest, topic: Topic, said: dict[str, Any]) -> object:
    about: dict[str, Any] = {"by": request.member, "topic": topic.id, "role": Role(said["role"])}
    if said["needs"] == "no":
        return actions.leave_out_for_role(**about, starts=said["starts"], reason=said["reason"])
    asked = {name: said[name] for name in ("every", "before_role", "starts")}
    return actions.ask_of_role(**about, **asked)


@require_POST
@for_members
def take_back(request: MemberRequest, requirement_id: UUID) -> HttpResponse:
    """Take back what was to be asked from a later day on."""
    require(permissions.may_set_requirements, request.member)
    found = fetch(Requirement.objects.readable_by(request.member), requirement_id, request)
    by = request.member
    press(request, lambda: actions.take_back_requirement(by=by, requirement=found))
    messages.success(request, "It is taken back. Who needs it stays as it is now.")
    return redirect("training:topics")


@require_POST
@for_members
def remove(request: MemberRequest, topic_slug: str) -> HttpResponse:
    """Take a topic of the setting's own off the list."""
    topic = _topic(request, topic_slug)
    press(request, lambda: actions.remove_topic(by=request.member, slug=topic.id))
    messages.success(request, "It is off your list. What was learnt stays on record.")
    return redirect("training:topics")


@require_http_methods(["GET", "POST"])
@for_members
def change(request: MemberRequest, topic_slug: str) -> HttpResponse:
    """Write a topic of the setting's own anew, or put one back on the list."""
    require(permissions.may_set_requirements, request.member)
    rows = OwnTopic.objects.readable_by(request.member).known(timezone.now())
    topic = rows.filter(slug=topic_slug).first()
    if topic is None:
        raise Http404
    first = {name: getattr(topic, name) for name in ("name", "about", "every")}
    form, by = TopicWordsForm(held.typed(request), initial=first), request.member
    slug, back = topic.slug, reverse("training:topics")
    done = attempt(
        request, form, lambda: actions.change_topic(by=by, slug=slug, **form.cleaned_data)
    )
    if done:
        messages.success(request, f"“{done.name}” is on your list as you wrote it.")
        return redirect(back)
    title = f"{'Put back' if topic.removed else 'Change'} “{topic.name}”"
    return show_form(request, form, title=title, button="Save", back=back)
