"""The one error a rule of the domain raises."""


class RuleBroken(Exception):  # noqa: N818  reads as a sentence: raise RuleBroken("...")
    """The request breaks a rule of the domain. Its text is shown to the person."""
