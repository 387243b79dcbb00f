"""The wiring: settings, addresses, timetable."""
