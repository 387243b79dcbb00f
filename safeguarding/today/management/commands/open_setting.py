"""Opens another setting on this installation, with its first people. See docs/how-to/several-settings.md."""

from collections.abc import Iterable, Iterator
from email.utils import parseaddr
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from foundation import fence, mails, standing
from foundation.errors import RuleBroken
from safeguarding.audit.trail import System
from safeguarding.directory import areas
from safeguarding.people import actions
from safeguarding.people.given import Person
from safeguarding.people.models import Member, Setting
from safeguarding.people.permissions import OPERATOR
from safeguarding.people.roles import Role
from safeguarding.today.welcome.forms import POSTS, PeopleForm, SettingForm
from safeguarding.today.welcome.opening import open_with_people

from ._answers import GroupForm, OfficerForm, answered

WHO = "'Full Name <name@example.org>'"
FIRST = (
    "There is no setting yet. The first one is set up in the browser: bin/run shows the address and the "
    "code. Nothing was changed."
)
ALSO_HERE = (
    "The group officer has the address of the lead, the manager or the committee lead. Whoever is both is "
    "given the second role later, under People. Nothing was changed."
)
NEXT = "Next, the manager writes down the opening hours and the terms, under About your setting."
SHARED_KEY = """
The key of this installation lies beside the records, and the leads and managers of each setting can make
passphrases and sheets for it. Whoever has one of those, and a copy of the records, opens those of every
setting. To keep the key to yourself, see docs/how-to/several-settings.md."""


class Command(BaseCommand):
    help = "Open another setting, with its lead, manager and committee lead."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what the setting is called")
        kinds = [value for value, _ in Setting.Kind.choices]
        parser.add_argument("--kind", choices=kinds, required=True)
        parser.add_argument("--area", choices=[one for one, _ in areas.choices()], required=True)
        for post in POSTS:
            parser.add_argument(f"--{post}", required=True, metavar=WHO)
        parser.add_argument("--officer", metavar=WHO, help="a group officer")
        parser.add_argument("--group", default="", help="the trust or authority it belongs to")
        same = "the manager and the committee lead are the same person for now"
        parser.add_argument("--same-for-now", action="store_true", help=same)

    def handle(self, *args: Any, **options: Any) -> None:
        if not Setting.objects.exists():
            raise CommandError(FIRST)
        about, group = answered(SettingForm(options)), answered(GroupForm(options))["group"]
        people = PeopleForm({**_answers(options), "you": "lead"})
        answered(people)
        first = people.people()
        everyone = [*first, *_officer(options["officer"], first)]
        try:
            members, links = _open(everyone, group, about)
        except RuleBroken as broken:
            raise CommandError(str(broken)) from broken
        self._say(members, links)

    def _say(self, members: Iterable[Member], links: dict[Member, str]) -> None:
        here = next(iter(members)).setting
        self.stdout.write(f"{here.name} is open, at {here.home}\n")
        for member in members:
            self.stdout.write(f"  {member.display_name}: {links[member] or _how(member)}")
        self.stdout.write(NEXT)
        if not mails.leave_this_computer():
            self.stdout.write("No mail leaves this computer. The letters lie in the folder mail.")
        if standing.keeps_own_key():
            self.stdout.write(SHARED_KEY)


@transaction.atomic
def _open(
    people: list[Person], group: str, about: dict[str, Any]
) -> tuple[list[Member], dict[Member, str]]:
    """Open it and mail everybody a link; answers the links that may be shown."""
    by = System(OPERATOR, uuid4())
    with fence.inside(by.setting_id):
        members = list(open_with_people(by, people=people, **about))
        if group:
            actions.join_group(by=by, name=group)
        return members, {one: actions.invite(by=by, to=one) for one in members}


def _answers(options: dict[str, Any]) -> dict[str, str]:
    """What the page of the first set-up asks, from the options."""
    told = {"same_for_now": "on"} if options["same_for_now"] else {}
    for post in POSTS:
        told[f"{post}_name"], told[f"{post}_email"] = parseaddr(options[post])
    return told


def _officer(given: str | None, first: list[Person]) -> Iterator[Person]:
    if given:
        name, email = parseaddr(given)
        form = OfficerForm({"name": name, "email": email})
        if not form.is_valid():
            raise CommandError(f"Write who the group officer is as {WHO}. Nothing was changed.")
        if form.cleaned_data["email"] in {one.email for one in first}:
            raise CommandError(ALSO_HERE)
        yield Person(**form.cleaned_data, roles=frozenset({Role.GROUP_OFFICER}))


def _how(member: Member) -> str:
    """What somebody without a link to show does."""
    if member.user.has_usable_password():
        return "signs in as before"
    return "was mailed a link; nobody else is shown it, since it opens another setting as well"
