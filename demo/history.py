"""A month at the two nurseries, lived through real actions."""

from .cast import Nursery


def a_month(sunflowers: Nursery, bluebells: Nursery) -> None:
    """Placeholder"""
