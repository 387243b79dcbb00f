"""Who has learnt what, until when it counts, and what a new colleague still has to be shown."""
