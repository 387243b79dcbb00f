"""What the policies ask: taken on with them, some confirmed in the first weeks, one found not to be so."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from demo.calendar import DAYS_OF_HISTORY, Days
from demo.cast import Nursery
from demo.walker import Story
from safeguarding.governance import actions
from safeguarding.governance.words import by_word
from safeguarding.people.models import Member
from safeguarding.policies.actions import adopt_duties
from safeguarding.policies.adopting import Take
from safeguarding.policies.duties import Duty, catalogue
from safeguarding.policies.models import DutyAdoption

# How people know, by the part of the work.
CONFIRMED = {
    "agreements": "It stands in the agreement that everybody signed.",
    "email_rules": "It stands in the agreement that everybody signed, and I asked in both rooms.",
    "staff_conduct": "We talk about it at supervision, and nothing else has come up.",
    "policy_library": "Staff and parents wrote it with us; the minutes are in the green folder.",
    "education": "The weekly plans of Acorns and Oaks name what we did and when.",
    "parent_engagement": "We talked about it at the parents’ evening.",
    "approved_resources": "I looked through the list on the office wall with both rooms.",
}
BRIEFLY = "OSP-1-03"  # its word runs out within the month
NOT_SO = "OSP-4-LEAD-06"
LEFT_OUT, OFTENER = "OSP-8-OST-01", "OSP-3-01"
NOBODY_DOES = "Nobody here follows our page from an account."


def duties(here: Nursery, days: Days) -> Story:
    """The lead looks the duties over; the manager and the lead confirm some; time is missing for one."""
    yield days.back(DAYS_OF_HISTORY - 3, "15:20")
    adopt_duties(by=here.dana, takes=_takes(here))
    yield days.back(DAYS_OF_HISTORY - 3, "15:30")
    for duty in by_word().values():
        if duty.feature in CONFIRMED and duty.id != BRIEFLY:
            _confirm(here.morgan, duty, CONFIRMED[duty.feature], 300)
    _confirm(here.morgan, catalogue()[BRIEFLY], "I went through the board with Dana.", 14)
    yield days.back(9, "16:10")
    actions.deny(
        by=here.dana,
        duty=catalogue()[NOT_SO],
        text="I have an hour a week for this, and it takes three.",
        do_next="Morgan plans cover for two more hours from next month.",
        until=timezone.localdate() + timedelta(days=40),
    )
    yield days.back(5, "12:00")
    actions.ask_for_word(
        by=here.cleo,
        duty=catalogue()["MTSM-4.4"],
        asked=here.morgan,
        due_on=timezone.localdate() + timedelta(days=12),
    )


def _takes(here: Nursery) -> list[Take]:
    """All of them were taken on with the policies: one comes round more often here, one not at all."""
    now = DutyAdoption.objects.as_at(timezone.now()).filter(setting=here.setting)
    rows = {one.duty_id: one for one in now.filter(duty_id__in=[LEFT_OUT, OFTENER])}
    out, oftener = (
        Take(one.duty_id, one.policy, one.clause_number) for one in (rows[LEFT_OUT], rows[OFTENER])
    )
    return [replace(out, opted_out_because=NOBODY_DOES), replace(oftener, interval_days=180)]


def _as_it_is(row: DutyAdoption) -> Take:
    return Take(row.duty_id, row.policy, row.clause_number)


def _confirm(by: Member, duty: Duty, how: str, for_days: int) -> None:
    until = timezone.localdate() + timedelta(days=for_days)
    actions.attest(by=by, duty=duty, text=how, until=until)
