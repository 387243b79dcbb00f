"""The domain: one folder for each thing a setting does."""
