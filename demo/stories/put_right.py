"""Three slips, and how each was put right: a procedure, a step, and a report in the wrong case."""

from demo import reports
from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Do, Story, Walk
from demo.words import Note
from safeguarding.approvals.actions import approve
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, Entry
from safeguarding.concerns.report import Person
from safeguarding.procedures.library import definitions

from .bullying import TITLE as MESSAGES
from .coins import TITLE as COINS

NOT_OURS = "child-social-media-use"
BEGUN_BECAUSE = "It began in an app that the boys use."
BEGUN_BY_MISTAKE = (
    "That procedure is for a child of ours who uses an app. Neither boy is in our care, and the "
    "school deals with their telephones."
)
TOO_EARLY = Do("work-together", 0, Note("Gran and we agreed how Isla uses the tablet."))
NOT_YET = "I wrote this on the wrong day: gran comes tomorrow, and nothing is agreed before that."
IN_ACORNS = {
    "place": "Oaks, home corner",
    "saw": "Isla held the toy phone and typed on it with both thumbs, again and again.",
    "heard": "Isla said: “You are a baby, nobody likes you, ha ha, send.” Then: “That’s what Kofi "
    "sends Rory.”",
    "asked": "Nothing. I said: “That does not sound kind. Shall we ring Granny instead?”",
    "did": "We rang Granny on the toy phone. I told Dana at lunch.",
    "think": "Isla has seen or heard the messages at home.",
}
WRONG_CASE = (
    "Both cases have Isla in them, and I chose the wrong one. This is about the messages between "
    "the two brothers, and not about the coins."
)


def told(here: Nursery, days: Days) -> Story:
    """Each was noticed soon after, by whoever leads the case."""
    yield from _a_procedure(here, days)
    yield from _a_step(here, days)
    yield from _a_report(here, days)


def _a_procedure(here: Nursery, days: Days) -> Story:
    """Begun by mistake: Dana asks to set it aside, and a second person says yes."""
    yield days.back(17, "14:20")
    case = _case(here, MESSAGES)
    run = actions.start_procedure(
        by=here.dana, case=case, definition=definitions()[NOT_OURS], reason=BEGUN_BECAUSE
    )
    yield days.back(17, "15:05")
    asked = actions.ask_to_set_aside(by=here.dana, case=case, run=run, reason=BEGUN_BY_MISTAKE)
    yield days.back(17, "15:40")
    approve(by=here.devi, approval=asked, seen=asked.digest)


def _a_step(here: Nursery, days: Days) -> Story:
    """Written a day too early, struck, and owed again until the next morning."""
    yield days.back(15, "14:24")
    case = _case(here, COINS)
    yield from Walk(here, case, here.dana).on(days.back(15, "14:25"), TOO_EARLY)
    yield days.back(15, "14:31")
    early = Entry.objects.readable_by(here.dana).filter(case=case).latest("created_at")
    actions.say_recorded_in_error(by=here.dana, case=case, entry=early, reason=NOT_YET)


def _a_report(here: Nursery, days: Days) -> Story:
    """Another colleague saw something of the bullying; it came into a case with the same child."""
    yield days.back(14, "11:30")
    witness = [Person("witness", child=here.isla)]
    second = reports.send(here.sam, "cyberbullying", "conduct", IN_ACORNS, witness)
    yield days.back(14, "12:10")
    reports.read(here.dana, second)
    yield days.back(14, "12:14")
    wrong, right = _case(here, COINS), _case(here, MESSAGES)
    actions.gather(by=here.dana, concern=second, case=wrong)
    yield days.back(14, "12:31")
    actions.take_out(by=here.dana, concern=second, case=wrong, reasons=WRONG_CASE)
    yield days.back(14, "12:34")
    actions.gather(by=here.dana, concern=second, case=right)


def _case(here: Nursery, title: str) -> Case:
    """The case of this title, which its own story opened."""
    cases = Case.objects.readable_by(here.dana).filter(record_class="C1")
    return next(one for one in cases if one.title == title)
