"""The list of agencies that a setting begins with follows where it is, and what newer versions bring."""

from dataclasses import replace

import pytest

from foundation.errors import RuleBroken
from safeguarding.directory.actions import (
    Details,
    change_contact,
    check_contact,
    choose_area,
    install_defaults,
    remove_contact,
)
from safeguarding.directory.models import Contact
from safeguarding.directory.tests.conftest import Place
from safeguarding.directory.urgent import urgent_help
from safeguarding.people.models import Setting
from safeguarding.people.roles import Role

OURS = Details(
    name="Our LADO",
    kind="report",
    level="local",
    audience=("setting",),
    when_to_use="An allegation.",
    phone="01234 567890",
)


def now(place: Place, slug: str) -> Contact:
    return Contact.objects.filter(setting=place.setting).newest().get(slug=slug)


def test_a_setting_in_kent_gets_the_list_of_kent(bluebells: Place) -> None:
    assert not Contact.objects.filter(setting=bluebells.setting, slug="kscb").exists()

    lead, page = bluebells.signed_in(Role.LEAD), bluebells.setting.link_to("directory:area")
    assert lead.post(page, {"area": "kent"}, follow=True).status_code == 200

    assert now(bluebells, "lado").name.endswith("(LESAS)")
    assert now(bluebells, "kscb").superseded_by == "partnership"
    assert now(bluebells, "childline").version == 1, "it says the same in both"
    assert Setting.objects.get(pk=bluebells.setting.pk).local_area == "kent"


def test_what_people_here_wrote_checked_or_took_off_stays(bluebells: Place) -> None:
    lead = bluebells.who(Role.LEAD)
    change_contact(by=lead, contact=now(bluebells, "lado"), details=OURS)
    remove_contact(by=lead, contact=now(bluebells, "police"))
    change_contact(
        by=lead,
        contact=now(bluebells, "education-safeguarding"),
        details=replace(OURS, name="Advice"),
    )
    checked = check_contact(
        by=bluebells.who(Role.MANAGER), contact=now(bluebells, "education-safeguarding")
    )

    choose_area(by=lead, area="kent")

    assert now(bluebells, "lado").phone == "01234 567890"
    assert now(bluebells, "police").removed
    assert now(bluebells, "education-safeguarding") == checked


def test_moving_away_takes_off_what_was_only_there(sunflowers: Place) -> None:
    lead = sunflowers.who(Role.LEAD)
    choose_area(by=lead, area="england")
    assert now(sunflowers, "kscb").removed
    assert not now(sunflowers, "lado").name.endswith("(LESAS)")
    assert not now(sunflowers, "lado").removed

    choose_area(by=lead, area="kent")
    assert not now(sunflowers, "kscb").removed
    assert any("LESAS" in str(one) for one in urgent_help(sunflowers.setting))
    assert install_defaults(by=lead, setting=sunflowers.setting) == 0


def test_what_a_newer_list_says_is_offered_and_taken_over(sunflowers: Place) -> None:
    lead, keeps = sunflowers.signed_in(Role.LEAD), sunflowers.setting.link_to("directory:contacts")
    assert "says something new" not in lead.get(keeps).text
    said = Contact.objects.filter(setting=sunflowers.setting)
    said.filter(slug="ceop").update(hours="As an older version had it")
    said.filter(slug="childline").delete()

    assert "says something new" in lead.get(keeps).text
    assert "says something new" not in sunflowers.signed_in(Role.PARENT).get(keeps).text
    lead.post(sunflowers.setting.link_to("directory:area"), {"area": "kent"})

    assert now(sunflowers, "ceop").version == 2
    assert now(sunflowers, "childline").phone == "0800 1111"
    assert "says something new" not in lead.get(keeps).text


def test_where_there_is_no_list_nothing_is_changed(sunflowers: Place) -> None:
    with pytest.raises(RuleBroken, match="no list"):
        choose_area(by=sunflowers.who(Role.LEAD), area="atlantis")
    assert Setting.objects.get(pk=sunflowers.setting.pk).local_area == "kent"
