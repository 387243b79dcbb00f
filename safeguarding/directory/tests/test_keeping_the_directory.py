from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry
from safeguarding.audit.trail import System
from safeguarding.directory.actions import (
    Details,
    add_contact,
    change_contact,
    check_contact,
    install_defaults,
    remove_contact,
)
from safeguarding.directory.areas import areas, defaults
from safeguarding.directory.models import Contact
from safeguarding.directory.needs import by_need
from safeguarding.directory.tests.conftest import Place
from safeguarding.directory.urgent import NATIONAL, urgent_help
from safeguarding.people.roles import Role

NEW = Details(
    name="Health visitor",
    kind="advice",
    level="local",
    audience=("setting", "parent"),
    when_to_use="A worry about how a child is growing.",
    phone="01234 567890",
)


def current(place: Place, slug: str) -> Contact:
    return Contact.objects.filter(setting=place.setting).current().get(slug=slug)


def test_a_new_setting_has_the_contacts_of_its_area(sunflowers: Place, bluebells: Place) -> None:
    assert current(sunflowers, "lado").name.endswith("(LESAS)")
    assert current(bluebells, "lado").name == "Local authority designated officer (LADO)"
    assert current(sunflowers, "childline").phone == "0800 1111"


@pytest.mark.parametrize("area", sorted(areas()))
def test_the_lists_hold_together(area: str) -> None:
    listed = defaults(area)

    assert all(one.superseded_by in listed for one in listed.values() if one.superseded_by)
    assert {"emergency", "lado", "social-care", "police"} <= set(listed)


def test_nothing_counts_as_checked_until_a_person_checks_it(sunflowers: Place) -> None:
    assert not [c for c in Contact.objects.all() if c.verified]

    checked = check_contact(by=sunflowers.who(Role.LEAD), contact=current(sunflowers, "nspcc"))
    assert (checked.verified, checked.checked_on) == (True, timezone.localdate())


def test_filling_in_again_adds_nothing_and_brings_nothing_back(sunflowers: Place) -> None:
    lead = sunflowers.who(Role.LEAD)
    remove_contact(by=lead, contact=current(sunflowers, "kpsn"))

    assert install_defaults(by=lead, setting=sunflowers.setting) == 0
    assert not Contact.objects.current().filter(slug="kpsn").exists()


def test_nobody_fills_the_directory_of_another_setting(sunflowers: Place, bluebells: Place) -> None:
    with pytest.raises(RuleBroken):
        install_defaults(by=bluebells.who(Role.LEAD), setting=sunflowers.setting)
    with pytest.raises(PermissionDenied):
        install_defaults(by=System("reminders", sunflowers.setting.pk), setting=sunflowers.setting)


def test_a_change_is_a_new_version_and_the_old_one_stays(sunflowers: Place) -> None:
    lead, old = sunflowers.who(Role.LEAD), current(sunflowers, "partnership")
    changed = change_contact(by=lead, contact=old, details=NEW)

    assert current(sunflowers, "partnership") == changed
    assert Contact.objects.get(pk=old.pk).name == old.name
    assert (changed.version, changed.written_by, changed.verified) == (2, lead, False)


def test_a_change_after_a_check_has_to_be_checked_again(sunflowers: Place) -> None:
    lead = sunflowers.who(Role.LEAD)
    checked = check_contact(by=lead, contact=current(sunflowers, "nspcc"))

    assert not change_contact(by=lead, contact=checked, details=NEW).verified


@pytest.mark.parametrize("slug", ["lado", "social-care"])
def test_nobody_checks_alone_where_allegations_and_referrals_go(
    sunflowers: Place, slug: str
) -> None:
    lead, manager = sunflowers.who(Role.LEAD), sunflowers.who(Role.MANAGER)
    changed = change_contact(by=manager, contact=current(sunflowers, slug), details=NEW)
    with pytest.raises(RuleBroken, match="You wrote this yourself"):
        check_contact(by=manager, contact=changed)

    checked = check_contact(by=lead, contact=changed)
    assert checked.verified
    assert check_contact(by=lead, contact=checked).verified, "she only checked, next year too"


def test_nobody_confirms_their_own_number_because_another_wrote_the_hours(
    sunflowers: Place,
) -> None:
    lead, manager = sunflowers.who(Role.LEAD), sunflowers.who(Role.MANAGER)
    hers = replace(NEW, phone="07700 900 111")
    changed = change_contact(by=lead, contact=current(sunflowers, "lado"), details=hers)
    later = change_contact(by=manager, contact=changed, details=replace(hers, hours="9 to 5"))

    with pytest.raises(RuleBroken, match="You wrote this yourself"):
        check_contact(by=lead, contact=later)
    assert check_contact(by=manager, contact=later).verified, "the hours decide nothing"


def test_two_who_change_the_same_contact_do_not_overwrite_each_other(sunflowers: Place) -> None:
    lead, seen_by_both = sunflowers.who(Role.LEAD), current(sunflowers, "nspcc")
    change_contact(by=lead, contact=seen_by_both, details=NEW)

    with pytest.raises(RuleBroken, match="a moment ago"):
        change_contact(by=lead, contact=seen_by_both, details=replace(NEW, name="Other"))


def test_two_contacts_of_one_name_are_told_apart(sunflowers: Place) -> None:
    lead = sunflowers.who(Role.LEAD)
    slugs = [add_contact(by=lead, details=NEW).slug for _ in range(3)]

    assert slugs == ["health-visitor", "health-visitor-2", "health-visitor-3"]


def test_each_change_leaves_a_line_in_the_trail(sunflowers: Place) -> None:
    lead = sunflowers.who(Role.LEAD)
    added = add_contact(by=lead, details=NEW)
    changed = change_contact(by=lead, contact=added, details=NEW)
    remove_contact(by=lead, contact=check_contact(by=lead, contact=changed))

    trail = Entry.objects.filter(setting_id=sunflowers.setting.pk).order_by("seq")
    assert [e.event for e in trail if e.event.startswith(("contact", "directory"))] == [
        "directory.installed",
        "contact.added",
        "contact.changed",
        "contact.checked",
        "contact.removed",
    ]


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.PARENT])
def test_only_those_who_keep_the_directory_change_it(sunflowers: Place, role: Role) -> None:
    who, contact = sunflowers.who(role), current(sunflowers, "nspcc")
    with pytest.raises(PermissionDenied):
        add_contact(by=who, details=NEW)
    with pytest.raises(PermissionDenied):
        change_contact(by=who, contact=contact, details=NEW)
    with pytest.raises(PermissionDenied):
        check_contact(by=who, contact=contact)
    with pytest.raises(PermissionDenied):
        remove_contact(by=who, contact=contact)


def test_a_lead_elsewhere_changes_nothing_here(sunflowers: Place, bluebells: Place) -> None:
    with pytest.raises(PermissionDenied):
        remove_contact(by=bluebells.who(Role.LEAD), contact=current(sunflowers, "nspcc"))


def test_what_cannot_be_reached_cannot_be_called_checked(bluebells: Place) -> None:
    with pytest.raises(RuleBroken, match="Fill in how"):
        check_contact(by=bluebells.who(Role.LEAD), contact=current(bluebells, "lado"))


def test_a_case_chooses_only_from_agencies_that_take_referrals_now(sunflowers: Place) -> None:
    lead = sunflowers.who(Role.LEAD)
    remove_contact(by=lead, contact=current(sunflowers, "prevent"))
    slugs = set(Contact.objects.readable_by(lead).takes_referrals().values_list("slug", flat=True))

    assert {"lado", "social-care", "police", "ceop"} <= slugs
    assert not slugs & {"prevent", "childline", "kscb"}


def test_a_link_that_runs_a_script_is_refused_by_the_database(sunflowers: Place) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.create(
            setting=sunflowers.setting, slug="x", kind="advice", level="local", link="javascript:x"
        )


def test_the_urgent_lines_need_no_database(
    django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    with django_assert_num_queries(0):
        lines = urgent_help()

    assert [line["number"] for line in lines if line["number"]] == [
        "999",
        "101",
        "0800 028 0285",
        "0300 123 1231",
    ]
    assert {line["name"] for line in lines} >= {"Click CEOP", "NSPCC whistleblowing", "Ofsted"}


def test_a_setting_adds_its_own_lado_and_social_care_in_one_query(
    sunflowers: Place, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        lines = urgent_help(sunflowers.setting)

    added = lines[len(NATIONAL) :]
    assert [line["name"] for line in added] == [current(sunflowers, "lado").name]
    assert added[0]["href"].startswith("https://www.kelsi.org.uk/")


def test_every_contact_has_a_place_on_the_page(sunflowers: Place) -> None:
    everything = list(Contact.objects.filter(setting=sunflowers.setting).current())
    placed = {contact.slug for need in by_need(everything) for contact in need.contacts}

    assert placed == {contact.slug for contact in everything}
    assert [need.id for need in by_need(everything)] == [
        "danger",
        "report",
        "advice",
        "parents",
        "children",
        "staff",
        "old",
    ]


def test_the_lado_takes_referrals_whatever_one_person_writes(sunflowers: Place) -> None:
    lead, lado = sunflowers.who(Role.LEAD), current(sunflowers, "lado")
    change_contact(by=lead, contact=lado, details=NEW)
    assert Contact.objects.readable_by(lead).takes_referrals().filter(slug="lado").exists()


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("01234 567890", "tel:01234567890"),
        ("+44 (0)1234 567890", "tel:+441234567890"),
        ("(01234) 567890", "tel:01234567890"),
        ("01234 567890 ext. 12", "tel:01234567890;ext=12"),
    ],
)
def test_the_link_dials_the_number_as_it_is_meant(written: str, dialled: str) -> None:
    assert Contact(phone=written).phone_href == dialled
