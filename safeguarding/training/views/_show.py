"""What several pages here do alike."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from foundation.forms import Form
from safeguarding.people.pages import MemberRequest


def show_form(
    request: MemberRequest, form: Form, *, title: str, button: str, back: str, **more: Any
) -> HttpResponse:
    """A page with one form and one button."""
    context = {"form": form, "title": title, "button": button, "back": back, **more}
    status = 422 if request.method == "POST" else 200
    return render(request, "training/form.html", context, status=status)
