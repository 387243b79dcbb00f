"""Policies: their versions and clauses, the duties they hold, and when they are looked at again."""
