"""Addresses inside a setting: what stands behind /at/<setting>/."""

from django.urls import include, path

from foundation import views as ground

handler400 = "foundation.views.bad_request"
handler403 = "foundation.views.not_allowed"
handler404 = "foundation.views.not_found"
handler500 = "foundation.views.broken"

urlpatterns = [
    path("", include("safeguarding.today.urls")),
    path("agreements/", include("safeguarding.agreements.urls")),
    path("backups/", include("safeguarding.backups.urls")),
    path("approvals/", include("safeguarding.approvals.urls")),
    path("concerns/", include("safeguarding.concerns.urls")),
    path("directory/", include("safeguarding.directory.urls")),
    path("governance/", include("safeguarding.governance.urls")),
    path("lock/", include("safeguarding.lock.urls")),
    path("messages/", include("safeguarding.notifications.urls")),
    path("people/", include("safeguarding.people.urls")),
    path("policies/", include("safeguarding.policies.urls")),
    path("procedures/", include("safeguarding.procedures.urls")),
    path("record/", include("safeguarding.witness.urls")),
    path("tell-us/", include("safeguarding.portal.urls")),
    path("training/", include("safeguarding.training.urls")),
    path("quiet/", ground.quiet, name="quiet"),
]
