"""The first set-up: a few questions, once, on an installation that holds nothing yet."""
