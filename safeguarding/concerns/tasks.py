"""What the worker does by the clock for concerns. Safe to run twice."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from safeguarding.audit.trail import System
from safeguarding.notifications.owing import who_is_away, whose_role_ran_out
from safeguarding.people.each import in_each_setting
from safeguarding.people.models import Setting
from safeguarding.people.settling import settle_again

from .actions import keep_led, see_to_left_devices, tell_of_readings
from .leading import whose_place_ran_out, with_devices, without_a_lead
from .readings import monday_of


@task()
def tell_of_last_week() -> None:
    """Tell the leads of last week's readings: on Monday, or later where the computer was off."""
    monday = monday_of(timezone.localdate()) - timedelta(days=7)

    def tell(setting: Setting) -> None:
        by = System("weekly readings", setting.pk)
        tell_of_readings(by=by, setting=setting, monday=monday)

    in_each_setting(tell)


@task()
def hand_on_what_ran_out() -> None:
    """Find somebody for what nobody leads, owes or keeps: a role ran out, or somebody is away from today."""
    in_each_setting(_hand_on)


def _hand_on(setting: Setting) -> None:
    by = System("settling", setting.pk)
    for one in without_a_lead(setting):
        keep_led(by=by, record_of=one)
    for case in with_devices(setting):
        see_to_left_devices(by=by, case=case)
    gone, away = whose_role_ran_out(setting), who_is_away(setting)
    for member in dict.fromkeys([*gone, *away, *whose_place_ran_out(setting)]):
        settle_again(member)
