"""What the worker does by the clock for duties. Safe to run twice."""

from django_tasks import task

from safeguarding.audit.trail import System
from safeguarding.people.each import in_each_setting
from safeguarding.people.models import Setting

from .actions import keep_clocks


@task()
def remind_of_words() -> None:
    """Have a clock running for everybody who owes a word on some duty."""
    in_each_setting(_keep_clocks)


def _keep_clocks(setting: Setting) -> None:
    keep_clocks(by=System("words on duties", setting.pk), setting=setting)
