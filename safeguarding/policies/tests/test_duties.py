"""The catalogue of duties is read strictly, and a setting takes duties on clause by clause."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.core.management import call_command

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry
from safeguarding.people.roles import Role
from safeguarding.policies.actions import Part, adopt_duties, write_version
from safeguarding.policies.adopting import Take, ready_made
from safeguarding.policies.duties import catalogue, duty, read_all
from safeguarding.policies.models import DutyAdoption, PolicyVersion

SOUND = """\
- id: OSP-1-01
  also: [MTSM-1.1]
  who: [dsl]
  duty: "Do something."
  kind: review
  when: annually
  every: {days: 365, from: policy}
  evidence: "A record of it"
  automation: remind
  feature: training
"""
YEARLY = "OSP-3-01"


@pytest.mark.once
def test_the_catalogue_has_every_duty_of_the_two_policies() -> None:
    assert len(catalogue()) == 372
    assert {one.policy for one in catalogue().values()} == {"OSP", "MTSM"}
    unsure = [one.id for one in catalogue().values() if "regular" in one.when and not one.every]
    assert not unsure, "what is to be done regularly comes round at some time"


@pytest.mark.once
def test_a_sound_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SOUND)

    assert read_all(tmp_path)["OSP-1-01"].days == 365


@pytest.mark.once
@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("  kind: review", "  kind: ponder", 5),
        ("  automation: remind", "  automation: magic", 9),
        ("  feature: training", "  feature: gardening", 1),
        ("  when: annually", "  colour: blue\n  when: annually", 6),
        ("{days: 365", "{days: 400", 7),
        ("[dsl]", "[the_cat]", 3),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(
    right: str, wrong: str, line: int, tmp_path: Path
) -> None:
    (tmp_path / "a.yaml").write_text(SOUND.replace(right, wrong))

    with pytest.raises(ImproperlyConfigured, match=rf"a\.yaml line {line}\b"):
        read_all(tmp_path)


@pytest.mark.once
def test_an_id_stands_once_and_in_a_section(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SOUND)
    (tmp_path / "b.yaml").write_text(SOUND)
    with pytest.raises(ImproperlyConfigured, match=r"b\.yaml: OSP-1-01 stands twice"):
        read_all(tmp_path)
    (tmp_path / "b.yaml").write_text(SOUND.replace("id: OSP-1-01", "id: OSP-12-01"))
    with pytest.raises(ImproperlyConfigured, match="in no section"):
        read_all(tmp_path)


@pytest.mark.once
def test_a_duty_is_found_under_the_id_it_has_elsewhere_too() -> None:
    found = duty("MTSM-8.4.16")

    assert found is not None
    assert found.id.startswith("OSP-8-OST-")
    assert duty("OSP-99-01") is None


@pytest.mark.once
def test_the_command_lists_them_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("obligations", "--json")
    listed = {one["id"]: one for one in json.loads(capsys.readouterr().out)}

    assert listed["OSP-1-06"]["shown_by"] == "records"
    assert listed["MTSM-5.3.2b"]["clause"] == "5.3.2"
    assert listed.keys() == catalogue().keys()


def written(at: Nursery, title: str, *parts: tuple[str, str]) -> PolicyVersion:
    given = [Part(number, heading, "Words.") for number, heading in parts]
    return write_version(by=at.dana, title=title, parts=given, made=PolicyVersion.Made.WRITTEN)


def test_every_duty_is_ready_made_under_the_clause_that_fits(sunflowers: Nursery) -> None:
    n = sunflowers
    online = written(n, "Online safety policy", ("4", "Roles"), ("7", "Technology"))
    mobile = written(n, "Mobile technology policy", ("5", "Devices"), ("5.3.2", "Children's own"))
    made = {one.duty_id: one for one in ready_made(n.setting.pk)}

    assert made["OSP-4-DSL-01a"] == Take("OSP-4-DSL-01a", online.policy, "4")
    assert made["MTSM-5.3.2b"] == Take("MTSM-5.3.2b", mobile.policy, "5.3.2")
    assert made["MTSM-5.4.2"].clause_number == "5", "no 5.4 here, so the section"
    assert made["OSP-10-MIS-01"].clause_number == "10", "not in 1, and no 10 here"


def test_all_are_taken_on_at_once_and_once_only(sunflowers: Nursery) -> None:
    n = sunflowers
    first = adopt_duties(by=n.morgan, takes=ready_made(n.setting.pk))
    again = adopt_duties(by=n.morgan, takes=ready_made(n.setting.pk))

    assert (len(first), len(again)) == (372, 0)
    line = Entry.objects.get(event="duties.adopted")
    assert (line.details["number"], line.details["opted_out"]) == (372, 0)


def test_the_newest_word_counts_and_the_older_one_did(sunflowers: Nursery) -> None:
    n = sunflowers
    (first,) = adopt_duties(by=n.dana, takes=[Take(YEARLY)])
    (second,) = adopt_duties(by=n.dana, takes=[Take(YEARLY, interval_days=100)])

    mine = DutyAdoption.objects.readable_by(n.priya)
    assert mine.as_at(second.created_at).get() == second
    assert mine.as_at(first.created_at).get() == first
    assert not DutyAdoption.objects.readable_by(n.pat).exists()


def test_an_interval_is_made_shorter_and_never_longer(sunflowers: Nursery) -> None:
    assert adopt_duties(by=sunflowers.dana, takes=[Take(YEARLY, interval_days=365)])
    for days in (366, 0):
        with pytest.raises(RuleBroken, match="more often, not less often"):
            adopt_duties(by=sunflowers.dana, takes=[Take(YEARLY, interval_days=days)])


def test_nobody_takes_on_what_is_not_there_or_not_theirs(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    theirs = written(bluebells, "Online safety policy", ("1", "Aims")).policy
    with pytest.raises(RuleBroken, match="no duty OSP-99"):
        adopt_duties(by=sunflowers.dana, takes=[Take("OSP-99")])
    with pytest.raises(RuleBroken, match="not one of yours"):
        adopt_duties(by=sunflowers.dana, takes=[Take(YEARLY, policy=theirs)])
    for who in (sunflowers.priya, sunflowers.cleo, sunflowers.tariq):
        with pytest.raises(PermissionDenied):
            adopt_duties(by=who, takes=[Take(YEARLY)])


@pytest.mark.once
def test_every_post_knows_its_duties() -> None:
    posts = {one.id: one.posts for one in catalogue().values()}

    assert posts["OSP-4-DSL-01a"] == {Role.LEAD}
    assert Role.LEAD in posts["MTSM-5.3.2a"], "where it asks a child, those who lead see to it"
    assert all(posts.values())
