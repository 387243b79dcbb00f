"""A setting makes a deadline earlier that counts from an earlier step, and not from when it knew."""

from demo.cast import Nursery
from safeguarding.procedures.library import definitions
from safeguarding.procedures.ours import adapted
from safeguarding.procedures.schema import Time
from tests.people import signed_in

from .ours import sooner


def test_an_earlier_deadline_counts_from_the_moment_it_always_counted_from(
    sunflowers: Nursery,
) -> None:
    """The LADO's form is due once the LADO has answered: nobody is late before that."""
    for within in ("4 hours", "1 hour"):
        sooner(sunflowers.dana, "send-lado-form", within, "allegation")

    followed = adapted(definitions()["allegation"], sunflowers.setting.pk).definition
    step = followed.by_id["send-lado-form"]
    assert step.within == Time(time="1 hour", since="lado-answer")
    page = signed_in(sunflowers.dana).get(
        sunflowers.setting.link_to("procedures:procedure", "allegation")
    )
    assert "within 1 hour (earlier than elsewhere" in page.content.decode()
