"""The pages for everyone, and those of the people who answer."""
