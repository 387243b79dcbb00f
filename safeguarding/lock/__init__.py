"""The lock: who can open the records, and what is sent in while nobody can."""
