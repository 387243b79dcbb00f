"""Whoever runs the installation opens another setting, and says what belongs together."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from demo.cast import Nursery
from safeguarding.directory.models import Contact
from safeguarding.people.models import Member, Setting
from safeguarding.people.roles import Role

WHO = {
    "lead": "Lena Ash <lena@ash.example>",
    "manager": "Mo Hill <mo@hill.example>",
    "committee": "Cora Brook <cora@brook.example>",
}


def told(command: str, *words: str, **options: Any) -> str:
    out = io.StringIO()
    call_command(command, *words, stdout=out, **options)
    return out.getvalue()


def opened(**options: Any) -> str:
    return told("open_setting", "Little Oaks", kind="nursery", area="kent", **{**WHO, **options})


def test_another_setting_is_opened_with_its_people_and_its_list(sunflowers: Nursery) -> None:
    said = opened(group="Meadow Trust", officer="Gil Ford <gil@meadow.example>")

    here = Setting.objects.get(slug="little-oaks")
    people = Member.objects.filter(setting=here)
    assert {one.name: {held.role for held in one.roles_held.all()} for one in people} == {
        "Lena Ash": {Role.LEAD},
        "Mo Hill": {Role.MANAGER},
        "Cora Brook": {Role.COMMITTEE_LEAD},
        "Gil Ford": {Role.GROUP_OFFICER},
    }
    assert said.count("/accounts/password/reset/key/") == 4
    assert (here.kind, str(here.group)) == ("nursery", "Meadow Trust")
    assert "Kent" in Contact.objects.get(setting=here, slug="lado").name
    assert not Contact.objects.filter(setting=sunflowers.setting, slug="kscb").exists()


def test_whoever_is_somewhere_else_already_signs_in_as_before(sunflowers: Nursery) -> None:
    sunflowers.dana.user.set_password("three wet donkeys sing")
    sunflowers.dana.user.save()
    said = opened(lead="Dana Okafor <dana@sunflowers.example>")

    assert "Dana Okafor: signs in as before" in said
    assert said.count("/accounts/password/reset/key/") == 2
    assert Member.objects.filter(user=sunflowers.dana.user).count() == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"lead": "lena@ash.example"}, "Write the name of your safeguarding lead."),
        ({"manager": "Mo Hill"}, "Write the whole address"),
        ({"committee": WHO["manager"]}, "with two people it reaches somebody else"),
        ({"officer": "Gil"}, "Write who the group officer is"),
        ({"officer": "Gil <gil@>"}, "Write who the group officer is"),
        ({"officer": "Gil Ford <Mo@Hill.example>"}, "is both is given"),
        ({"group": "!!!"}, "letters or numbers"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_opened(
    sunflowers: Nursery, wrong: dict[str, str], said: str
) -> None:
    with pytest.raises(CommandError, match=said) as refused:
        opened(**wrong)
    assert "Nothing was changed." in str(refused.value)
    assert not Setting.objects.filter(name="Little Oaks").exists()


def test_the_first_setting_is_set_up_in_the_browser(db: None) -> None:
    with pytest.raises(CommandError, match="in the browser"):
        opened()


def test_a_kind_a_name_and_a_group_are_put_right(sunflowers: Nursery) -> None:
    said = told("change_setting", "sunflowers", kind="school", group="Meadow Trust")
    assert said.strip() == "Sunflowers is a school now, of Meadow Trust."
    said = told("change_setting", "sunflowers", name="Sunny", group="")
    assert said.strip() == "Sunny is a school now, of no group."

    for setting, options in (("bluebell", {"kind": "school"}), ("sunflowers", {})):
        with pytest.raises(CommandError):
            told("change_setting", setting, **options)
    with pytest.raises(CommandError, match="Write the name"):
        told("change_setting", "sunflowers", name=" ")
