"""The trail: who did what, and who read what. Written once, never changed."""
