"""The addresses behind /at/<setting>/policies/."""

from django.urls import include, path

app_name = "policies"
urlpatterns = [
    path("reviews/", include("safeguarding.policies.reviews.urls")),
]
