"""What stands on a paper: a case as it is, or the file of one child with only that child's own view."""
