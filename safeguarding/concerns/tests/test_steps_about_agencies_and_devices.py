"""Steps that name an agency can always be done; giving a device away is no taking of another."""

from demo.cast import Nursery
from safeguarding.concerns.forms import ReferralForm
from safeguarding.concerns.models import CustodyItem
from safeguarding.directory.actions import remove_contact
from safeguarding.directory.models import Contact

from .given import a_case
from .test_following_to_closure import begun


def test_a_step_names_its_agency_also_once_it_was_taken_off_the_list(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    for contact in Contact.objects.readable_by(n.dana).current().filter(slug__in=["iwf", "police"]):
        remove_contact(by=n.dana, contact=contact)

    of_a_step = ReferralForm(None, only=("iwf", "police"), case=case, member=n.dana)
    assert set(of_a_step.agencies) == {"iwf", "police"}
    assert not {"iwf", "police"} & set(ReferralForm(None, case=case, member=n.dana).agencies)


def test_what_becomes_of_a_device_is_no_second_device(sunflowers: Nursery) -> None:
    walker = begun(sunflowers, "child-device-brought-in")
    walker.walk(leaving_out=True, until="hand-back")
    devices = CustodyItem.objects.filter(of_case__case=walker.case)
    assert devices.count() == 1

    walker.carry_out(walker.now["hand-back"].step)

    assert devices.count() == 1
