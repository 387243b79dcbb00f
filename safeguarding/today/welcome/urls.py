"""Addresses of the first set-up: /welcome/."""

from django.urls import path

from . import views

app_name = "welcome"

urlpatterns = [
    path("", views.start, name="start"),
    path("password/", views.finish, name="finish"),
    path("done/", views.done, name="done"),
    path("<slug:step>/", views.question, name="question"),
]
