"""What needs doing now, for the person who is looking."""
