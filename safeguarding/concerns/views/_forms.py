"""Showing a form again, with what was typed and what needs putting right."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from safeguarding.people.pages import MemberRequest


def show(request: MemberRequest, template: str, **context: Any) -> HttpResponse:
    """A page with a form: 422 when it came back with something to put right."""
    status = 422 if request.method == "POST" else 200
    return render(request, template, context, status=status)
