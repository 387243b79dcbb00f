"""A file that should never have been added: frozen by one, destroyed by two, as the police said (R33)."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry as Line
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, CaseFile, Destruction, FileFrozen
from safeguarding.concerns.papers.file import as_pdf
from safeguarding.concerns.report import Person
from safeguarding.documents import files
from safeguarding.documents.models import StoredFile
from safeguarding.notifications.models import Notification
from safeguarding.people import actions as people
from safeguarding.procedures.library import definitions
from tests.budget import MOST, queries_of
from tests.people import signed_in
from tests.standing import built_once

from .given import IMAGE, a_case, a_report, about, case_on_paper, filed, opened

LETTER = b"What his mother wrote."
POLICE: dict[str, Any] = {
    "officer": "DC Amari",
    "force": "Kent Police",
    "reference": "P-7713",
    "instruction": "Destroy it.",
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Any, settings: Any) -> None:
    settings.FILES = tmp_path / "files"


@built_once
def case(sunflowers: Nursery) -> Case:
    return a_case(sunflowers.priya, sunflowers.dana)


def added(n: Nursery, case: Case, name: str = "letter.txt") -> CaseFile:
    return actions.add_file(by=n.dana, case=case, name=name, content=LETTER, text="Hers.")


def frozen(n: Nursery, case: Case) -> FileFrozen:
    return actions.freeze_file(by=n.dana, case_file=added(n, case), reason="Not ours to hold.")


def asked(n: Nursery, of: FileFrozen) -> Destruction:
    return actions.ask_to_destroy(by=n.dana, frozen=of, **POLICE, instructed_at=timezone.now())


def told(kind: str) -> set[str]:
    rows = Notification.objects.filter(kind=kind).select_related("recipient__user")
    return {row.recipient.display_name.split()[0] for row in rows}


def test_one_lead_freezes_it_and_then_nobody_opens_it(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    file = added(n, case)
    browser = signed_in(n.dana)
    chronology = n.setting.link_to("concerns:chronology", case.pk)
    link = n.setting.link_to("concerns:freeze_file", case.pk, file.pk)
    assert link in browser.get(chronology).content.decode()

    answer = browser.post(link, {"reason": "It may be a picture of a child."})

    of = FileFrozen.objects.get()
    assert answer["Location"] == of.path
    page = browser.get(of.path).content.decode()
    assert "Ring the police on 101" in page
    assert of.code in page
    shown = browser.get(chronology).content.decode()
    assert "frozen, nobody opens it" in shown
    assert n.setting.link_to("concerns:file", case.pk, file.pk) not in shown


@pytest.mark.parametrize("who", ["dana", "devi"])
def test_nobody_opens_what_is_frozen(sunflowers: Nursery, case: Case, who: str) -> None:
    n = sunflowers
    of = frozen(n, case)
    place = n.setting.link_to("concerns:file", case.pk, of.case_file.pk)
    opened = signed_in(n.people[who]).get(place)

    assert opened.status_code != 200
    assert LETTER not in opened.content
    with pytest.raises(RuleBroken, match="frozen"):
        actions.read_file(by=n.people[who], case_file=of.case_file)


def test_nobody_deletes_what_is_frozen(sunflowers: Nursery, case: Case) -> None:
    of = frozen(sunflowers, case)

    for row in (of.case_file, of.case_file.file):
        with pytest.raises(ProtectedError):
            row.delete()


def test_the_leads_and_the_committee_lead_hear_of_it_without_a_word_of_content(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    of = frozen(n, case)
    assert told("file_frozen") == {"Devi", "Cleo"}

    page = signed_in(n.cleo).get(of.path).content.decode()
    assert "Ring the police on 101" in page
    for secret in ("letter.txt", "Not ours to hold", case.title, case.reference):
        assert secret not in page
    for member in (n.priya, n.tariq):
        assert signed_in(member).get(of.path).status_code == 404


def test_of_an_allegation_only_its_list_hears(sunflowers: Nursery) -> None:
    n = sunflowers
    case = opened(n.morgan, filed(n.priya, about(n.dana)))
    file = actions.add_file(by=n.morgan, case=case, name="a.txt", content=LETTER, text="A letter.")
    of = actions.freeze_file(by=n.morgan, case_file=file, reason="Wrong here.")

    assert told("file_frozen") == {"Devi"}
    assert signed_in(n.dana).get(of.path).status_code == 404
    assert signed_in(n.cleo).get(of.path).status_code == 404, "not let into it"


def test_whoever_the_case_names_sees_nothing_of_it(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    concern = filed(n.priya, a_report())
    actions.gather(by=n.dana, concern=concern, case=case)
    people.declare_relationship(by=n.cleo, about=n.cleo, kind="relative", child=n.kit)
    actions.name_person(by=n.dana, case=case, person=Person("harmed", child=n.kit))
    of = frozen(n, case)

    assert told("file_frozen") == {"Devi"}
    assert signed_in(n.cleo).get(of.path).status_code == 404


def test_what_the_police_instructed_waits_for_somebody_else(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    of = frozen(n, case)
    browser = signed_in(n.dana)
    day = timezone.localdate()
    on = {"on_day": day.day, "on_month": day.month, "on_year": day.year}
    link = n.setting.link_to("concerns:instruct", of.pk)
    assert browser.post(link, {**POLICE, **on}).status_code == 302
    ask = Destruction.objects.get()

    assert told("destruction_asked") == {"Devi", "Cleo"}
    destroy = n.setting.link_to("concerns:destroy", of.pk, ask.pk)
    assert f'"{destroy}"' not in browser.get(of.path).content.decode()
    assert browser.post(destroy, {"bound_to": ask.bound_to}).status_code == 403
    assert StoredFile.objects.get().wrapped_key


def test_its_key_goes_when_a_second_person_says_yes_on_the_page(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    of = frozen(n, case)
    ask = asked(n, of)
    second = signed_in(n.cleo)
    page = second.get(of.path).content.decode()
    assert "DC Amari" in page
    assert ask.bound_to in page
    destroy = n.setting.link_to("concerns:destroy", of.pk, ask.pk)
    assert second.post(destroy, {"bound_to": ask.bound_to}).status_code == 302

    assert "Its key was destroyed" in second.get(of.path).content.decode()
    said = case.entries.get(kind="destroyed")
    assert ["Second person", "Cleo Barnes"] in said.details
    assert Line.objects.filter(event="file.key_destroyed").count() == 1
    with pytest.raises(RuleBroken, match="was destroyed"):
        asked(n, of)


def test_without_its_key_what_lies_on_the_disk_is_noise_and_every_other_file_is_whole(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    other, of = added(n, case, "other.txt"), frozen(n, case)
    ask = asked(n, of)
    actions.approve_destruction(by=n.devi, asked=ask, bound_to=ask.bound_to)

    stored = StoredFile.objects.get(pk=of.case_file.file_id)
    assert stored.wrapped_key == ""
    assert files.place_of(stored.pk).is_file()
    with pytest.raises(RuleBroken, match="cannot be opened"):
        files.read(stored)
    assert actions.read_file(by=n.dana, case_file=other) == LETTER


def test_a_yes_to_something_else_or_too_late_destroys_nothing(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    of, other = frozen(n, case), frozen(n, case)
    ask, elsewhere = asked(n, of), asked(n, other)
    with pytest.raises(RuleBroken, match="not what waits now"):
        actions.approve_destruction(by=n.devi, asked=ask, bound_to=elsewhere.bound_to)
    with (
        time_machine.travel(timezone.now() + timedelta(hours=73)),
        pytest.raises(RuleBroken, match="not what waits now"),
    ):
        actions.approve_destruction(by=n.devi, asked=ask, bound_to=ask.bound_to)
    for member in (n.dana, n.priya, n.morgan):
        with pytest.raises(PermissionDenied):
            actions.approve_destruction(by=member, asked=ask, bound_to=ask.bound_to)
    earlier = timezone.now() - timedelta(days=1)
    Destruction.objects.filter(pk=ask.pk).update(instructed_at=earlier)
    with pytest.raises(RuleBroken, match="not what waits now"):
        actions.approve_destruction(by=n.devi, asked=ask, bound_to=ask.bound_to)
    assert not StoredFile.objects.filter(wrapped_key="").exists()


def test_the_database_refuses_a_yes_of_the_same_person_or_to_another_file(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    of, other = frozen(n, case), frozen(n, case)
    ask = asked(n, of)
    right = {
        "setting": n.setting,
        "frozen": of,
        "by": n.devi,
        "bound_to": ask.bound_to,
        "approves": ask,
        "recorded_by": n.dana,
    }
    for wrong in (
        {"by": n.dana},
        {"by": n.dana, "recorded_by": n.devi},
        {"frozen": other},
        {"bound_to": "0" * 64},
        {"approves": None},
        {"recorded_by": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Destruction.objects.create(**{**right, **wrong})
            connection.check_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.filter(pk=of.case_file.file_id).update(wrapped_key="")


def test_the_paper_lists_files_by_name_and_digest_and_says_what_is_frozen(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    added(n, case)
    frozen(n, case)
    gone = frozen(n, case)
    ask = asked(n, gone)
    actions.approve_destruction(by=n.devi, asked=ask, bound_to=ask.bound_to)
    content = case_on_paper(n.dana, case, recipient="R", purpose="P").content

    assert {row[0] for row in content["files"]} == {"letter.txt"}
    assert {row[1] for row in content["files"]} == {"Text"}
    assert [row[4] for row in content["files"]] == [
        hashlib.sha256(LETTER).hexdigest(),
        "Frozen: nobody opens it",
        "Destroyed as the police instructed",
    ]
    assert as_pdf(content).startswith(b"%PDF")


def test_where_pictures_may_be_no_file_is_listed(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    frozen(n, case)
    actions.start_procedure(by=n.dana, case=case, definition=definitions()[IMAGE], reason="Maybe.")
    case.refresh_from_db()

    content = case_on_paper(n.dana, case, recipient="R", purpose="P").content
    assert content["files"] == []
    assert "letter.txt" not in str(content), "nor in the line that says that it was frozen"


def test_its_page_costs_the_same_however_often_the_police_were_asked(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    of, browser = frozen(n, case), signed_in(n.devi)
    asked(n, of)
    browser.get(of.path)
    few = len(queries_of(browser, of.path))
    for days in (4, 8):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            asked(n, of)

    assert len(queries_of(browser, of.path)) == few <= MOST
    assert browser.get(of.path).content.decode().count("DC Amari") == 3
