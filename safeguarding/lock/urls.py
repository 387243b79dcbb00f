"""Addresses of the lock, behind /at/<setting>/lock/."""

from django.urls import path

from . import views

app_name = "lock"
urlpatterns = [
    path("", views.keys, name="keys"),
    path("passphrase/", views.passphrase, name="passphrase"),
    path("sheets/", views.sheets, name="sheets"),
    path("do/", views.do, name="do"),
]
