"""A version of a policy as a file to give away: a tagged PDF, and Word."""
