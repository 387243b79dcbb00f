"""The few addresses there are while the records are closed. Every other leads to the first."""

from django.urls import path, re_path

from . import pages

urlpatterns = [
    path("", pages.front, name="front"),
    path("unlock/", pages.unlock, name="unlock"),
    path("recover/", pages.recover, name="recover"),
    path("again/", pages.again, name="again"),
    path("report/", pages.report, name="report"),
    path("health/", pages.health, name="health"),
    # Where the form is while the records are open: on the poster at the door, and in bookmarks.
    path("at/<slug:slug>/tell-us/", pages.report),
    path("at/<slug:slug>/concerns/new/", pages.report),
    re_path("", pages.elsewhere),
]
