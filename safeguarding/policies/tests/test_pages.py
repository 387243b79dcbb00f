"""The pages of the library, from a file to what is in force."""

import re
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.audit.models import Entry
from safeguarding.audit.trail import System
from safeguarding.policies import actions
from safeguarding.policies.actions import Part, begin_draft, propose, write_version
from safeguarding.policies.checking import Checked
from safeguarding.policies.importing.clauses import Piece
from safeguarding.policies.importing.editing import MOVED
from safeguarding.policies.importing.reading import from_words
from safeguarding.policies.models import Draft, DraftState, PolicyVersion
from safeguarding.policies.models.drafts import DraftQuerySet
from safeguarding.policies.tasks import forget_drafts
from tests.budget import MOST, queries_of
from tests.people import signed_in

from .texts import MARKED


def at(nursery: Nursery, path: str) -> str:
    return f"/at/{nursery.setting.slug}/policies/{path}"


def goes_to(answer: Any) -> str:
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def sent(client: Client, nursery: Nursery, name: str, content: bytes) -> Any:
    return client.post(at(nursery, "bring-in/"), {"file": SimpleUploadedFile(name, content)})


def test_a_policy_comes_in_from_a_file_and_is_in_force_when_the_committee_says_so(
    sunflowers: Nursery,
) -> None:
    dana = signed_in(sunflowers.dana)
    check = goes_to(sent(dana, sunflowers, "tablets.md", MARKED.encode()))
    page = dana.get(check).content.decode()
    assert "Section 2 begins with 2.2" in page
    assert not PolicyVersion.objects.exists()

    saving = {"seen": "0", "title": "Tablets and cameras policy", "change_note": ""}
    version = goes_to(dana.post(f"{check}save/", saving))
    assert not Draft.objects.exists()
    assert b"has not adopted it" in dana.get(version).content

    asked = dana.post(f"{version}propose/", {"approvers": [str(sunflowers.omar.pk)], "note": ""})
    assert goes_to(asked) == version
    omar = signed_in(sunflowers.omar, second_check=False)
    answering = f"{version}answer/"
    seen = re.search(r'name="seen" value="(\w{64})"', omar.get(answering).content.decode())
    assert seen
    said = {"seen": seen[1], "answer": "yes", "minutes": "item 4", "reason": ""}
    day = {"adopted_on_day": "1", "adopted_on_month": "9", "adopted_on_year": "2025"}
    assert goes_to(omar.post(answering, said | day)) == version

    everyone = signed_in(sunflowers.priya, second_check=False).get(at(sunflowers, ""))
    assert b"adopted on 1 September 2025" in everyone.content


def drafted(here: Nursery) -> Draft:
    return begin_draft(by=here.dana, brought=from_words(MARKED))


def test_a_clause_is_changed_joined_split_and_left_out_and_the_last_change_taken_back(
    sunflowers: Nursery,
) -> None:
    page = at(sunflowers, f"drafts/{drafted(sunflowers).pk}/")
    devi = signed_in(sunflowers.devi)
    change = {"number": "1.9", "level": "2", "heading": "", "text": "One. Two.", "seen": "0"}
    goes_to(devi.post(f"{page}1/", change))
    goes_to(devi.post(f"{page}1/split/", {"after": "1", "new_number": "1.10", "seen": "1"}))
    assert [(one.number, one.text) for one in pieces()[1:3]] == [("1.9", "One."), ("1.10", "Two.")]

    goes_to(devi.post(f"{page}2/join/", {"seen": "2"}))
    assert pieces()[1].text == "One.\nTwo."
    goes_to(devi.post(f"{page}undo/", {"seen": "3"}))
    assert pieces()[1].text == "One."
    goes_to(devi.post(f"{page}2/leave-out/", {"seen": "2"}))

    assert [one.number for one in pieces()[:3]] == ["1", "1.9", "1.2"]


def pieces() -> list[Piece]:
    return Checked.of(Draft.objects.get()).pieces


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(sunflowers: Nursery) -> None:
    page = at(sunflowers, f"drafts/{drafted(sunflowers).pk}/")
    goes_to(signed_in(sunflowers.devi).post(f"{page}1/join/", {"seen": "0"}))

    late = signed_in(sunflowers.dana).post(f"{page}3/join/", {"seen": "0"})

    assert late.status_code == 422
    assert MOVED in late.content.decode()
    assert Draft.objects.get().states.count() == 2


def test_what_was_thrown_away_or_forgotten_is_gone_whole(sunflowers: Nursery) -> None:
    dana = signed_in(sunflowers.dana)
    goes_to(dana.post(at(sunflowers, f"drafts/{drafted(sunflowers).pk}/forget/")))
    assert not DraftState.objects.exists()

    with time_machine.travel(timezone.now() - Draft.KEEP - timedelta(days=1)):
        old = drafted(sunflowers)
    new = drafted(sunflowers)
    forget_drafts.call()

    assert [one.pk for one in Draft.objects.all()] == [new.pk]
    assert not DraftState.objects.filter(draft=old.pk).exists()
    assert Entry.objects.filter(event="policy_draft.forgotten", subject_id=old.pk).exists()
    with pytest.raises(PermissionDenied):
        actions.forget_draft(by=System("drafts nobody came back for", new.setting_id), draft=new)


def test_what_somebody_goes_on_with_is_kept_however_old_it_is(sunflowers: Nursery) -> None:
    with time_machine.travel(timezone.now() - Draft.KEEP - timedelta(days=1)):
        old = drafted(sunflowers)
    page = at(sunflowers, f"drafts/{old.pk}/")
    goes_to(signed_in(sunflowers.devi).post(f"{page}1/join/", {"seen": "0"}))
    forget_drafts.call()

    assert Draft.objects.get() == old
    goes_to(signed_in(sunflowers.devi).post(f"{page}undo/", {"seen": "1"}))
    forget_drafts.call()
    assert Draft.objects.get() == old, "whoever takes a change back goes on with it"


def test_one_that_is_saved_in_that_moment_keeps_no_other_from_being_forgotten(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    with time_machine.travel(timezone.now() - Draft.KEEP - timedelta(days=1)):
        gone, old = drafted(sunflowers), drafted(sunflowers)
    rows = Draft.objects.filter(pk__in=[gone.pk, old.pk])
    found = sorted(rows, key=lambda one: one.pk != gone.pk)
    monkeypatch.setattr(DraftQuerySet, "forgotten", lambda *_: found)
    monkeypatch.setattr(Draft, "is_forgotten", lambda *_: True)
    gone.delete()

    forget_drafts.call()

    assert not Draft.objects.exists()


def test_the_version_says_which_file_it_came_from_and_keeps_none_of_it(sunflowers: Nursery) -> None:
    dana = signed_in(sunflowers.dana)
    check = goes_to(sent(dana, sunflowers, "a.md", MARKED.encode()))
    goes_to(dana.post(f"{check}save/", {"seen": "0", "title": "Tablets policy"}))

    version = PolicyVersion.objects.get()
    assert version.source_sha256 == sha256(MARKED.encode()).hexdigest()
    assert version.made == PolicyVersion.Made.IMPORTED
    assert version.clauses.filter(is_ours=True).count() == 3
    assert b"our number" in dana.get(version.get_absolute_url()).content


def test_what_was_brought_in_becomes_a_version_of_a_policy_that_is_there(
    sunflowers: Nursery,
) -> None:
    """Also where nobody said so at first: nothing that was put right is lost."""
    n, made = sunflowers, PolicyVersion.Made.WRITTEN
    first = write_version(
        by=n.dana, title="Tablets policy", parts=[Part("1", "", "Aims.")], made=made
    )
    page, dana = at(n, f"drafts/{drafted(n).pk}/save/"), signed_in(n.dana)
    saving = {"seen": "0", "title": "Tablets policy", "change_note": ""}
    refused = dana.post(page, saving)
    assert refused.status_code == 422
    assert "your work is kept" in refused.content.decode()

    goes_to(dana.post(page, saving | {"policy": str(first.policy_id)}))

    assert [one.number for one in first.policy.versions.order_by("number")] == [1, 2]
    assert not Draft.objects.exists()


def test_two_policies_whose_long_names_differ_at_the_end_are_two(sunflowers: Nursery) -> None:
    made, parts = PolicyVersion.Made.WRITTEN, [Part("1", "", "Aims.")]
    long = "Safeguarding and child protection policy and procedure for our rooms"
    for end in ("indoors", "outdoors"):
        write_version(by=sunflowers.dana, title=f"{long}: {end}", parts=parts, made=made)

    with pytest.raises(RuleBroken, match="of this name"):
        write_version(by=sunflowers.dana, title=f"{long}, INDOORS", parts=parts, made=made)


@pytest.mark.parametrize("more", [0, 40])
def test_pages_ask_the_same_number_of_questions_however_much_there_is(
    sunflowers: Nursery, more: int
) -> None:
    made = PolicyVersion.Made.WRITTEN
    long = [Part(f"1.{n}", "", "See the Behaviour policy.") for n in range(1, 3 + 10 * more)]
    old = write_version(by=sunflowers.dana, title="One policy", parts=long, made=made)
    for n in range(more):
        write_version(by=sunflowers.dana, title=f"Policy {n}", parts=long[:1], made=made)
    new = write_version(
        by=sunflowers.dana, title="One policy", parts=long[1:], made=made, policy=old.policy
    )
    propose(by=sunflowers.dana, version=new, approvers=[sunflowers.cleo, sunflowers.omar])
    dana = signed_in(sunflowers.dana)
    pages = {
        "": 10,
        f"{old.policy_id}/": 10,
        f"versions/{new.pk}/": 12,
        f"versions/{new.pk}/since/1/": 10,
        f"drafts/{drafted(sunflowers).pk}/": 10,
        f"drafts/{drafted(sunflowers).pk}/save/": 10,
    }

    for path, most in pages.items():
        assert len(queries_of(dana, at(sunflowers, path))) <= min(most, MOST), path
