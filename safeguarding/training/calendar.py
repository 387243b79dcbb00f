"""What training puts into calendars: that something is due, and not what or for whom."""

from safeguarding.notifications.calendar.entries import shows_clocks

shows_clocks("training", "Some training is due")
shows_clocks("induction", "Something in the first weeks of a new colleague is due")
shows_clocks("early_role", "Some training is due")
