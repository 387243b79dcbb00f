"""Lists of children and of staff, brought in from another program: read, compared, and only then saved."""
