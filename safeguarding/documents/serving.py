"""Giving out a kept file: as a download, never inside a page, and never run."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from .models import StoredFile


def to_be_saved(stored: StoredFile, content: bytes) -> HttpResponse:
    """A kept file for a browser to save under its name. Whoever calls has asked and recorded."""
    response = HttpResponse(content, content_type=stored.content_type)
    name = content_disposition_header(as_attachment=True, filename=stored.name)
    response["Content-Disposition"] = name or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
