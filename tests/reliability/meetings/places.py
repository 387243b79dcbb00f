"""What they meet on: a lived-in nursery, and cases in which more may be done, or nothing any more."""

from uuid import uuid4

from django.utils import timezone

from demo.cast import Nursery
from safeguarding.concerns import actions as concerns
from safeguarding.concerns import models as held
from safeguarding.concerns.tests.given import about, filed, opened
from safeguarding.concerns.tests.walker import Walker
from safeguarding.notifications.models import Clock
from tests.architecture import examples
from tests.architecture.acting import WHY

from .on_slips import slipped


def ready(n: Nursery) -> dict[str, str]:
    """A case that may be closed, and something to see to after it."""
    case = concerns.open_case(
        by=n.dana,
        concern=examples._reported(n),
        title="Ready",
        record_class="C1",
        procedures=["welfare-concern"],
        reasons=WHY,
    )
    action = examples._reviewed(n, case)
    entry = held.Entry.objects.filter(case=case).earliest("created_at")
    referral = held.Referral.objects.filter(entry__case=case).first() or case
    file = examples._letter(n, case)
    return {
        "case_id": str(case.pk),
        "action_id": str(action.pk),
        "entry_id": str(entry.pk),
        "referral_id": str(referral.pk),
        "file_id": str(file.pk),
        "granted_id": str(concerns.let_know(by=n.dana, case=case, member=n.devi, reason=WHY).pk),
        "item_id": str(uuid4()),
        "handover_id": str(
            concerns.hand_work_over(
                by=n.dana, to=n.devi, cases={case: ""}, reports=[], reason="Away."
            ).pk
        ),
        "concern_id": str(examples._reported(n).pk),
    }


def closed(n: Nursery) -> dict[str, str]:
    ids = ready(n)
    case = held.Case.objects.get(pk=ids["case_id"])
    concerns.close_case(by=n.dana, case=case, outcome=WHY)
    return ids


def allegation(n: Nursery) -> dict[str, str]:
    """One that waits for a second person to say that it may be closed."""
    case = opened(n.dana, filed(n.priya, about(n.sam)), let_know=[n.cleo, n.morgan])
    walker = Walker(n, case)
    walker.walk(leaving_out=True)
    asked = concerns.ask_to_close(by=n.dana, case=case, outcome="Unfounded.")
    entry = held.Entry.objects.filter(case=case).earliest("created_at")
    return {
        "case_id": str(case.pk),
        "entry_id": str(entry.pk),
        "approval_id": str(asked.pk),
        "granted_id": str(case.need_to_know.get(member=n.morgan).pk),
    }


def device(n: Nursery, case: held.Case) -> dict[str, str]:
    """A device that nobody offered, and a frozen file of which nobody said anything."""
    return {
        "item_id": str(examples._secured(n, case).pk),
        "frozen_id": str(examples._frozen(n, case).pk),
    }


def with_cases_to_meet_on(at: examples.Examples) -> examples.Examples:
    """More that pairs drawn by lot are about; and every clock has run out."""
    case = held.Case.objects.get(pk=at.ids["case_id"])
    at.of_one_address |= {
        "ready case": ready(at.nursery),
        "closed case": closed(at.nursery),
        "allegation": allegation(at.nursery),
        "device": device(at.nursery, case),
        "slips": (slips := slipped(at.nursery)),
        "further slips": slips,
    }
    Clock.objects.running().update(escalate_at=timezone.now())
    return at
