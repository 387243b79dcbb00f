"""Two nurseries in which something of everything has happened, built once for the tests that want them."""

from tests import standing

from .examples import Examples, lived_in
from .markers import CASES, FOREIGN, plant


def lived_in_and_marked() -> tuple[Examples, Examples]:
    """Sunflowers with a word in its cases and reports, and Bluebells with another in everything."""
    here, there = lived_in("Sunflowers"), lived_in("Bluebells")
    assert len(plant(CASES, here.nursery.setting, "concerns")) > 10
    assert len(plant(FOREIGN, there.nursery.setting)) > 25
    return here, there


both = standing.built_once(lived_in_and_marked)
