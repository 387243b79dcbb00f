"""The addresses behind /at/<setting>/governance/."""

from django.urls import path

from safeguarding.governance import views

app_name = "governance"
urlpatterns = [
    path("", views.board, name="board"),
    path("words/", views.waiting, name="words"),
    path("packs/", views.packs, name="packs"),
    path("duties/<str:duty_id>/", views.duty, name="duty"),
    path("duties/<str:duty_id>/word/", views.word, name="word"),
    path("duties/<str:duty_id>/ask/", views.ask, name="ask"),
]
