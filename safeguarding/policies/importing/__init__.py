"""Bringing a policy in from a file: read in a process that can do little, split into clauses, looked at."""
