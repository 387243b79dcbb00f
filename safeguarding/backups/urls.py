"""Addresses of the backups, behind /at/<setting>/backups/."""

from django.urls import path

from safeguarding.backups import views

app_name = "backups"
urlpatterns = [
    path("", views.backups, name="backups"),
    path("sheets/", views.sheets, name="sheets"),
    path("sheets/read/", views.read_back, name="read_back"),
]
