"""Changes what only whoever runs the installation may change about a setting: its ages, and its group."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from foundation import fence
from foundation.errors import RuleBroken
from safeguarding.audit.trail import System
from safeguarding.people import actions
from safeguarding.people.models import Setting
from safeguarding.people.permissions import OPERATOR
from safeguarding.people.setting_forms import AboutForm

from ._answers import GroupForm, answered


class Command(BaseCommand):
    help = "Change the name or kind of a setting, or the group it belongs to."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("setting", help="the name of the setting in its address")
        parser.add_argument("--name", help="what it is called from now on")
        parser.add_argument("--kind", choices=[value for value, _ in Setting.Kind.choices])
        parser.add_argument("--group", help="the trust or authority it belongs to; empty for none")

    def handle(self, *args: Any, **options: Any) -> None:
        setting = Setting.objects.filter(slug=options["setting"]).first()
        if setting is None:
            raise CommandError("There is no setting with this address. Nothing was changed.")
        if not any(options[one] is not None for one in ("name", "kind", "group")):
            raise CommandError("Say what to change: --name, --kind or --group.")
        try:
            with fence.inside(setting.pk), transaction.atomic():
                here = _change(setting, **{one: options[one] for one in ("name", "kind", "group")})
        except RuleBroken as broken:
            raise CommandError(str(broken)) from broken
        of = f", of {here.group}" if here.group else ", of no group"
        self.stdout.write(f"{here.name} is a {here.get_kind_display().lower()} now{of}.")


def _change(setting: Setting, name: str | None, kind: str | None, group: str | None) -> Setting:
    by, here = System(OPERATOR, setting.pk), setting
    if name is not None or kind:
        said = {"name": here.name if name is None else name, "kind": kind or here.kind}
        form = AboutForm({**said, "brand_colour": here.brand_colour}, here=here)
        answered(form)
        here = actions.describe_setting(by=by, about=form.about())
    if group is not None:
        here = actions.join_group(by=by, name=answered(GroupForm({"group": group}))["group"])
    return here
