"""The addresses behind /at/<setting>/policies/."""

from safeguarding.policies.builder import urls as builder

app_name = "policies"
urlpatterns = [*builder.urlpatterns]
