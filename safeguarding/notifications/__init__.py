"""Telling people: messages, clocks, and what happens when nobody answers."""
