from safeguarding.audit.tests.owner import emptying

__all__ = ["emptying"]
