"""The review cycle: why a policy is looked at again, who was heard, what was done, and what came of it."""
