"""Addresses outside any setting: signing in, first set-up, health, and the way home."""

from django.urls import include, path

from foundation import views as ground
from safeguarding.people import views as people

handler400 = "foundation.views.bad_request"
handler403 = "foundation.views.not_allowed"
handler404 = "foundation.views.not_found"
handler429 = "safeguarding.people.account_views.slow_down"  # allauth asks for this one
handler500 = "foundation.views.broken"

urlpatterns = [
    path("", people.home, name="home"),
    path("health/", ground.health, name="health"),
    path("quiet/", ground.quiet, name="quiet"),
    path("accounts/", include("safeguarding.people.account_urls")),
    path("welcome/", include("safeguarding.today.welcome.urls")),
    path("demo/", include("demo.urls")),
]
