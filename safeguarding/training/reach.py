"""To whom the pages are open that our messages lead to."""

from django.db.models import QuerySet

from safeguarding.notifications.reach import opens
from safeguarding.people.models import Member

from .models import Activity, Induction
from .permissions import may_have_training, may_record, may_see_everybody


def _planned(member: Member) -> QuerySet[Activity]:
    rows = Activity.objects.readable_by(member).filter(answers__isnull=True)
    return rows if may_record(member) else rows.none()


opens("training:mine", may_have_training)
opens("training:matrix", may_have_training)
opens("training:to_confirm", may_see_everybody)
opens("training:induction", Induction.objects.readable_by, "induction_id")
opens("training:activity", _planned, "activity_id")
