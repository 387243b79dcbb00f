"""Backups that were restored before they count, and what to do when the computer is gone."""
