from collections.abc import Callable
from datetime import timedelta
from html import escape
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from safeguarding.directory.models import Contact
from safeguarding.directory.tests.conftest import Place
from safeguarding.law.models import LocalRule
from safeguarding.people.roles import Role
from safeguarding.people.tests.cast import hidden

Page = Callable[..., str]
ANSWERS: dict[str, Any] = {
    "name": "Health visitor",
    "kind": "advice",
    "audience": ["setting", "parent"],
    "level": "local",
    "when_to_use": "A worry about how a child is growing.",
    "phone": "01234 567890",
}


def on(days: int) -> dict[str, str]:
    """A first day of a rule, so many days from today."""
    day = timezone.localdate() + timedelta(days=days)
    return {
        "starts_day": f"{day.day}",
        "starts_month": f"{day.month}",
        "starts_year": f"{day.year}",
    }


def contact_of(place: Place, slug: str) -> Contact:
    return Contact.objects.filter(setting=place.setting).current().get(slug=slug)


@pytest.mark.parametrize("role", [Role.LEAD, Role.PRACTITIONER, Role.PARENT])
def test_everyone_here_reads_who_to_call(sunflowers: Place, page: Page, role: Role) -> None:
    shown = sunflowers.signed_in(role).get(page("directory:contacts"))

    assert shown.status_code == 200
    assert "0808 800 5000" in shown.content.decode()
    assert "Not checked yet" in shown.content.decode()


def test_only_those_who_keep_it_see_how_to_change_it(sunflowers: Place, page: Page) -> None:
    for role, sees in ((Role.LEAD, True), (Role.PARENT, False)):
        shown = sunflowers.signed_in(role).get(page("directory:contacts")).content.decode()
        assert ("Add a contact" in shown) is sees
        assert ("I checked this today" in shown) is sees


def test_the_list_needs_few_queries_however_long_it_is(
    sunflowers: Place, page: Page, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(100):
        Contact.objects.create(
            setting=sunflowers.setting, slug=f"c{number}", name="X", kind="advice", level="local"
        )
    client = sunflowers.signed_in(Role.PRACTITIONER)
    with django_assert_max_num_queries(12):
        assert client.get(page("directory:contacts")).status_code == 200


def test_a_contact_sent_twice_stands_there_once(sunflowers: Place, page: Page) -> None:
    client = sunflowers.signed_in(Role.LEAD)
    form = client.get(page("directory:add"))
    note = {"written_by": hidden(form, "written_by")}  # type: ignore[arg-type]
    codes = [client.post(page("directory:add"), ANSWERS | note).status_code for _ in range(2)]

    assert codes == [302, 302]
    assert Contact.objects.filter(setting=sunflowers.setting, name="Health visitor").count() == 1


def test_a_lead_adds_a_contact(sunflowers: Place, page: Page) -> None:
    client = sunflowers.signed_in(Role.LEAD)
    assert client.get(page("directory:add")).status_code == 200
    assert client.post(page("directory:add"), ANSWERS).status_code == 302

    added = contact_of(sunflowers, "health-visitor")
    assert (added.phone, added.audience) == ("01234 567890", ["setting", "parent"])


@pytest.mark.parametrize(
    "wrong, says",
    [
        ({"name": ""}, "Write the name"),
        ({"phone": ""}, "Give at least one way"),
        ({"phone": "ring us"}, "in digits"),
        ({"link": "javascript:alert(1)"}, "starting with https://"),
        ({"email": "not an address"}, "valid email"),
        ({"audience": []}, "Who is it for"),
    ],
)
def test_what_is_missing_is_said_in_words(
    sunflowers: Place, page: Page, wrong: dict[str, Any], says: str
) -> None:
    answer = sunflowers.signed_in(Role.LEAD).post(page("directory:add"), {**ANSWERS, **wrong})

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Contact.objects.filter(slug="health-visitor").exists()


def test_a_manager_changes_a_contact_the_lead_checks_it_and_it_is_removed(
    sunflowers: Place, page: Page
) -> None:
    client = sunflowers.signed_in(Role.MANAGER)
    old = contact_of(sunflowers, "social-care")
    assert escape(old.name) in client.get(page("directory:change", old.pk)).content.decode()
    assert client.post(page("directory:change", old.pk), ANSWERS).status_code == 302

    changed = contact_of(sunflowers, "social-care")
    assert client.post(page("directory:check", changed.pk)).status_code == 409
    lead = sunflowers.signed_in(Role.LEAD)
    assert lead.post(page("directory:check", changed.pk)).status_code == 302
    checked = contact_of(sunflowers, "social-care")
    assert (checked.name, checked.verified) == ("Health visitor", True)

    assert client.post(page("directory:remove", checked.pk)).status_code == 409, "it stays"
    other = contact_of(sunflowers, "nspcc")
    assert client.post(page("directory:remove", other.pk)).status_code == 302
    assert not Contact.objects.current().filter(slug="nspcc").exists()


def test_an_older_version_has_no_page(sunflowers: Place, page: Page) -> None:
    client = sunflowers.signed_in(Role.LEAD)
    old = contact_of(sunflowers, "nspcc")
    client.post(page("directory:change", old.pk), ANSWERS)

    assert client.get(page("directory:change", old.pk)).status_code == 404


def test_a_practitioner_changes_nothing(sunflowers: Place, page: Page) -> None:
    client, contact = sunflowers.signed_in(Role.PRACTITIONER), contact_of(sunflowers, "nspcc")

    assert client.get(page("directory:add")).status_code == 403
    assert client.post(page("directory:change", contact.pk), ANSWERS).status_code == 403
    assert client.post(page("directory:check", contact.pk)).status_code == 403
    assert client.post(page("directory:remove", contact.pk)).status_code == 403
    assert client.get(page("directory:local_rule", "lado.refer")).status_code == 403


def test_a_contact_of_another_setting_does_not_exist_here(
    sunflowers: Place, bluebells: Place, page: Page
) -> None:
    theirs = contact_of(bluebells, "nspcc")

    answer = sunflowers.signed_in(Role.LEAD).get(page("directory:change", theirs.pk))
    assert answer.status_code == 404


def test_an_empty_directory_says_what_will_be_there(sunflowers: Place, page: Page) -> None:
    Contact.objects.filter(setting=sunflowers.setting).delete()
    shown = sunflowers.signed_in(Role.PARENT).get(page("directory:contacts"))

    assert "The directory is empty" in shown.content.decode()


def test_every_rule_is_shown_with_its_source(sunflowers: Place, page: Page) -> None:
    shown = sunflowers.signed_in(Role.PRACTITIONER).get(page("directory:rules")).content.decode()

    assert "Tell the LADO about an allegation" in shown
    assert "1 working day" in shown
    assert "Not verified" in shown
    assert "Set our own value" not in shown


def test_a_lead_gives_the_setting_a_stricter_rule(sunflowers: Place, page: Page) -> None:
    client = sunflowers.signed_in(Role.LEAD)
    address = page("directory:local_rule", "lado.refer")
    answers = {"value": "24 hours", "reason": "Our partnership asks for it.", **on(0)}
    assert client.get(address).status_code == 200
    assert client.post(address, answers).status_code == 302

    assert LocalRule.objects.get().value == "24 hours"
    shown = client.get(page("directory:rules")).content.decode()
    assert "Our partnership asks for it." in shown
    assert "Elsewhere: 1 working day" in shown


@pytest.mark.parametrize(
    "value, says", [("3 working days", "1 working day or less"), ("soon", "Write a number")]
)
def test_a_looser_or_vague_rule_is_refused_in_the_form(
    sunflowers: Place, page: Page, value: str, says: str
) -> None:
    address = page("directory:local_rule", "lado.refer")
    answer = sunflowers.signed_in(Role.LEAD).post(address, {"value": value, "reason": "x", **on(0)})

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not LocalRule.objects.exists()


def test_a_rule_that_is_not_there_is_not_found(sunflowers: Place, page: Page) -> None:
    address = page("directory:local_rule", "no.such-rule")

    assert sunflowers.signed_in(Role.LEAD).get(address).status_code == 404


def test_what_was_taken_off_the_list_is_put_back_under_its_old_name(
    sunflowers: Place, page: Page
) -> None:
    """Procedures and policies look for it by that: added anew, it would be another contact to them."""
    client, listed = sunflowers.signed_in(Role.LEAD), page("directory:contacts")
    client.post(page("directory:remove", contact_of(sunflowers, "nspcc").pk))
    gone = Contact.objects.filter(setting=sunflowers.setting).taken_off().get()
    back = page("directory:put_back", gone.pk)
    assert back in client.get(listed).text
    assert back not in sunflowers.signed_in(Role.PRACTITIONER).get(listed).text
    assert sunflowers.signed_in(Role.PRACTITIONER).post(back).status_code == 403

    assert client.post(back)["Location"] == listed
    again = contact_of(sunflowers, "nspcc")
    assert (again.phone, again.verified) == (gone.phone, False)
    assert "Taken off the list" not in client.get(listed).text
    assert client.post(page("directory:put_back", again.pk)).status_code == 409
