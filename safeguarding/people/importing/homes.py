"""The families a list of children may put them into, and those it keeps them from (ADR 0019)."""

from dataclasses import dataclass, field

from safeguarding.people.models import Carer, Family, Member, RoleHeld
from safeguarding.people.roles import FOUR_EYES

OPENS_CASES = (
    "Somebody in this family opens cases here. Add the child by hand, and let them put the tie on "
    "record themselves."
)
SIGNS_IN = (
    "Somebody in a family of this name signs in here and would see the child. Add the name of a "
    "carer to the line, so that we know if it is the same family."
)


@dataclass
class Home:
    """A family, here already or to be made, with the carers it has and those it gets."""

    name: str
    family: Family | None = None
    carers: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)
    new_carers: list[tuple[str, str]] = field(default_factory=list)
    is_closed: bool = False  # somebody in it opens cases
    is_watched: bool = False  # somebody in it signs in here, and sees its children
    is_wanted: bool = False  # a line of the list puts a child into it

    @property
    def all_carers(self) -> set[str]:
        return self.carers | {name.casefold() for name, _ in self.new_carers}


def homes_of(by: Member) -> list[Home]:
    """The families here with their carers: three queries."""
    families = Family.objects.readable_by(by).order_by("created_at", "pk")
    homes = {one.pk: Home(one.name, one) for one in families}
    opens = RoleHeld.objects.filter(setting=by.setting_id, role__in=sorted(FOUR_EYES))
    with_power = set(opens.values_list("member", flat=True))
    for carer in Carer.objects.readable_by(by).select_related("ended"):
        home = homes[carer.family_id]
        name = " ".join(carer.name.split()).casefold()
        if hasattr(carer, "ended"):
            home.ended.add(name)
            continue
        home.carers.add(name)
        home.is_closed = home.is_closed or carer.member_id in with_power
        home.is_watched = home.is_watched or carer.member_id is not None
    for home in homes.values():
        home.ended -= home.carers
    return list(homes.values())


def kept_from(home: Home, names: set[str]) -> str:
    """Why a list does not put a child into this family, if it does not."""
    if home.is_closed:
        return OPENS_CASES
    return SIGNS_IN if home.is_watched and not names & home.carers else ""
