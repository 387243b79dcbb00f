"""Showing a form again, with what was typed and what needs putting right."""

from itertools import chain
from typing import Any, TypeVar

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from foundation.forms import Form
from safeguarding.concerns.forms import coaching
from safeguarding.people.pages import MemberRequest


def show(request: MemberRequest, template: str, **context: Any) -> HttpResponse:
    """A page with a form: 422 when it came back with something to put right."""
    status = 422 if request.method == "POST" else 200
    return render(request, template, context, status=status)


ROWS = {"add_person": "people", "add_mark": "marks"}
Shown = TypeVar("Shown", bound=Form)


def at_the_new_row(form: Shown, typed: QueryDict) -> Shown:
    """The form to go on with: nothing on it is wrong yet, and one stands in the row that was added."""
    asked = next(button for button in ROWS if button in typed)
    within = [list(some) for _, some in form.rows_within()]
    coaching.hush(form, *chain.from_iterable(within))
    added = list(getattr(form, ROWS[asked], ()))
    if added:
        added[-1].visible_fields()[0].field.widget.attrs["autofocus"] = True
    return form


def one_more(typed: QueryDict) -> QueryDict | None:
    """The same typing with one more row, where that is what was asked for; None where it is not."""
    asked = next((button for button in ROWS if button in typed), None)
    if asked is None:
        return None
    more, total = typed.copy(), f"{ROWS[asked]}-TOTAL_FORMS"
    count = more.get(total, "1")
    readable = count.isdecimal() and len(count) < 4
    more[total] = str(int(count) + 1 if readable else 2)
    del more[asked]
    return more
