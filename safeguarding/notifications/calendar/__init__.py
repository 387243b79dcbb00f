"""A member's own dates as a calendar that other programs read. Nothing in it is confidential."""
