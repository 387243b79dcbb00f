"""What is written to and by whoever told us stands on the case, in order and without a name."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from safeguarding.concerns import actions as concerns
from safeguarding.concerns.models import Case, Concern, Entry
from safeguarding.concerns.tests.given import a_case, a_report, case_on_paper, filed, opened
from safeguarding.portal import actions
from tests.people import signed_in
from tests.standing import built_once

from .given import come_back, told

FIRST, MORE, LATER = "On which day was it?", "On Monday, before lunch.", "She said it again."
WHO = "Robin Marsh"


@built_once
def case(sunflowers: Nursery) -> Case:
    """A case about what came through the public form, with a letter and an answer from before it."""
    n = sunflowers
    concern, code = told(n, own_name=WHO, contact="07700 900123")
    actions.write_to_teller(by=n.dana, teller=concern.teller, text=FIRST)
    come_back(n, code, text=MORE)
    case = opened(n.dana, concern)
    come_back(n, code, text=LATER)
    actions.write_to_teller(by=n.dana, teller=concern.teller, text="Thank you.")
    return case


def chronology(n: Nursery, case: Case, **asked: str) -> str:
    link = n.setting.link_to("concerns:chronology", case.pk)
    return signed_in(n.dana).get(link, asked).content.decode()


def test_they_stand_in_the_chronology_in_order_with_those_from_before_the_case(
    sunflowers: Nursery, case: Case
) -> None:
    shown = chronology(sunflowers, case)
    places = [shown.index(words) for words in (FIRST, MORE, LATER, "Thank you.")]

    assert places == sorted(places)
    assert "written by whoever told us, through the public form" in shown
    assert WHO not in shown
    assert "07700" not in shown


def test_one_can_look_for_them_alone(sunflowers: Nursery, case: Case) -> None:
    to_them = chronology(sunflowers, case, kind="letter")
    theirs = chronology(sunflowers, case, kind="told_again")

    assert FIRST in to_them
    assert MORE not in to_them
    assert LATER in theirs
    assert FIRST not in theirs


def test_the_paper_holds_each_once_and_theirs_word_for_word(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    content = case_on_paper(n.dana, case, recipient="R", purpose="P").content
    said = {one["text"]: one for one in content["items"] if one["text"]}

    assert [said[words]["verbatim"] for words in (FIRST, MORE, LATER)] == [False, True, True]
    assert said[MORE]["by"] == "whoever told us, through the public form"
    assert content["reports"][0]["additions"] == [], "not once more beneath the report"
    assert WHO not in str(content)


def test_what_they_write_after_the_case_was_closed_stands_there_too(sunflowers: Nursery) -> None:
    n = sunflowers
    concern, code = told(n)
    case = opened(n.dana, concern)
    case.closures.create(setting=n.setting, closed_by=n.dana, outcome="Done.")
    come_back(n, code, text=LATER)

    assert [one.text for one in case.entries.filter(kind=Entry.Kind.TOLD_AGAIN)] == [LATER]


def test_a_note_to_a_reporter_with_an_account_stands_there_too(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana)
    [concern] = Concern.objects.filter(gathered__case=case)
    concerns.reply_to_reporter(
        by=n.dana, concern=concern, text="It is in hand.", says_nothing_of_the_case=True
    )

    assert "It is in hand." in chronology(n, case)


def test_who_does_not_read_the_case_reads_no_letter_of_it(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    n = sunflowers
    concern, code = told(n, about="someone", name="Sam Whitlock")
    case = opened(n.morgan, concern, procedures=["allegation"])
    come_back(n, code, text=LATER)

    for member in (n.sam, n.priya, bluebells.dana):
        assert not Entry.objects.readable_by(member).filter(case=case).exists()
        link = member.setting.link_to("concerns:chronology", case.pk)
        assert signed_in(member).get(link).status_code == 404


def test_only_what_came_without_an_account_has_no_writer(sunflowers: Nursery) -> None:
    n = sunflowers
    case = a_case(n.priya, n.dana, a_report())
    said = {"setting": n.setting, "case": case, "text": "x", "happened_at": timezone.now()}
    for kind, writer in ((Entry.Kind.NOTE, None), (Entry.Kind.TOLD_AGAIN, n.dana)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Entry.objects.create(kind=kind, written_by=writer, **said)


def test_they_leave_a_case_with_their_report_and_come_along_into_the_next(
    sunflowers: Nursery, case: Case
) -> None:
    n = sunflowers
    concern = case.gathered.get().concern
    letter = Entry.objects.filter(case=case, kind="letter").earliest("happened_at")
    concerns.correct_entry(by=n.dana, case=case, entry=letter, text="It was on Tuesday.")
    concerns.gather(by=n.dana, concern=filed(n.priya), case=case)

    concerns.take_out(by=n.dana, concern=concern, case=case, reasons="Of another child.")

    with pytest.raises(RuleBroken, match="left the case"):
        concerns.correct_entry(by=n.dana, case=case, entry=letter, text="No, on Monday.")
    paper = str(case_on_paper(n.dana, case, recipient="R", purpose="P").content)
    shown = chronology(n, case) + chronology(n, case, kind="letter") + paper
    for words in (FIRST, MORE, LATER, "Thank you.", "on Tuesday"):
        assert words not in shown
    assert "What was written to and from whoever sent it" in shown
    right = opened(n.dana, Concern.objects.get(pk=concern.pk))
    there = chronology(n, right)
    for words in (FIRST, MORE, LATER, "Thank you."):
        assert there.count(words) == 1
    concerns.gather(by=n.dana, concern=filed(n.sam), case=right)
    concerns.take_out(by=n.dana, concern=concern, case=right, reasons="It was right.")
    concerns.gather(by=n.dana, concern=Concern.objects.get(pk=concern.pk), case=case)
    assert chronology(n, case).count(MORE) == 1
    assert "was part of this case from" in chronology(n, case)
