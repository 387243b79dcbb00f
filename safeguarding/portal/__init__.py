"""What anybody sees and does without an account: tell us about a worry, and come back for the answer."""
