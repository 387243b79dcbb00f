"""The addresses behind /at/<setting>/policies/."""

from django.urls import path

from safeguarding.policies import duty_views

app_name = "policies"
urlpatterns = [
    path("duties/", duty_views.duties, name="duties"),
    path("duties/all/", duty_views.adopt_all, name="adopt_all"),
    path("duties/<str:duty_id>/", duty_views.duty, name="duty"),
]
