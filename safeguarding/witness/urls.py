"""Addresses of the record and its proof, behind /at/<setting>/record/."""

from django.urls import path

from safeguarding.witness import views

app_name = "witness"
urlpatterns = [
    path("", views.record, name="record"),
    path("words/", views.words, name="words"),
    path("sheet/", views.sheet, name="sheet"),
    path("file/", views.file, name="file"),
    path("mailboxes/new/", views.add_mailbox, name="add_mailbox"),
    path("mailboxes/<uuid:mailbox_id>/remove/", views.remove_mailbox, name="remove_mailbox"),
]
