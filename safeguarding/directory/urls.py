"""Addresses of the directory, behind /at/<setting>/directory/."""

from django.urls import path

from safeguarding.directory import views

app_name = "directory"
urlpatterns = [
    path("", views.contacts, name="contacts"),
    path("area/", views.area, name="area"),
    path("new/", views.add, name="add"),
    path("<uuid:contact_id>/change/", views.change, name="change"),
    path("<uuid:contact_id>/checked/", views.check, name="check"),
    path("<uuid:contact_id>/removed/", views.remove, name="remove"),
    path("<uuid:contact_id>/back/", views.put_back, name="put_back"),
    path("rules/", views.rules, name="rules"),
    path("rules/<uuid:local_rule_id>/taken-back/", views.take_back, name="take_back"),
    path("rules/<str:rule_id>/", views.local_rule, name="local_rule"),
]
