"""Addresses that go wrong, each in its own way, for the tests of what a person is then shown."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as real
from foundation.errors import RuleBroken

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def going_wrong(error: Exception) -> Callable[[HttpRequest], HttpResponse]:
    @login_not_required
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


def disk_full_on_postgres() -> OperationalError:
    error, cause = OperationalError("could not extend file"), RuntimeError("by psycopg")
    cause.sqlstate = "53100"  # type: ignore[attr-defined]
    error.__cause__ = cause
    return error


@login_not_required
def reads_the_form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("words", "nothing"))


@login_not_required
def notes_it(request: HttpRequest) -> HttpResponse:
    request.session["noted"] = request.session.get("noted", 0) + 1
    return HttpResponse("noted")


urlpatterns = [
    *real,
    path("form/", reads_the_form),
    path("noted/", notes_it),
    path("rule/", going_wrong(RuleBroken("A case is closed <once>."))),
    path("full/", going_wrong(OperationalError("database or disk is full"))),
    path("full-postgres/", going_wrong(disk_full_on_postgres())),
    path("malformed/", going_wrong(DatabaseError("database disk image is malformed"))),
    path("locked/", going_wrong(OperationalError("database is locked"))),
    path("gone/", going_wrong(Http404("gone"))),
    path("not-yours/", going_wrong(PermissionDenied("no"))),
    path("bug/", going_wrong(ZeroDivisionError("Kit Marlow was not told"))),
]
