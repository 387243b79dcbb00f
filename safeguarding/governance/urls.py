"""The addresses behind /at/<setting>/governance/."""

from django.urls import path

from safeguarding.governance import pack_views, views
from safeguarding.governance.plan import views as plan

app_name = "governance"
urlpatterns = [
    path("", views.board, name="board"),
    path("words/", views.waiting, name="words"),
    path("packs/", pack_views.packs, name="packs"),
    path("packs/<uuid:pack_id>/", pack_views.pack_paper, name="pack"),
    path("packs/<uuid:pack_id>/paper.pdf", pack_views.pack_pdf, name="pack_pdf"),
    path("plan/", plan.plan, name="plan"),
    path("plan/look/", plan.evaluate, name="evaluate"),
    path("plan/add/", plan.add, name="add_improvement"),
    path("plan/looked/<uuid:evaluation_id>/", plan.evaluation, name="evaluation"),
    path("plan/<uuid:improvement_id>/", plan.improvement, name="improvement"),
    path("duties/<str:duty_id>/", views.duty, name="duty"),
    path("duties/<str:duty_id>/word/", views.word, name="word"),
    path("duties/<str:duty_id>/ask/", views.ask, name="ask"),
]
