"""Which pages are of the child for whom the glass was broken. Nothing of an allegation ever is (rule R15)."""

from collections.abc import Mapping
from uuid import UUID

from safeguarding.people.glass import covers
from safeguarding.people.models import BreakGlass

from .models import Case


@covers
def of_the_child(broken: BreakGlass, ids: Mapping[str, str]) -> bool:
    """Their file, their cases of the classes that it opens, and the reports in those."""
    if ids.get("child_id") == str(broken.child_id):
        return True
    cases = Case.objects.filter(setting=broken.setting_id, record_class__in=["C1", "C2"])
    cases = cases.with_child(broken.child)
    if case_id := ids.get("case_id"):
        return cases.filter(pk=case_id).exists()
    if concern_id := ids.get("concern_id"):
        return cases.filter(gathered__concern=UUID(concern_id)).exists()
    return False
