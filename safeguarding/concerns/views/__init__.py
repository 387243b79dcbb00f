"""The pages of concerns and cases."""
