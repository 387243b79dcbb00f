"""What a setting wrote onto its own lists is put right, and comes back: a slip is not for ever."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.law.values import Value
from safeguarding.people.roles import Role
from safeguarding.training import actions
from safeguarding.training.asked import Topic, asked_of
from safeguarding.training.models import OwnItem
from tests.people import signed_in

from .given import state, talk

YEAR = Value.parse("1 year")


def topics(at: Nursery) -> dict[str, Topic]:
    return asked_of([at.setting.pk], timezone.now())[at.setting.pk]


def added(at: Nursery) -> str:
    roles = [Role.PRACTITIONER]
    return actions.add_topic(by=at.dana, name="The pnod", about="?", every=YEAR, roles=roles).slug


def test_a_slip_in_a_topic_is_put_right_and_what_was_learnt_counts_on(sunflowers: Nursery) -> None:
    slug = added(sunflowers)
    talk(sunflowers, slug, to=sunflowers.priya)
    client, page = signed_in(sunflowers.dana), sunflowers.setting.link_to("training:topics")
    change = f"{page}{slug}/change/"
    assert change in client.get(page).text
    assert 'value="The pnod"' in client.get(change).text

    client.post(change, {"name": "The pond", "about": "Who goes there.", "every": "2 years"})
    topic = topics(sunflowers)[slug]
    assert (topic.name, topic.about, str(topic.every)) == ("The pond", "Who goes there.", "2 years")
    assert Role.PRACTITIONER in topic.needs
    assert state(sunflowers.priya, slug) == "current"


def test_a_topic_that_was_taken_off_is_put_back_and_no_second_one_made(sunflowers: Nursery) -> None:
    slug = added(sunflowers)
    actions.remove_topic(by=sunflowers.dana, slug=slug)
    with pytest.raises(RuleBroken, match="put it back"):
        added(sunflowers)
    client, page = signed_in(sunflowers.dana), sunflowers.setting.link_to("training:topics")
    change = f"{page}{slug}/change/"
    assert change in client.get(page).text
    assert change not in signed_in(sunflowers.priya).get(page).text

    client.post(change, {"name": "The pond", "about": "Who goes there.", "every": "1 year"})
    assert Role.PRACTITIONER in topics(sunflowers)[slug].needs
    assert "Put it back" not in client.get(page).text
    with pytest.raises(PermissionDenied):
        actions.change_topic(by=sunflowers.devi, slug=slug, name="X", about="Y", every=YEAR)


def test_what_newcomers_are_shown_is_written_anew_and_shown_again(sunflowers: Nursery) -> None:
    said = {"text": "Its code.", "audiences": ["staff"]}
    slug = actions.add_item(by=sunflowers.dana, name="The gaet", **said).slug  # type: ignore[arg-type]
    actions.retire_item(by=sunflowers.dana, slug=slug, reason="The gate has no code now.")
    client, page = signed_in(sunflowers.dana), sunflowers.setting.link_to("training:items")
    change = f"{page}{slug}/change/"
    assert change in client.get(page).text
    with pytest.raises(RuleBroken, match="show it again"):
        actions.add_item(by=sunflowers.dana, name="The gaet", **said)  # type: ignore[arg-type]

    client.post(change, {"name": "The gate", **said, "first_day": "on"})
    now = OwnItem.objects.known(timezone.now()).get(slug=slug)
    assert (now.name, now.first_day, now.retired) == ("The gate", True, False)
    assert "Stop showing it" in client.get(page).text
