"""To whom the pages are open that our messages lead to."""

from django.db.models import QuerySet

from safeguarding.notifications.reach import opens
from safeguarding.people.models import BreakGlass, Member
from safeguarding.procedures.models import Run

from .models import (
    Case,
    Concern,
    CustodyItem,
    FileFrozen,
    Offer,
    ReviewAction,
    WorkHandover,
)
from .permissions import may_choose_pictures, may_see_some_readings, runs_of


def _runs(member: Member) -> QuerySet[Run]:
    return Run.objects.filter(runs_of(member))


for page in ("case", "chronology", "readers"):
    opens(f"concerns:{page}", Case.objects.readable_by, "case_id")
opens("concerns:step", Case.objects.led_by, "case_id")
opens("concerns:concern", Concern.objects.readable_by, "concern_id")
opens("concerns:receipt", Concern.objects.sent_by, "concern_id")
opens("concerns:work_handover", WorkHandover.objects.readable_by, "handover_id")
opens("concerns:technical_step", _runs, "run_id")
opens("concerns:action", ReviewAction.objects.readable_by, "action_id")
opens("concerns:custody_item", CustodyItem.objects.readable_by, "item_id")
opens("concerns:custody_offer", Offer.objects.readable_by, "offer_id")
opens("concerns:frozen_file", FileFrozen.objects.readable_by, "frozen_id")
opens("concerns:broken_glass", BreakGlass.objects.readable_by, "glass_id")
opens("concerns:readings", may_see_some_readings)
opens("concerns:pictures", may_choose_pictures)
