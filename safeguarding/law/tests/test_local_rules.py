from datetime import date, datetime
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from foundation.errors import RuleBroken
from safeguarding.law.calendar import LONDON, due
from safeguarding.law.library import rule, rules
from safeguarding.law.local import refuse_looser, rule_for, rules_for
from safeguarding.law.models import LocalRule
from safeguarding.law.schema import LocalChange
from safeguarding.law.values import Value

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
HERE = uuid4()


def own(value: str, rule_id: str = "lado.refer", starts: date = date(2026, 1, 1)) -> LocalRule:
    said = {"rule_id": rule_id, "value": value, "reason": "Our partnership asks"}
    return LocalRule.objects.create(setting_id=HERE, set_by=uuid4(), **said, starts=starts)


def test_a_setting_has_the_rule_as_it_stands_unless_it_has_its_own() -> None:
    own("24 hours")

    assert str(rule_for(HERE, "lado.refer", TODAY).value) == "24 hours"
    assert str(rule_for(uuid4(), "lado.refer", TODAY).value) == "1 working day"


def test_the_rule_says_that_the_value_is_the_settings_own_and_why() -> None:
    own("24 hours")
    local = rule_for(HERE, "lado.refer", TODAY).local

    assert local
    assert (str(local.national), local.reason) == ("1 working day", "Our partnership asks")


def test_the_newest_value_that_has_begun_counts() -> None:
    own("24 hours")
    own("12 hours", starts=date(2026, 6, 1))
    own("1 hour", starts=date(2027, 1, 1))

    assert str(rule_for(HERE, "lado.refer", TODAY).value) == "12 hours"
    assert str(rule_for(HERE, "lado.refer", date(2026, 5, 31)).value) == "24 hours"
    assert str(rules_for(HERE, TODAY)["lado.refer"].value) == "12 hours"


def test_a_value_looser_than_the_law_is_not_used_even_when_it_is_there() -> None:
    own("3 working days")

    assert str(rule_for(HERE, "lado.refer", TODAY).value) == "1 working day"
    assert rules_for(HERE, TODAY)["lado.refer"].local is None


def test_a_rule_that_is_the_same_everywhere_stays_so() -> None:
    own("1 hour", rule_id="imagery.refer")

    assert str(rule_for(HERE, "imagery.refer", TODAY).value) == "immediately"


def test_all_the_rules_of_a_setting_cost_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    own("24 hours")
    with django_assert_num_queries(1):
        rules_for(HERE, TODAY)
    with django_assert_num_queries(1):
        rule_for(HERE, "lado.refer", TODAY)


@pytest.mark.parametrize(
    "rule_id, value, says",
    [
        ("lado.refer", "2 working days", "1 working day or less"),
        ("retention.allegation", "5 years", "10 years or more"),
        ("imagery.refer", "1 hour", "cannot change it"),
    ],
)
def test_a_looser_value_is_refused_with_a_sentence(rule_id: str, value: str, says: str) -> None:
    with pytest.raises(RuleBroken, match=says):
        refuse_looser(rule(rule_id, TODAY), Value.parse(value))


def test_a_stricter_value_and_a_free_one_are_allowed() -> None:
    refuse_looser(rule("lado.refer", TODAY), Value.parse("24 hours"))
    refuse_looser(rule("retention.allegation", TODAY), Value.parse("25 years"))
    refuse_looser(rule("parents.decide", TODAY), Value.parse("2 working days"))


@pytest.mark.parametrize("longest", ["100 years", "7300 working days", "240 terms"])
def test_a_value_of_a_setting_is_always_a_day_of_the_calendar(longest: str) -> None:
    assert due(Value.parse(longest), datetime(2026, 11, 22, 16, tzinfo=LONDON)).year <= 2130


@pytest.mark.parametrize("endless", ["101 years", "9999 working days", "9999 terms"])
def test_what_lasts_longer_than_a_hundred_years_is_no_length_of_time(endless: str) -> None:
    with pytest.raises(ValueError, match="hundred years"):
        Value.parse(endless)


def test_what_a_clock_says_of_its_rule_names_the_settings_own_time() -> None:
    own("4 hours", rule_id="custody.holder")

    ours, theirs = (rule_for(one, "custody.holder", TODAY) for one in (HERE, uuid4()))
    assert "by the next working day" in ours.said
    assert ours.said.startswith("Your setting chose its own time: 4 hours. Elsewhere: ")
    assert theirs.said.startswith("When whoever has a device")


def test_what_a_clock_says_of_its_rule_fits_where_it_is_kept() -> None:
    longest = LocalChange(national=Value.parse("1 hour"), reason="x", since=TODAY)
    for one in rules(TODAY):
        value = Value.parse("9999 calendar days")
        assert len(one.model_copy(update={"local": longest, "value": value}).said) <= 600
