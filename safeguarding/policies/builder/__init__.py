"""Builds a policy from our own text, the setting's choices and its facts; and sets any version on paper."""
