"""Saying that a device in custody was recorded by mistake."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from foundation.forms import DropDown, Form, Words
from safeguarding.concerns import seals
from safeguarding.concerns.models import Case, CustodyEnd, CustodyItem
from safeguarding.people.models import Member


class ByMistakeForm(Form):
    """How a device came to be recorded that never was with us, or that has a number already."""

    same_as = DropDown(label="Is it with us under another number?", required=False)
    reason = Words(
        label="How was it recorded by mistake?",
        missing="Write how it was recorded by mistake, so that the second person can decide.",
        help_text="For example: it was written down, and then not handed in. Nothing about a child: the "
        "second person may not know the case.",
        rows=3,
        most=300,
    )

    def __init__(self, typed: QueryDict | None, *, item: CustodyItem, member: Member) -> None:
        super().__init__(typed)
        self.items = {str(one.pk): one for one in _others(item, member)}
        field = self.fields["same_as"]
        if isinstance(field, DropDown):
            names = [(pk, f"{one.number}: {one.described.what}") for pk, one in self.items.items()]
            field.choices = [("", "No: it never was with us"), *names]
        if not self.items:
            del self.fields["same_as"]

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"reason": said["reason"], "same_as": self.items.get(said.get("same_as", ""))}


def _others(item: CustodyItem, member: Member) -> QuerySet[CustodyItem]:
    """Of its case; and of the other cases that this member leads, those with us. Never of an allegation."""
    theirs = Q(of_case__case=item.case)
    if item.case.record_class != seals.SEALED:
        led = Case.objects.led_by(member).exclude(record_class=seals.SEALED)
        theirs |= Q(of_case__case__in=led, ends__isnull=True)
    mistaken = CustodyEnd.objects.filter(item=OuterRef("pk"), kind__in=CustodyEnd.BY_MISTAKE)
    rows = CustodyItem.objects.filter(theirs, ~Exists(mistaken), setting=item.setting_id)
    return rows.exclude(pk=item.pk).distinct().with_descriptions().order_by("created_at")
