"""Nobody can tell from anything they reach whether there is an allegation about them (F23, rule R15)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.utils import timezone

from demo.cast import Nursery
from foundation.evidence import findings
from foundation.jobs.worker import run_ready
from safeguarding.concerns import actions, kinds
from safeguarding.concerns.models import Case, Concern
from safeguarding.concerns.report import Person
from safeguarding.concerns.tests.given import a_case, a_report, about, ended, filed
from safeguarding.concerns.tests.walker import Walker
from safeguarding.notifications.tasks import escalate_missed
from safeguarding.people import actions as people
from safeguarding.people.models import Member
from safeguarding.today import context

from .two_worlds import Life, Look, Seen, both, differences, seen_by

pytestmark = pytest.mark.once

OTHERS = ("wren", "cleo", "tariq")  # tied to her; could be let in, and is not; technical
MARK = "Xylophone"  # stands in everything that is kept from her


class Lives:
    """A nursery in which the lead is accused, or is not."""

    def __init__(self, n: Nursery) -> None:
        self.n = n
        self.figures: list[object] = []
        self.made: list[str] = []

    def before(self) -> None:
        """An ordinary day: a case, a report that waits, a tie, a technical step."""
        n = self.n
        for one in (n.dana, n.wren):
            people.declare_relationship(
                by=one, about=one, kind="close", other_member=n.wren if one == n.dana else n.dana
            )
        case = a_case(n.priya, n.dana, a_report("filtering-breach", Person("harmed", child=n.kit)))
        actions.add_entry(by=n.dana, case=case, text="Rang the provider.")
        filed(n.sam)
        run_ready()

    def accused(self) -> list[str]:
        """The lead is accused, and the case goes all its way, with others and their deadlines."""
        n = self.n
        said = a_report(kinds.ALLEGATION, Person("alleged", member=n.dana), saw=MARK)
        concern = filed(n.priya, said)
        actions.read_concern(by=n.morgan, concern=concern)
        actions.add_to_report(by=n.priya, concern=concern, text=MARK, fingerprint="1")
        case = self.opened(concern)
        source = Case.objects.filter(setting=n.setting, record_class="C1").get()
        further = actions.start_allegation(
            by=n.devi, source=source, key=uuid4(), report=about(n.dana)
        )
        waiting = filed(n.priya, about(n.dana))
        low = filed(n.priya, a_report(kinds.LOW_LEVEL, Person("alleged", member=n.dana), saw=MARK))
        for one in (waiting, low):  # or the next in turn, who may know, would hear of them
            actions.read_concern(by=n.devi, concern=one)
        run_ready()
        return self.addresses([concern, further, waiting, low], case)

    def opened(self, concern: Concern) -> Case:
        """The case about her, followed to its end and closed."""
        n = self.n
        case = actions.open_case(
            by=n.morgan,
            concern=concern,
            title=MARK,
            record_class="C3",
            procedures=[kinds.ALLEGATION],
            let_know=[n.devi],
            reasons=MARK,
        )
        walker = Walker(n, case, yes={"serious-harm", "may-look-into-it"})
        walker.lead = n.morgan
        walker.walk(leaving_out=True)
        actions.name_person(by=n.morgan, case=case, person=Person("witness", member=n.devi))
        ended(n.morgan, case, MARK)
        return case

    def addresses(self, concerns: list[Concern], case: Case) -> list[str]:
        """Where all of it is, for whoever guesses."""
        link = self.n.setting.link_to
        pages = ("case", "chronology", "readers", "close", "start_from_case", "pattern", "reopen")
        made = [link(f"concerns:{page}", case.pk) for page in pages]
        for concern in concerns:
            made += [link(f"concerns:{page}", concern.pk) for page in ("concern", "receipt")]
        [run] = case.runs
        return [*made, link("concerns:step", case.pk, run.pk, "outcome")]

    def later(self) -> None:
        """Three days on: what is late is chased, and life goes on."""
        n = self.n
        for _ in range(6):
            escalate_missed.call()
        concern = filed(n.sam, a_report(saw="He was quiet again."))
        actions.read_concern(by=n.dana, concern=concern)
        run_ready()
        at = timezone.now()
        found = findings([n.setting.pk], at + timedelta(days=1))
        self.figures.append(sorted((duty, str(one)) for duty, one in found.items()))


def life(lives: Lives) -> Life:
    """Beginning now, to the minute; looked at three days and an hour on."""
    start = datetime.now(UTC).replace(second=0, microsecond=0)
    moments = (start, start + timedelta(days=3), start + timedelta(days=3, hours=1))
    return Life(lives.before, lives.accused, lives.later, moments)


def looking(n: Nursery, monkeypatch: pytest.MonkeyPatch) -> dict[str, Look]:
    """Four people at all they can reach; and the accused at her first page, with two leaks in it."""
    pages = context._pages

    def counted(member: Member) -> list[tuple[str, str, str]]:
        number = Concern.objects.count()
        return [(part, f"{text} {number}", page) for part, text, page in pages(member)]

    def asked(member: Member) -> list[tuple[str, str, str]]:
        if Case.objects.filter(record_class="C3").exists():
            Concern.objects.exists()
        return pages(member)

    def leaking(leak: Callable[[Member], list[tuple[str, str, str]]]) -> Look:
        def look(_hidden: list[str]) -> Seen:
            with monkeypatch.context() as patched:
                patched.setattr(context, "_pages", leak)
                return seen_by(n.dana, [], of_a_kind=0)

        return look

    looks: dict[str, Look] = {one: partial(seen_by, n.people[one]) for one in OTHERS}
    looks["dana"] = partial(seen_by, n.dana, everywhere=True)
    return looks | {"a number": leaking(counted), "a question": leaking(asked)}


def test_nobody_can_tell_whether_there_is_an_allegation(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch, subtests: pytest.Subtests
) -> None:
    """Neither the accused, nor whoever is close to her, nor a colleague who need not know."""
    n = sunflowers
    let_them_have_passwords(n)
    lives = Lives(n)
    seen = both(life(lives), looking(n, monkeypatch))

    for name in ("dana", *OTHERS):
        with subtests.test(name):
            with_it, without = seen[name]
            assert differences(with_it, without) == []
            assert not [path for path, page in with_it.pages.items() if MARK in page[1]]
    with subtests.test("figures"):
        assert lives.figures[0] == lives.figures[1]
    with subtests.test("a number in the navigation would be seen"):
        assert [one for one in differences(*seen["a number"]) if one.endswith(": words")]
    with subtests.test("one more question to the database would be seen"):
        told = differences(*seen["a question"])
        assert [one for one in told if one.endswith("questions to the database")]
    with subtests.test("it was no empty try"):
        it_was_no_empty_try(seen["dana"][0])


def it_was_no_empty_try(seen: Seen) -> None:
    assert len(seen.pages) > 60, "she leads a case, and its pages were asked for"
    assert seen.mails, "she is mailed of other things"
    assert {page[0] for page in seen.pages.values()} >= {200, 302, 404}


def let_them_have_passwords(n: Nursery) -> None:
    for member in n.people.values():
        member.user.set_password("seven quiet hedgehogs")
        member.user.save(update_fields=["password"])
