"""Step-by-step procedures: their definitions, and their runs on a case."""
