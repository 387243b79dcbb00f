"""The addresses behind /at/<setting>/agreements/."""

from django.urls import URLPattern

app_name = "agreements"
urlpatterns: list[URLPattern] = []
