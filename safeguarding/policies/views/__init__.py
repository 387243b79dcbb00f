"""The pages of the policies. Each file is one matter."""
