"""When a policy was reviewed before Hedgerow knew of it: what was written last counts."""

from django.utils import timezone

from demo.cast import Nursery
from safeguarding.policies.actions import write_version
from safeguarding.policies.models import PolicyVersion
from safeguarding.policies.reviews import actions
from tests.people import signed_in

from .given import DAY, PARTS, standing


def test_a_slip_in_the_year_of_the_last_review_is_put_right(sunflowers: Nursery) -> None:
    """With a later year the policy would not be due for a year more, and nobody would hear of it."""
    n, made = sunflowers, PolicyVersion.Made.IMPORTED
    policy = write_version(by=n.dana, title="Phones", parts=PARTS, made=made).policy
    right, slip = (timezone.localdate() - days * DAY for days in (400, 35))
    said = {"by": n.dana, "policy": policy, "source": "Its cover."}
    actions.note_known_review(reviewed_on=slip, **said)  # type: ignore[arg-type]
    dana, page = signed_in(n.dana), n.setting.link_to("policies:known_review", policy.pk)
    assert page in dana.get(n.setting.link_to("policies:reviews")).text
    assert "takes its place" in dana.get(page).text

    day = {f"reviewed_on_{one}": getattr(right, one) for one in ("day", "month", "year")}
    assert dana.post(page, {"source": "Its cover.", **day}).status_code == 302
    assert (standing(n).looked_at, standing(n).late) == (right, True)
