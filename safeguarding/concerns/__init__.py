"""What people report, the case it becomes, and everything done about it."""
