"""Every component in each of its states, on one page: to look at, and to check with axe."""

import datetime
from collections.abc import Collection
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation import forms

RULE = {
    "text": "Within one working day of the lead hearing of it.",
    "source": "an example; a real page names the rule in force",
}
ROWS = [
    {"key": "Reported by", "value": "Priya Shah"},
    {"key": "In their words", "value": "He said:\n“I saw it on the tablet.”", "words": True},
    {"key": "Place", "value": "", "href": "#", "action": "Add"},
]
NAVIGATION = [
    {"text": "Today", "href": "#", "current": True, "count": 3},
    {"text": "Concerns", "href": "#", "current": False, "count": 0},
    {"text": "Procedures", "href": "#", "current": False, "count": 0},
    {"text": "Contacts", "href": "#", "current": False, "count": 0},
]


class Example(forms.Form):
    """One of each kind of question."""

    account = forms.Words(
        label="What happened?",
        help_text="Facts, and the words that were said.",
        missing="Say what happened, in a sentence or two",
    )
    place = forms.Line(label="Where?", required=False)
    on = forms.UKDate(
        label="When did it happen?", help_text="For example, 27 3 2026", not_future=True
    )
    at = forms.ClockTime(label="At about what time?", help_text="9:05am, 14:30 or 2pm")
    area = forms.Choice(
        label="What kind of worry is it?",
        choices=[("content", "Content"), ("contact", "Contact"), ("conduct", "Conduct")],
        hints={
            "content": "Something they saw or heard",
            "contact": "Someone who reached them",
            "conduct": "Something they did",
        },
    )
    who = forms.Choices(
        label="Who was there?",
        choices=[
            ("child", "Another child"),
            ("staff", "A member of staff"),
            ("other", "Someone else"),
        ],
        required=False,
    )
    room = forms.DropDown(label="Which room?", choices=[("oak", "Oak"), ("elm", "Elm")])
    told = forms.YesBox(label="I have told the lead in person", required=False)


@require_safe
@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """The page at /components/. `?errors` shows the form as it comes back."""
    return render(request, "components/gallery.html", shown(set(request.GET), timezone.now()))


def shown(asked: Collection[str], now: datetime.datetime) -> dict[str, Any]:
    """What the gallery shows, with every due time counted from `now`."""
    wrong = {"on_day": "31", "on_month": "2", "on_year": "2026", "at": "9", "told": ""}
    hour = datetime.timedelta(hours=1)
    return {
        "form": Example(wrong if "errors" in asked else None),
        "now": now,
        "soon": now + 2 * hour,
        "later": now + 100 * hour,
        "late": now - 80 * hour,
        "rule": RULE,
        "reasons": [
            "the lead has read the report",
            "parents have been told, or a reason is written down",
        ],
        "rows": ROWS,
        "page": Paginator(range(120), 50).page(2),
        "navigation": NAVIGATION,
        "confidential": True,
    }
