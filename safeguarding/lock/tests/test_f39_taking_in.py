"""What was sent while the records were closed is taken in once, and reaches whom it should (F39)."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client, override_settings
from django.utils import timezone

from demo.cast import Nursery
from foundation import drop, standing
from safeguarding.audit.models import Entry
from safeguarding.concerns.models import Concern
from safeguarding.lock import around, drops, questions, taking_in
from safeguarding.lock.models import TakenIn
from safeguarding.notifications.models import Notification
from safeguarding.people import held
from safeguarding.portal.forms import TellForm
from safeguarding.portal.models import Teller
from safeguarding.portal.told import About, Identity

from .given import MARK, fields, typed


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    drop.make_ready(tmp_path, settings.KEY)
    with override_settings(DATA=tmp_path, LEAST_FREE=0):
        yield tmp_path


def put(data: Path, slug: str = "sunflowers", **answers: str) -> str:
    return drops.put_in(data, "tell", slug, fields(typed(**answers)))


def recipients(concern: Concern) -> set[str]:
    return {one.member.display_name for one in concern.recipients.select_related("member__user")}


def test_f39_it_becomes_a_report_as_sent_then_and_the_lead_is_told(
    sunflowers: Nursery, data: Path
) -> None:
    before = timezone.now()
    code = put(data, heard="He hits.", own_name="Pat")
    filed_by = timezone.now()
    assert Concern.objects.count() == 0
    assert taking_in.look_after() == 1

    concern = Concern.objects.get()
    assert (concern.saw, concern.heard) == (f"{MARK}: she flinched.", "He hits.")
    assert before <= concern.created_at <= filed_by, "deadlines count from when it was sent"
    taken = TakenIn.objects.get()
    assert (taken.filed_at, taken.concern) == (concern.created_at, concern)
    assert taken.created_at > filed_by
    assert Notification.objects.filter(kind="concern_reported", recipient=sunflowers.dana).exists()
    assert Teller.objects.with_receipt(sunflowers.setting, code).get().concern == concern
    answer = Client().post(sunflowers.setting.link_to("portal:replies"), {"code": code})
    assert answer.status_code == 200
    entry = Entry.objects.get(event="drop.taken_in")
    assert entry.details["concern"] == str(concern.pk)
    assert [one.parent.name for one in drop.folder_of(data).rglob("*.age")] == [drop.IMPORTED]


def test_f39_killed_between_it_is_taken_in_once(
    sunflowers: Nursery, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(data)
    with monkeypatch.context() as killed:

        def die(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        killed.setattr(drop, "settle", die)
        with pytest.raises(KeyboardInterrupt):
            taking_in.look_after()
    assert (Concern.objects.count(), len(drop.waiting(data))) == (1, 1)

    taking_in.look_after()
    taking_in.look_after()
    assert (Concern.objects.count(), TakenIn.objects.count()) == (1, 1)
    assert Entry.objects.filter(event="concern.reported").count() == 1
    assert drop.waiting(data) == []


def test_f39_the_same_form_that_also_came_the_usual_way_is_one_report(
    sunflowers: Nursery, data: Path
) -> None:
    sent = typed(heard="")
    code = drops.put_in(data, "tell", "sunflowers", fields(sent))
    shown = Client().post(sunflowers.setting.link_to("portal:tell"), sent)
    taking_in.look_after()

    assert code in shown.content.decode(), "the same code both times"
    assert Concern.objects.count() == 1


def test_f39_whoever_it_is_about_does_not_hear_of_it(sunflowers: Nursery, data: Path) -> None:
    put(data, about="lead")
    taking_in.look_after()
    concern = Concern.objects.get()

    assert concern.record_class == "C3"
    told = recipients(concern)
    assert told
    assert sunflowers.dana.display_name not in told
    assert not TakenIn.objects.readable_by(sunflowers.dana).exists()
    assert TakenIn.objects.readable_by(sunflowers.morgan).exists()


def test_f39_whoever_is_mentioned_in_any_of_its_boxes_does_not_hear_of_it(
    sunflowers: Nursery, data: Path
) -> None:
    put(data, about="unsure", heard="Dana shouted at him.")
    taking_in.look_after()

    assert sunflowers.dana.display_name not in recipients(Concern.objects.get())


def test_f39_who_sent_it_is_no_part_of_its_words(sunflowers: Nursery, data: Path) -> None:
    put(data, told_as="a ghost", own_name="Dana Smith", contact="Call 01632 960001")
    taking_in.look_after()
    concern = Concern.objects.get()

    assert concern.saw
    assert "Smith" not in concern.saw
    assert "01632" not in concern.saw
    assert Teller.objects.get().said_to_be.get().identity == Identity(
        "Dana Smith", "Call 01632 960001"
    )
    assert sunflowers.dana.display_name in recipients(concern), "a namesake sent it"


def test_f39_what_cannot_be_opened_is_kept_for_a_person_and_stops_nothing(
    sunflowers: Nursery, data: Path
) -> None:
    folder = drop.folder_of(data)
    (folder / "cut.age").write_bytes(b"age-encryption.org/v1\n-> X")
    drop.keep(data, "strange", b'{"id": "x"}')
    put(data, "nowhere-known")
    put(data)

    assert taking_in.look_after() == 1
    assert Concern.objects.count() == 1
    assert len(drop.unreadable(data)) == 3
    assert drop.waiting(data) == []


@pytest.mark.parametrize("written", ["bluebells", "Bluebells, in Ashford", " BLUEBELLS "])
def test_where_the_page_knew_no_settings_the_name_that_was_written_says_for_whom_it_is(
    sunflowers: Nursery, bluebells: Nursery, data: Path, written: str
) -> None:
    put(data, "", at=written)

    assert taking_in.look_after() == 1
    assert Concern.objects.get().setting == bluebells.setting
    assert drop.unreadable(data) == []


def test_boxes_that_are_not_as_the_form_wants_them_are_kept_as_words(
    sunflowers: Nursery, data: Path
) -> None:
    put(data, told_as="a ghost", who=f"{MARK} and Dana Okafor", in_danger_now="yes")
    taking_in.look_after()
    concern = Concern.objects.get()

    assert f"who: {MARK} and Dana Okafor" in concern.saw
    assert concern.in_danger_now
    assert sunflowers.dana.display_name not in recipients(concern), "she is mentioned in it"


@pytest.mark.parametrize(
    "about",
    [
        {"about": "lead"},
        {"about": "someone", "name": "Dana Okaffor"},
        {"people-0-who": "member:{dana}", "people-0-part": "alleged"},
        {"people-0-who": "member:{dana}", "people-0-part": "no such part"},
        {"people-0-name": "Dana Okaffor", "people-0-part": "alleged"},
    ],
    ids=["her post", "her name", "chosen", "chosen as nothing", "written"],
)
@pytest.mark.parametrize("of", ["tell", "report"])
def test_f39_whoever_was_chosen_does_not_hear_of_it_where_it_is_taken_in_as_words(
    sunflowers: Nursery, data: Path, about: dict[str, str], of: Literal["tell", "report"]
) -> None:
    dana = sunflowers.dana
    chosen = {name: value.format(dana=dana.pk) for name, value in about.items()}
    wrong = {"risk_area": "of no kind", "told_as": "a ghost", "people-TOTAL_FORMS": "1"}
    drops.put_in(data, of, "sunflowers", {**member_report(sunflowers), **fields(chosen | wrong)})
    taking_in.look_after()
    concern = Concern.objects.get()

    assert concern.record_class == "C3"
    assert dana.display_name not in recipients(concern)
    assert recipients(concern)
    assert not Concern.objects.readable_by(dana).exists()


def test_who_was_chosen_has_their_name_in_the_words(sunflowers: Nursery, data: Path) -> None:
    kit, devi = sunflowers.kit, sunflowers.devi
    chosen = {"people-0-who": f"child:{kit.pk}", "people-1-who": f"member:{devi.pk}"}
    parts = {"people-0-part": "harmed", "people-1-part": "witness", "risk_area": "of no kind"}
    drops.put_in(data, "report", "sunflowers", member_report(sunflowers, **chosen, **parts))
    taking_in.look_after()
    concern = Concern.objects.get()

    named = {(one.child, one.member, one.part) for one in concern.involvements.all()}
    assert {(kit, None, "harmed"), (None, devi, "witness")} <= named
    said = Concern.objects.readable_by(sunflowers.dana).get().saw
    assert f"people-0-who: {kit}" in said
    assert f"people-1-who: {devi.display_name}" in said


def member_report(at: Nursery, **changes: Any) -> Mapping[str, list[str]]:
    note = {"user": str(at.priya.user.pk), "page": "/"}
    sent = {
        "key": "5d2c5f0e-51e3-4d3c-9d4f-0e6f5a7b8c9d",
        "in_danger_now": "no",
        "kind": "other",
        "happened_on_day": "1",
        "happened_on_month": "9",
        "happened_on_year": "2026",
        "saw": MARK,
        "risk_area": "unsure",
        "told_lead": "yes",
        held.FIELD: signing.dumps(note, salt=held.SALT),
    }
    return fields(sent | changes)


def test_the_report_of_somebody_who_was_signed_in_is_theirs(
    sunflowers: Nursery, data: Path
) -> None:
    drops.put_in(data, "report", "sunflowers", member_report(sunflowers))
    taking_in.look_after()
    concern = Concern.objects.get()

    assert concern.reported_by == sunflowers.priya
    assert concern.key == UUID("5d2c5f0e-51e3-4d3c-9d4f-0e6f5a7b8c9d")


def test_a_report_with_a_forged_name_is_nobodys(sunflowers: Nursery, data: Path) -> None:
    forged = member_report(sunflowers, **{held.FIELD: "forged"})
    drops.put_in(data, "report", "sunflowers", forged)
    taking_in.look_after()
    concern = Concern.objects.get()

    assert concern.reported_by is None
    assert MARK in concern.saw


def test_nothing_is_taken_in_while_nothing_may_be_changed(sunflowers: Nursery, data: Path) -> None:
    put(data)
    standing.set_read_only(data, on=True)
    assert taking_in.look_after() == 0
    standing.set_read_only(data, on=False)
    assert taking_in.look_after() == 1


@pytest.mark.real_time
def test_many_in_an_hour_are_kept_and_marked(sunflowers: Nursery, data: Path) -> None:
    for _ in range(drops.MANY + 1):
        put(data)
    pairs = drop.identities(data, settings.KEY)
    marked = [drops.read(drop.opened(one, pairs)).may_be_abuse for one in drop.waiting(data)]

    assert (marked.count(False), marked.count(True)) == (drops.MANY, 1)


def test_the_page_for_closed_records_knows_whom_to_call(sunflowers: Nursery, data: Path) -> None:
    assert around.read(data) == around.Around()
    taking_in.look_after()
    place = around.read(data).place("")

    assert place is not None
    assert place.name == "Sunflowers"
    assert {"999", "101"} <= {one.number for one in place.outside}
    (data / around.NAME).write_text("{")
    assert around.read(data).places == (), "damaged, the national lines stand"


@pytest.mark.once
def test_the_form_for_closed_records_has_the_values_of_the_public_form() -> None:
    assert [one for one, _ in questions.ABOUT] == About.values
    assert {one for one, _ in questions.WHO} == set(Concern.ToldAs.values)
    own = set(questions.DropForm(None).fields)
    assert set(TellForm(None).fields) - own == {"website"}
    assert own - set(TellForm(None).fields) == set(taking_in.FURTHER)
