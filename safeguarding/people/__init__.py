"""Settings and groups, the people who work and learn there, and who may do what."""
