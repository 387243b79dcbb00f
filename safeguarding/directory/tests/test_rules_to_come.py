"""A setting's own value for a rule: from which day, and taken back before it begins."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry as Line
from safeguarding.directory import actions
from safeguarding.law.local import rule_for, rules_for
from safeguarding.law.models import LocalRule, TakenBack
from safeguarding.law.values import Value
from safeguarding.people.roles import Role

from .conftest import Place

Page = Callable[..., str]
REASON = "Our partnership asks for it."


def day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def from_day(at: Place, days: int, value: str = "4 hours") -> LocalRule:
    said: dict[str, Any] = {"rule_id": "lado.refer", "reason": REASON, "starts": day(days)}
    return actions.set_local_rule(by=at.who(Role.LEAD), value=Value.parse(value), **said)


def test_a_value_that_is_to_come_is_shown_with_its_day_and_who_set_it(
    sunflowers: Place, page: Page
) -> None:
    own = from_day(sunflowers, 30)
    back = page("directory:take_back", own.pk)

    shown = sunflowers.signed_in(Role.PRACTITIONER).get(page("directory:rules")).text
    assert REASON in shown
    assert f"set by {sunflowers.who(Role.LEAD)}" in shown
    assert back not in shown
    manager = sunflowers.signed_in(Role.MANAGER)
    assert back in manager.get(page("directory:rules")).text
    assert REASON in manager.get(page("directory:local_rule", "lado.refer")).text


def test_a_value_that_is_to_come_is_taken_back_and_never_counts(
    sunflowers: Place, page: Page
) -> None:
    own = from_day(sunflowers, 30)
    rules, back = page("directory:rules"), page("directory:take_back", own.pk)
    assert sunflowers.signed_in(Role.PRACTITIONER).post(back).status_code == 403
    client = sunflowers.signed_in(Role.MANAGER)

    assert client.post(back)["Location"] == rules
    assert REASON not in client.get(rules).text
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        here = sunflowers.setting.pk
        assert rule_for(here, "lado.refer", day(0)).local is None
        assert rules_for(here, day(0))["lado.refer"].local is None
    assert Line.objects.filter(event="local_rule.taken_back", subject_id=own.pk).count() == 1
    assert client.post(back).status_code == 409


def test_a_value_that_has_begun_is_not_taken_back(sunflowers: Place) -> None:
    own = from_day(sunflowers, 0)
    with pytest.raises(RuleBroken, match="has begun"):
        actions.take_back_local_rule(by=sunflowers.who(Role.LEAD), own=own)
    assert not TakenBack.objects.exists()


def test_nobody_takes_back_what_another_setting_set(
    sunflowers: Place, bluebells: Place, page: Page
) -> None:
    theirs = from_day(bluebells, 30)
    lead = sunflowers.signed_in(Role.LEAD)
    assert lead.post(page("directory:take_back", theirs.pk)).status_code == 404
    assert REASON not in lead.get(page("directory:rules")).text


def test_what_was_counted_until_now_stays_as_it_was(sunflowers: Place) -> None:
    """Else the board of duties would say something else today of what it showed last month."""
    with pytest.raises(RuleBroken, match="has passed"):
        from_day(sunflowers, -1)
    assert not LocalRule.objects.exists()


def test_on_a_day_to_come_one_value_begins(sunflowers: Place) -> None:
    """Of two, one would come back once the other is taken back."""
    first = from_day(sunflowers, 30)
    with pytest.raises(RuleBroken, match="Take that one back first"):
        from_day(sunflowers, 30, "2 hours")

    actions.take_back_local_rule(by=sunflowers.who(Role.LEAD), own=first)
    assert from_day(sunflowers, 30, "2 hours").value == "2 hours"


def test_a_value_that_begins_today_may_be_set_right_today(sunflowers: Place) -> None:
    from_day(sunflowers, 0)
    from_day(sunflowers, 0, "2 hours")
    assert str(rule_for(sunflowers.setting.pk, "lado.refer", day(0)).value) == "2 hours"
