"""The addresses behind /at/<setting>/policies/."""

from django.urls import include, path

from safeguarding.policies import duty_views
from safeguarding.policies.builder import urls as builder
from safeguarding.policies.reviews.views import outside

from .views import adopting, importing, library

app_name = "policies"
ONE = "versions/<uuid:version_id>/"
DRAFT = "drafts/<uuid:draft_id>/"

urlpatterns = [
    path("", library.library, name="library"),
    path("<uuid:policy_id>/", library.policy, name="policy"),
    path("<uuid:policy_id>/compare/", library.compare, name="compare"),
    path("<uuid:policy_id>/titles/", library.add_alias, name="add_alias"),
    path("<uuid:policy_id>/titles/<uuid:alias_id>/end/", library.end_alias, name="end_alias"),
    path("<uuid:policy_id>/mistake/", library.mistake, name="mistake"),
    path("<uuid:policy_id>/bring-in/", importing.bring_in_version, name="bring_in_version"),
    path(ONE, library.version, name="version"),
    path(ONE + "since/<int:older>/", library.differences, name="differences"),
    path(ONE + "losses/", adopting.losing, name="losses"),
    path(ONE + "losses/<str:duty_id>/", adopting.accept_loss, name="accept_loss"),
    path(ONE + "propose/", adopting.propose, name="propose"),
    path(ONE + "answer/", adopting.answer, name="answer"),
    path(ONE + "take-back/", adopting.withdraw, name="withdraw"),
    path("bring-in/", importing.bring_in, name="bring_in"),
    path(DRAFT, importing.draft, name="draft"),
    path(DRAFT + "<int:place>/", importing.clause, name="draft_clause"),
    path(DRAFT + "<int:place>/split/", importing.split, name="draft_split"),
    path(DRAFT + "<int:place>/join/", importing.join, name="draft_join"),
    path(DRAFT + "<int:place>/leave-out/", importing.leave_out, name="draft_leave_out"),
    path(DRAFT + "undo/", importing.undo, name="draft_undo"),
    path(DRAFT + "save/", importing.save, name="draft_save"),
    path(DRAFT + "forget/", importing.forget, name="draft_forget"),
    *builder.urlpatterns,
    path("duties/", duty_views.duties, name="duties"),
    path("duties/all/", duty_views.adopt_all, name="adopt_all"),
    path("duties/<str:duty_id>/", duty_views.duty, name="duty"),
    path("say/", outside.find, name="letter_code"),
    path("say/<str:code>/", outside.say, name="say_by_letter"),
    path("reviews/", include("safeguarding.policies.reviews.urls")),
]
