"""What agreements put into calendars: that something is to be signed, or to be switched off."""

from safeguarding.notifications.calendar.entries import shows_clocks

shows_clocks("agreement", "There is something to read and sign")
shows_clocks("access", "Something is to be switched off")
