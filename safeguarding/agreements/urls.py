"""The addresses behind /at/<setting>/agreements/."""

from django.urls import path

from .views import asking, giving, keeping, signing

app_name = "agreements"
urlpatterns = [
    path("", signing.mine, name="own"),
    path("<uuid:agreement_id>/", signing.sign, name="sign"),
    path("<uuid:agreement_id>/go-on/", signing.go_on, name="go_on"),
    path("<uuid:agreement_id>/publish/", keeping.publish, name="publish"),
    path("<uuid:agreement_id>/sheet/", keeping.sheet, name="sheet"),
    path("<uuid:agreement_id>/by/<uuid:member_id>/", keeping.write_down, name="write_down"),
    path("answers/<uuid:signature_id>/", signing.receipt, name="receipt"),
    path("answers/<uuid:signature_id>/paper/", signing.receipt_paper, name="receipt_paper"),
    path("answers/<uuid:signature_id>/taken-back/", signing.withdraw, name="withdraw"),
    path("answers/<uuid:signature_id>/scan/", keeping.scan, name="scan"),
    path("answers/<uuid:signature_id>/scan/take-back/", keeping.destroy_scan, name="destroy_scan"),
    path("everyone/", keeping.everyone, name="everyone"),
    path("everyone/list/", keeping.everyone_list, name="everyone_list"),
    path("access/", giving.access, name="access"),
    path("access/new/", giving.give, name="give"),
    path("access/<uuid:grant_id>/end/", giving.end, name="end"),
    path("access/ended/<uuid:ended_id>/", giving.switch_off, name="switch_off"),
    path("versions/", keeping.versions, name="versions"),
    path("versions/<slug:audience>/", keeping.write, name="write"),
    path("versions/<slug:audience>/questions/", asking.ask, name="questions"),
]
