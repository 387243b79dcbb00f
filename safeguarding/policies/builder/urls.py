"""The addresses of the builder and of the papers, behind /at/<setting>/policies/."""

from django.urls import path

from . import paper_views, views

urlpatterns = [
    path("build/", views.choose, name="build"),
    path("build/<slug:text_id>/", views.overview, name="build_overview"),
    path("build/<slug:text_id>/text/", views.preview, name="build_preview"),
    path("build/<slug:text_id>/<slug:page_id>/", views.questions, name="build_questions"),
    path("versions/<uuid:version_id>/policy.pdf", paper_views.pdf, name="version_pdf"),
    path("versions/<uuid:version_id>/policy.docx", paper_views.word, name="version_word"),
]
