"""Addresses of the procedures, behind /at/<setting>/procedures/."""

from django.urls import path

from . import views

app_name = "procedures"
ONE = "<slug:definition_id>/"

urlpatterns = [
    path("", views.library, name="library"),
    path(ONE, views.procedure, name="procedure"),
    path(ONE + "guidance/", views.guidance, name="guidance"),
    path(ONE + "ours/", views.ours, name="ours"),
    path(ONE + "ours/new/", views.add_step, name="add_step"),
    path(ONE + "ours/<uuid:adaptation_id>/end/", views.end, name="end"),
    path(ONE + "steps/<slug:step_id>/", views.change_step, name="change_step"),
]
