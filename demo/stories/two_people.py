"""A child's file that the lead would like to give out, and that waits for a second person."""

from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Story
from safeguarding.concerns import actions


def told(here: Nursery, days: Days) -> Story:
    """Noor's parents asked to see it. Morgan or Devi says yes or no."""
    yield days.lately(35)
    actions.ask_to_print_file(
        by=here.dana,
        child=here.noor,
        recipient="Noor’s parents",
        purpose="They asked to see what is written",
        hidden=["Theo", "Theo Byrne", "Byrne"],
    )
