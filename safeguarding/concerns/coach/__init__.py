"""The writing coach: kind suggestions on the words of a report. It keeps nothing and holds nobody up."""

from .look import Context, Suggestion, suggestions

__all__ = ["Context", "Suggestion", "suggestions"]
