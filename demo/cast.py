"""Two nurseries and their people, opened through real actions. Tests, the demo and the docs share them."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from uuid import uuid4

from django.utils import timezone

from foundation import fence
from safeguarding.audit.trail import System
from safeguarding.directory.actions import install_defaults
from safeguarding.people import actions
from safeguarding.people.given import Opening, Person, TermDates
from safeguarding.people.models import Child, Member, Setting
from safeguarding.people.permissions import OPERATOR
from safeguarding.people.roles import Role

ADULTS = {
    "dana": ("Dana Okafor", {Role.LEAD}),
    "devi": ("Devi Sharma", {Role.DEPUTY, Role.PRACTITIONER}),
    "morgan": ("Morgan Hughes", {Role.MANAGER}),
    "wren": ("Wren Adeyemi", {Role.DEPUTY_MANAGER, Role.PRACTITIONER}),
    "cleo": ("Cleo Barnes", {Role.COMMITTEE_LEAD, Role.COMMITTEE}),
    "omar": ("Omar Haddad", {Role.COMMITTEE}),
    "priya": ("Priya Nair", {Role.PRACTITIONER}),
    "sam": ("Sam Whitlock", {Role.PRACTITIONER}),
    "tariq": ("Tariq Mansour", {Role.TECHNICAL}),
    "pat": ("Pat Lindqvist", {Role.PARENT}),
    "vic": ("Vic Jarman", {Role.VOLUNTEER}),
}
CHILDREN = {
    "kit": ("Kit Lindqvist", "Acorns", "Lindqvist"),
    "noor": ("Noor Rahman", "Acorns", "Rahman"),
    "isla": ("Isla Byrne", "Oaks", "Byrne"),
    "theo": ("Theo Byrne", "Acorns", "Byrne"),
    "maya": ("Maya Osei", "Oaks", "Osei"),
}


@dataclass
class Nursery:
    """A setting with its people by first name: `sunflowers.dana`, `sunflowers.kit`."""

    setting: Setting
    people: dict[str, Member] = field(default_factory=dict)
    children: dict[str, Child] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Member:
        people: dict[str, Member] = self.__dict__.get("people", {})  # none yet while being copied
        if name not in people:
            raise AttributeError(name)
        return people[name]

    @property
    def kit(self) -> Child:
        return self.children["kit"]

    @property
    def noor(self) -> Child:
        return self.children["noor"]

    @property
    def isla(self) -> Child:
        return self.children["isla"]


def open_nursery(name: str) -> Nursery:
    """Open a nursery of this name with the whole cast. Their addresses are first name @ its slug."""
    slug = name.lower()
    operator = System(OPERATOR, uuid4())
    with fence.inside(operator.setting_id):
        return _open(operator, name, slug)


def _open(operator: System, name: str, slug: str) -> Nursery:
    today = timezone.localdate()
    setting = actions.open_setting(
        by=operator,
        name=name,
        kind=Setting.Kind.PRESCHOOL,
        slug=slug,
        people=[_person(key, slug, today) for key in ADULTS],
        hours=[Opening(day, time(8, 30), time(15, 30)) for day in range(5)],
        terms=_terms(today),
    )
    install_defaults(by=operator, setting=setting)
    nursery = Nursery(setting)
    _gather(nursery)
    _admit_children(nursery, today)
    return nursery


def find_nursery(slug: str) -> Nursery:
    """A nursery opened before, by its slug."""
    setting = Setting.objects.get(slug=slug)
    nursery = Nursery(setting)
    with fence.inside(setting.pk):
        _gather(nursery)
        for child in Child.objects.filter(setting=setting):
            nursery.children[child.known_as.lower()] = child
    return nursery


def _gather(nursery: Nursery) -> None:
    """The people of a nursery. They are kept for long, so that a tie of tomorrow is asked for anew."""
    rows = Member.objects.with_roles(timezone.localdate()).filter(setting=nursery.setting)
    for member in rows:
        del member.is_tied
        nursery.people[member.user.email.split("@")[0]] = member


def _person(key: str, slug: str, today: date) -> Person:
    name, roles = ADULTS[key]
    ends = today + timedelta(days=180) if Role.VOLUNTEER in roles else None
    return Person(name=name, email=f"{key}@{slug}.example", roles=frozenset(roles), ends=ends)


def _terms(today: date) -> list[TermDates]:
    """Three terms around today, so that the demo is always in term time."""
    first = today - timedelta(days=120)
    names = ("Last term", "This term", "Next term")
    return [
        TermDates(name, first + timedelta(days=100 * n), first + timedelta(days=100 * n + 85))
        for n, name in enumerate(names)
    ]


def _admit_children(nursery: Nursery, today: date) -> None:
    by = nursery.morgan
    rooms = {name: actions.add_room(by=by, name=name) for name in ("Acorns", "Oaks")}
    names = {family for _, _, family in CHILDREN.values()}
    families = {name: actions.add_family(by=by, name=name) for name in sorted(names)}
    for number, (key, (full_name, room, family)) in enumerate(CHILDREN.items()):
        nursery.children[key] = actions.admit_child(
            by=by,
            known_as=key.title(),
            full_name=full_name,
            born_on=today - timedelta(days=365 * 3 + 40 * number),
            room=rooms[room],
            family=families[family],
        )
    actions.add_carer(
        by=by,
        family=families["Lindqvist"],
        name="Pat Lindqvist",
        relation="Parent",
        member=nursery.pat,
    )
