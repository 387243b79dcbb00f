"""Papers: what is printed, as PDF that a screen reader can read."""
