"""Assurance: how each duty stands on any day, shown from the records."""
