"""Addresses of the public form, behind /at/<setting>/tell-us/."""

from django.urls import path

from .views import answering, public

app_name = "portal"
urlpatterns = [
    path("", public.tell, name="tell"),
    path("replies/", public.replies, name="replies"),
    path("letters/<uuid:concern_id>/", answering.letters, name="letters"),
    path("form/", answering.keep, name="keep"),
    path("poster/", answering.poster, name="poster"),
    path("poster.pdf", answering.poster_to_print, name="poster_to_print"),
]
