"""What the worker does for the public form. Safe to run twice."""

from django.utils import timezone
from django_tasks import task

from foundation import fence
from safeguarding.people.each import in_each_setting
from safeguarding.people.models import Setting

from . import actions
from .models import ToldLater
from .told import public_form


@task()
def tell_of_waiting() -> None:
    """Tell of the reports that were held back because there were many at once."""
    with fence.across("what is due"):
        due = set(ToldLater.objects.due(timezone.now()).values_list("setting", flat=True))
    in_each_setting(_tell, Setting.objects.filter(pk__in=due))


def _tell(setting: Setting) -> None:
    actions.tell_of_waiting(by=public_form(setting), setting=setting)
