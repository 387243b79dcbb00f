"""Words of a sealed case that go on to another line, page or paper: the words, never what hides them."""

from typing import Any

import pytest
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.approvals.actions import approve
from safeguarding.concerns import actions
from safeguarding.concerns.actions.work import SEALED_WORDS
from safeguarding.concerns.explaining import why
from safeguarding.concerns.in_hand import to_be_shown
from safeguarding.concerns.models import (
    Case,
    CaseFile,
    Destruction,
    FileFrozen,
    PaperCopy,
    WorkHandover,
)
from safeguarding.concerns.papers.content import digest_of
from safeguarding.people import keyring
from safeguarding.people.models import Member
from tests.people import anew
from tests.standing import built_once

from .sealed_records import MARKER, opened, said_of, with_key

NAME = "quince.txt"


@pytest.fixture(autouse=True)
def folder(tmp_path: Any, settings: Any) -> None:
    settings.FILES = tmp_path / "files"


@built_once
def case(sunflowers: Nursery) -> Case:
    n = sunflowers
    for one in (n.devi, n.morgan):
        with_key(one)
    return opened(with_key(n.dana), said_of(n.sam, n.priya))


def read_by(member: Member, case: Case) -> Case:
    return Case.objects.readable_by(member).select_related("setting").get(pk=case.pk)


def handed(n: Nursery, case: Case) -> WorkHandover:
    dana = with_key(n.dana)
    return actions.hand_work_over(
        by=dana, to=n.devi, cases={read_by(dana, case): MARKER}, reports=[], reason="Away."
    )


def last_line(member: Member, case: Case, kind: str) -> Any:
    return read_by(member, case).entries.filter(kind=kind).latest("created_at")


def test_the_word_on_a_case_that_is_handed_over_goes_with_it(
    sunflowers: Nursery, case: Case
) -> None:
    n, handover = sunflowers, handed(sunflowers, case)
    devi = with_key(n.devi)
    assert [row.note for row in to_be_shown(handover, devi)[0]] == [MARKER]

    actions.take_work(by=devi, handover=handover)

    assert MARKER in last_line(with_key(n.devi), case, "access").text
    assert [row.note for row in to_be_shown(handover, with_key(n.devi))[0]] == [MARKER]


def test_a_receiver_whose_key_is_not_open_takes_it_and_the_word_stays_where_it_is(
    sunflowers: Nursery, case: Case
) -> None:
    n, handover = sunflowers, handed(sunflowers, case)

    actions.take_work(by=anew(n.devi), handover=handover)

    devi = with_key(n.devi)
    text = last_line(devi, case, "access").text
    assert text == f"Dana Okafor handed this case to Devi Sharma. {SEALED_WORDS}"
    again = WorkHandover.objects.get(pk=handover.pk)
    assert [row.note for row in to_be_shown(again, devi)[0]] == [MARKER]


def test_why_somebody_was_let_in_is_read_by_who_asks(sunflowers: Nursery, case: Case) -> None:
    dana = with_key(sunflowers.dana)
    actions.let_know(by=dana, case=read_by(dana, case), member=sunflowers.devi, reason=MARKER)

    reasons = why(
        anew(sunflowers.devi), read_by(with_key(sunflowers.dana), case), asker=sunflowers.dana
    ).reasons

    assert any(MARKER in one for one in reasons)


def added(n: Nursery, case: Case) -> CaseFile:
    dana = with_key(n.dana)
    actions.add_file(
        by=dana, case=read_by(dana, case), name=NAME, content=b"Words.", text="A letter."
    )
    return CaseFile.objects.readable_by(dana).select_related("file", "entry__case__setting").get()


def frozen(n: Nursery, case: Case, by: Member) -> FileFrozen:
    actions.freeze_file(by=by, case_file=added(n, case), reason="Wrong.")
    return FileFrozen.objects.readable_by(by).to_be_shown().get()


def test_a_paper_of_a_sealed_case_names_its_files(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    added(n, case)
    dana, morgan = with_key(n.dana), with_key(n.morgan)
    asked = actions.ask_to_print_case(
        by=dana, case=read_by(dana, case), recipient="LADO", purpose="Asked for"
    )
    approve(by=morgan, approval=asked, seen=asked.digest)

    paper = actions.take_paper(by=dana, copy=PaperCopy.objects.get(approval=asked))

    ((name, _, _, _, digest),) = paper.content["files"]
    assert name == NAME
    assert len(digest) == 64


def test_no_paper_is_made_where_a_word_of_it_is_not_open() -> None:
    with pytest.raises(RuleBroken, match="Nothing was printed"):
        digest_of({"files": [[f"Copy of {keyring.ENTER}"]]})


def test_freezing_and_opening_again_name_the_file(sunflowers: Nursery, case: Case) -> None:
    n = sunflowers
    dana, morgan = with_key(n.dana), with_key(n.morgan)
    of = frozen(n, case, dana)
    assert ["Name", NAME] in last_line(dana, case, "frozen").details

    asked = actions.ask_to_thaw(by=dana, frozen=of, reason="It was right.")
    approve(by=morgan, approval=asked, seen=asked.digest)

    dana = with_key(n.dana)
    assert ["Name", NAME] in last_line(dana, case, "thawed").details
    again = CaseFile.objects.readable_by(dana).select_related("file", "entry").get()
    assert actions.read_file(by=dana, case_file=again) == b"Words."


def test_a_file_is_destroyed_by_its_name_where_that_is_open_and_else_by_its_code(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    of = frozen(n, case, anew(n.dana))
    dana, morgan = with_key(n.dana), with_key(n.morgan)
    assert last_line(dana, case, "frozen").details == [["Frozen file", of.code]]
    police = {"officer": "PC Hall", "force": "Kent", "reference": "1", "instruction": "Destroy it."}
    asked = actions.ask_to_destroy(by=dana, frozen=of, **police, instructed_at=timezone.now())
    asked = Destruction.objects.readable_by(morgan).get(pk=asked.pk)

    actions.approve_destruction(by=morgan, asked=asked, bound_to=asked.bound_to)

    assert ["Name", NAME] in last_line(with_key(n.dana), case, "destroyed").details
