"""The writing coach beside a form: offered, asked, turned off and on. It never stands in the way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render

from foundation.prepared import prepared
from safeguarding.concerns.coach import Suggestion
from safeguarding.concerns.forms import coaching
from safeguarding.people import actions as people
from safeguarding.people.models import Member, Preference
from safeguarding.people.pages import MemberRequest
from safeguarding.people.somebody import Somebody

BUTTON = "look"
ABOUT = Preference.About.WRITING_COACH


@dataclass(frozen=True)
class Line:
    """One suggestion beside the box it is about."""

    label: str
    address: str
    suggestion: Suggestion


@dataclass
class Coach:
    """What the page shows of it."""

    is_wanted: bool
    has_looked: bool = False
    is_urgent: bool = False
    lines: tuple[Line, ...] = ()


def _chosen(member: UUID) -> QuerySet[Preference]:
    who: Any = Somebody(member, setting_id=member)  # where they are is not asked
    return Preference.objects.readable_by(who).newest_of(ABOUT)


_CHOSEN = prepared(_chosen)


def beside(member: Member) -> Coach:
    """The button, for whoever has not turned it off. One query."""
    newest = _CHOSEN(member.pk)
    return Coach(not newest or newest[0].wanted)


def was_asked(form: BaseForm) -> bool:
    """Whether one of the coach's own buttons was pressed, and not the one that sends."""
    return BUTTON in form.data


def look(
    request: MemberRequest,
    template: str,
    form: BaseForm,
    find: Callable[[Any], list[Suggestion]],
    **context: Any,
) -> HttpResponse:
    """The same page with everything typed still there, and what the coach has to say."""
    pressed = form.data[BUTTON]
    if request.method == "POST" and pressed in {"on", "off"}:
        people.prefer(by=request.member, about=ABOUT, wanted=pressed == "on")
    coach = beside(request.member)
    if pressed == "words" and coach.is_wanted:
        coach.has_looked, coach.is_urgent = True, coaching.is_urgent(form)
        coach.lines = tuple(_line(form, one) for one in find(form))
    coaching.hush(form, *getattr(form, "people", ()))
    page = "concerns/_suggestions.html" if request.htmx else template
    return render(request, page, {"form": form, "coach": coach, "quiet": True, **context})


def _line(form: BaseForm, suggestion: Suggestion) -> Line:
    box = form[suggestion.box if suggestion.box in form.fields else "text"]
    return Line(str(box.label), f"#{box.id_for_label}", suggestion)
