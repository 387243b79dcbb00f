"""Pages about agreements and access."""
