"""What assurance puts into calendars: that somebody's word is wanted, and not on which duty."""

from safeguarding.notifications.calendar.entries import shows_clocks

shows_clocks("duties", "Your word on a duty is wanted")
