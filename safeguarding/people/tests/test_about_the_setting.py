"""What a setting is called and what it is can be put right, and what it was stays on record."""

from itertools import product

import pytest

from foundation.errors import RuleBroken
from safeguarding.audit.trail import System
from safeguarding.people import actions
from safeguarding.people.given import About
from safeguarding.people.models import EarlierAbout, Setting
from safeguarding.people.permissions import OPERATOR
from tests.people import signed_in

from .cast import Place, events

RIGHT = {"name": "Sunflower House", "kind": "nursery", "brand_colour": "#AA3300"}


def test_the_manager_puts_the_name_right_and_the_earlier_one_is_still_known(
    sunflowers: Place,
) -> None:
    n, manager = sunflowers, signed_in(sunflowers.member("Mo"))

    assert manager.post(n.setting.link_to("people:about"), RIGHT).status_code == 302

    page = manager.get(n.setting.link_to("people:setting")).text
    assert "About Sunflower House" in page
    assert "Sunflowers, pre-school" in page
    here = Setting.objects.get(pk=n.setting.pk)
    assert here.brand_colour == "#aa3300"
    assert here.slug == "sunflowers", "links that were sent still lead here"
    assert EarlierAbout.objects.get(setting=here).changed_by == n.member("Mo")
    assert [one.details["kind"] for one in events("setting.described")] == ["nursery"]


def test_what_is_saved_as_it_was_was_never_otherwise(sunflowers: Place) -> None:
    here = sunflowers.setting
    same = About(here.name, here.kind, here.brand_colour)
    actions.describe_setting(by=sunflowers.member("Mo"), about=same)
    assert not EarlierAbout.objects.exists()
    assert not events("setting.described")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "Write the name of your setting."),
        ({"brand_colour": "red; }"}, "like #0b5563"),
        ({"kind": "castle"}, "What kind of setting is it?"),
    ],
)
def test_what_is_none_is_said_and_changes_nothing(
    sunflowers: Place, wrong: dict[str, str], said: str
) -> None:
    address = sunflowers.setting.link_to("people:about")
    page = signed_in(sunflowers.member("Mo")).post(address, RIGHT | wrong)

    assert page.status_code == 422
    assert said in page.text
    assert Setting.objects.get(pk=sunflowers.setting.pk).name == "Sunflowers"


def test_nobody_here_alone_says_that_the_children_are_older(sunflowers: Place) -> None:
    n = sunflowers
    school = About("Sunflowers", "school", "#0b5563")
    with pytest.raises(RuleBroken, match="whoever runs the installation"):
        actions.describe_setting(by=n.member("Mo"), about=school)
    assert Setting.objects.get(pk=n.setting.pk).is_early_years

    actions.describe_setting(by=System(OPERATOR, n.setting.pk), about=school)
    assert not Setting.objects.get(pk=n.setting.pk).is_early_years
    with pytest.raises(RuleBroken, match="whoever runs the installation"):
        actions.describe_setting(by=n.member("Mo"), about=About(**RIGHT))


def test_two_settings_of_one_group_are_in_the_same(sunflowers: Place, bluebells: Place) -> None:
    for n in (sunflowers, bluebells):
        actions.join_group(by=System(OPERATOR, n.setting.pk), name="Meadow Trust")
    here, there = (Setting.objects.get(pk=n.setting.pk) for n in (sunflowers, bluebells))
    assert here.group == there.group
    page = signed_in(sunflowers.member("Priya")).get(here.link_to("people:setting")).text
    assert "one of Meadow Trust" in page

    assert actions.join_group(by=System(OPERATOR, here.pk), name="").group is None
    with pytest.raises(RuleBroken, match="letters or numbers"):
        actions.join_group(by=System(OPERATOR, here.pk), name="!!!")


def test_six_terms_of_this_year_leave_room_for_those_of_the_next(sunflowers: Place) -> None:
    """Schools with six terms a year write down the next ones in July, while this year's still count."""
    n, manager = sunflowers, signed_in(sunflowers.member("Mo"))
    page = n.setting.link_to("people:terms")
    for year in (2026, 2027):
        assert manager.post(page, terms_of(*range(2026, year + 1))).status_code == 302
    assert n.setting.terms().count() == 12
    assert 'name="name_14"' in manager.get(page).text


def terms_of(*years: int) -> dict[str, str]:
    """Six terms in each of these years, as they are typed."""
    typed: dict[str, str] = {}
    for number, (year, month) in enumerate(product(years, range(1, 12, 2))):
        for what, day in (("starts", "2"), ("ends", "27")):
            said = {"day": day, "month": str(month), "year": str(year)}
            typed |= {f"{what}_{number}_{part}": one for part, one in said.items()}
        typed[f"name_{number}"] = f"Term {number + 1}"
    return typed
