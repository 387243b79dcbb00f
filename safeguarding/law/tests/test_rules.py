import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from safeguarding.law.library import (
    NoSuchRule,
    guidance,
    read_rules,
    rule,
    rule_ids,
    rules,
    terms,
)
from safeguarding.law.values import Value

TODAY = date(2026, 11, 21)
ONE = """\
# a remark
- id: lado.refer
  kind: deadline
  title: Tell the LADO
  text: Tell the LADO about it.
  value: 1 working day
  counts_from: the allegation
  basis: law
  source: {title: Somewhere}
  seen_in: recalled
  verified: no
  local_override: shorter
"""


def read(folder: Path, text: str) -> None:
    (folder / "some.yaml").write_text(text)
    read_rules(folder)


def test_a_rule_says_how_long_it_gives_and_where_it_stands() -> None:
    lado = rule("lado.refer", TODAY)

    assert str(lado.value) == "1 working day"
    assert lado.source.title.startswith("Keeping children safe")
    assert not lado.verified


def test_only_what_was_read_in_the_text_itself_is_verified() -> None:
    everything = [*rules(TODAY), *guidance().values(), *terms().values()]

    assert {one.seen_in for one in everything if one.verified} == {"primary"}
    assert all(one.checked_on for one in everything if one.seen_in in {"primary", "quoted"})
    assert not rule("breach.ico", TODAY).verified
    assert not rule("imagery.refer", TODAY).verified


def test_our_own_starting_points_are_not_given_out_as_law() -> None:
    ours = [one for one in rules(TODAY) if one.seen_in == "ours"]

    assert ours
    assert all(one.basis == "house" and one.local_override in {"any", "shorter"} for one in ours)


def test_a_rule_that_was_not_in_force_that_day_is_not_there() -> None:
    assert "training.early-years" in rule_ids()
    with pytest.raises(NoSuchRule):
        rule("training.early-years", date(2024, 1, 1))


def test_the_version_of_the_day_is_the_one_that_counts(tmp_path: Path) -> None:
    old = ONE + "  in_force_to: 2025-08-31\n"
    new = ONE.replace("1 working day", "24 hours") + "  in_force_from: 2025-09-01\n"
    (tmp_path / "some.yaml").write_text(old + new)
    versions = read_rules(tmp_path)["lado.refer"]

    on_day = [str(v.value) for day in (31, 1) for v in versions if v.is_in_force(the_day(day))]
    assert on_day == ["1 working day", "24 hours"]


def the_day(day: int) -> date:
    return date(2025, 8, 31) if day == 31 else date(2025, 9, 1)


def test_two_versions_in_force_on_one_day_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"lado\.refer: two versions"):
        read(tmp_path, ONE + ONE)


@pytest.mark.parametrize(
    "wrong, right, says",
    [
        ("1 working day", "1 workday", r"some\.yaml line 6, 0\.value"),
        ("kind: deadline", "kind: dead", r"some\.yaml line 3, 0\.kind"),
        ("verified: no", "verified: yes", r"some\.yaml line 2, 0: .*verified means"),
        ("basis: law", "basis: law\n  colour: red", r"some\.yaml line 9, 0\.colour"),
        ("source: {title: Somewhere}", "source: {where: x}", r"line 9, 0\.source\.title"),
        ("id: lado.refer", "id: lado.refer: x", r"some\.yaml line 2"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(
    tmp_path: Path, wrong: str, right: str, says: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=says):
        read(tmp_path, ONE.replace(wrong, right))


@pytest.mark.parametrize("text", ["immediately", "1 hour", "2 working days", "25 years", "1 term"])
def test_a_length_of_time_is_written_as_it_is_read(text: str) -> None:
    assert str(Value.parse(text)) == text


@pytest.mark.parametrize("text", ["soon", "0 days", "1 day", "-1 hours", "1  hour", "1.5 hours"])
def test_a_vague_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="length of time"):
        Value.parse(text)


@pytest.mark.parametrize(
    "shorter, longer",
    [
        ("24 hours", "1 working day"),
        ("immediately", "1 minute"),
        ("1 month", "1 term"),
        ("1 working day", "5 calendar days"),
        ("365 calendar days", "1 year"),
    ],
)
def test_one_length_is_within_another_whatever_the_calendar(shorter: str, longer: str) -> None:
    a, b = Value.parse(shorter), Value.parse(longer)

    assert a.is_within(b)
    assert not b.is_within(a)


def test_a_working_day_is_not_surely_within_two_days() -> None:
    assert not Value.parse("1 working day").is_within(Value.parse("2 calendar days"))


def test_the_command_prints_every_rule() -> None:
    out = StringIO()
    call_command("rules", "--json", "--on", "2026-11-21", stdout=out)
    printed = {one["id"]: one for one in json.loads(out.getvalue())}

    assert set(printed) == {one.id for one in rules(TODAY)}
    assert printed["transfer.file"]["value"] == "5 calendar days"


def test_the_command_prints_for_a_person_what_is_not_verified() -> None:
    out = StringIO()
    call_command("rules", "--on", "2026-11-21", stdout=out)

    assert "lado.refer: 1 working day. Tell the LADO about an allegation." in out.getvalue()
    assert "(not verified)" in out.getvalue()
