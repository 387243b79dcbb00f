"""How closely a case was guarded when something about it was written: figures ask for that, not for today.

A case that comes to be about a picture so changes no figure of the days before, and adds to none after.
"""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from safeguarding.procedures.evidence import knows_class_then

from .models import Case, Reclassification

# Figures must not move with a report about an adult here, nor with a picture of a child (rule R31).
OPENLY = ["C1", "C2"]


@knows_class_then
def class_then(case: str, moment: str) -> Coalesce:
    """For a query whose fields name a case and a moment: its class at that moment; empty where none is."""
    changes = Reclassification.objects.filter(case=OuterRef(case), created_at__gt=OuterRef(moment))
    before = changes.order_by("created_at").values("changed_from")[:1]
    now = Case.objects.filter(pk=OuterRef(case)).values("record_class")[:1]
    return Coalesce(Subquery(before), Subquery(now), Value(""))


def openly(rows: "QuerySet[Any, Any]", case: str) -> "QuerySet[Any, Any]":
    """Of rows about a case, those written while it was about neither an adult here nor a picture."""
    then: QuerySet[Any, Any] = rows.alias(class_then=class_then(case, "created_at"))
    return then.filter(class_then__in=OPENLY)
