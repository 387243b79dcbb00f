"""Dated rules: deadlines, retention, terms, and the calendar they are counted in."""
