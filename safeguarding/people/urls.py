"""The addresses behind /at/<setting>/people/."""

from django.urls import path

from . import (
    absence_views,
    children_views,
    confirming_views,
    key_views,
    name_views,
    setting_views,
    tie_views,
    views,
)
from .importing import views as importing

CHILDREN, STAFF = {"kind": "children"}, {"kind": "staff"}

app_name = "people"

urlpatterns = [
    path("", views.members, name="members"),
    path("add/", views.add_member, name="add_member"),
    path("ties/", tie_views.my_ties, name="my_ties"),
    path("ties/<uuid:tie_id>/confirm/", tie_views.confirm_tie, name="confirm_tie"),
    path("ties/<uuid:tie_id>/end/", tie_views.end_tie, name="end_tie"),
    path("away/", absence_views.absences, name="absences"),
    path("away/<uuid:absence_id>/end/", absence_views.end_absence, name="end_absence"),
    path("waiting/", confirming_views.waiting, name="waiting"),
    path("keys/<uuid:key_id>/confirm/", key_views.confirm_key, name="confirm_key"),
    path("setting/", setting_views.setting, name="setting"),
    path("setting/about/", setting_views.about, name="about"),
    path("setting/hours/", setting_views.hours, name="hours"),
    path("setting/terms/", setting_views.terms, name="terms"),
    path("children/", children_views.children, name="children"),
    path("children/add/", children_views.add_child, name="add_child"),
    path("children/<uuid:child_id>/", children_views.child, name="child"),
    path("children/<uuid:child_id>/change/", children_views.change_child, name="change_child"),
    path("children/<uuid:child_id>/back/", children_views.back_again, name="back_again"),
    path("children/<uuid:child_id>/leaving/", children_views.leaving, name="leaving"),
    path("rooms/add/", children_views.add_room, name="add_room"),
    path("rooms/<uuid:room_id>/name/", name_views.rename_room, name="rename_room"),
    path("families/", name_views.families, name="families"),
    path("families/<uuid:family_id>/name/", name_views.rename_family, name="rename_family"),
    path("families/add/", children_views.add_family, name="add_family"),
    path("families/<uuid:family_id>/carers/", children_views.add_carer, name="add_carer"),
    path("carers/<uuid:carer_id>/end/", children_views.end_carer, name="end_carer"),
    path("roles/<uuid:role_id>/end/", views.end_role, name="end_role"),
    path("roles/<uuid:role_id>/confirm/", confirming_views.confirm_role, name="confirm_role"),
    path("ends/<uuid:ending_id>/confirm/", confirming_views.confirm_end, name="confirm_end"),
    path("import/", importing.start, name="import_start"),
    path("import/children/", importing.upload, CHILDREN, name="import_children"),
    path("import/children/example/", importing.template, CHILDREN, name="import_children_example"),
    path("import/staff/", importing.upload, STAFF, name="import_staff"),
    path("import/staff/example/", importing.template, STAFF, name="import_staff_example"),
    path("import/<uuid:import_id>/", importing.preview, name="import"),
    path("import/<uuid:import_id>/columns/", importing.columns, name="import_columns"),
    path("import/<uuid:import_id>/problems/", importing.problems, name="import_problems"),
    path("import/<uuid:import_id>/progress/", importing.progress, name="import_progress"),
    path("import/<uuid:import_id>/forget/", importing.forget, name="import_forget"),
    path("<uuid:member_id>/", views.member, name="member"),
    path("<uuid:member_id>/name/", name_views.rename, name="rename"),
    path("<uuid:member_id>/invite/", views.invite, name="invite"),
    path("<uuid:member_id>/roles/", views.grant_role, name="grant_role"),
    path("<uuid:member_id>/ties/", tie_views.ties, name="ties"),
]
