"""Somebody tells us something without saying who they are, and comes back with the code."""

import hashlib
from uuid import uuid4

from demo import reports
from demo.calendar import Days
from demo.cast import Nursery
from demo.walker import Story
from safeguarding.concerns import actions
from safeguarding.concerns.report import Report
from safeguarding.portal.actions import tell_us, write_to_teller
from safeguarding.portal.told import Told, public_form

SAW = (
    "In the group chat of the Acorns families somebody posts photos from the birthday party, and "
    "you can see children of other families on them, some in the paddling pool. Not everybody "
    "wanted that. I do not want to fall out with anyone, so I do not say who I am."
)
ANSWER = (
    "Thank you for telling us. You did the right thing. You need not say who you are. Please do not "
    "copy or send the photos. Is the group one that the nursery runs, and are the photos still in it?"
)
MORE = (
    "It is a group of the parents. They were taken out this morning, after somebody asked for it."
)
THANKS = (
    "Thank you. We have written to all Acorns families about photos of other people’s children, "
    "without naming anybody. If it happens again, tell us here or in person."
)
ASIDE = (
    "A private group of parents, photos from a party at home. Nothing in the words suggests more "
    "than thoughtlessness, and they have been taken out. A letter about photos went to all Acorns "
    "families. Whoever wrote knows what we did. If there is more, I will look at it again."
)


def told(here: Nursery, days: Days) -> Story:
    """Read, answered, answered back, and put aside with reasons: all without knowing who it was."""
    yield days.back(9, "10:40")
    words = Report(
        kind="other",
        risk_area="unsure",
        in_danger_now=False,
        told_lead="",
        happened_on=None,
        place="Since Sunday, in the parents’ chat",
        who="Several children of Acorns. I would rather not say whose phone it was.",
        saw=SAW,
    )
    form = public_form(here.setting)
    sent = Told(words, told_as="parent")
    concern, _ = tell_us(by=form, setting=here.setting, form=uuid4(), told=sent)
    yield days.back(9, "10:55")
    reports.read(here.dana, concern)
    yield days.back(9, "11:10")
    write_to_teller(by=here.dana, teller=concern.teller, text=ANSWER)
    yield days.back(9, "13:05")
    digits = hashlib.sha256(MORE.encode()).hexdigest()
    actions.add_from_outside(by=form, concern=concern, text=MORE, fingerprint=digits)
    yield days.back(9, "14:10")
    write_to_teller(by=here.dana, teller=concern.teller, text=THANKS)
    yield days.back(9, "14:25")
    actions.put_aside(by=here.dana, concern=concern, reasons=ASIDE)
