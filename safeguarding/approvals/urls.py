"""The addresses behind /at/<setting>/approvals/."""

from django.urls import path

from . import views

app_name = "approvals"
urlpatterns = [
    path("", views.waiting, name="waiting"),
    path("<uuid:approval_id>/", views.approval, name="approval"),
    path("<uuid:approval_id>/yes/", views.approve, name="approve"),
    path("<uuid:approval_id>/alone/", views.go_alone, name="go_alone"),
    path("<uuid:approval_id>/no/", views.refuse, name="refuse"),
    path("<uuid:approval_id>/taken-back/", views.withdraw, name="withdraw"),
]
