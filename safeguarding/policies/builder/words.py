"""What is filled in: posts from the people who hold them now, the setting's facts, guidance, contacts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from foundation.moments import say_date
from safeguarding.directory.models import Contact
from safeguarding.law.library import guidance
from safeguarding.people.models import Member, RoleHeld, Setting
from safeguarding.people.roles import Role

from . import library
from .given import Given

POSTS = {
    "lead": Role.LEAD,
    "deputy": Role.DEPUTY,
    "manager": Role.MANAGER,
    "deputy_manager": Role.DEPUTY_MANAGER,
    "committee_lead": Role.COMMITTEE_LEAD,
    "technical": Role.TECHNICAL,
}
NEEDED = frozenset({"lead", "deputy", "manager", "committee_lead", "technical"})


@dataclass
class Words:
    """Fills in what stands in curly brackets, and notes what nobody has said yet."""

    filled: dict[str, str]
    missing: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)

    def of(self, name: str) -> str:
        """The words for one name. What is missing stands in the text as a gap to fill."""
        kind, _, what = name.partition(":")
        if kind == "guidance":
            return self._guidance(what)
        said = self.filled.get(name, "")
        return said or self._gap(_in_words(name))

    def _guidance(self, what: str) -> str:
        known = guidance()[what]
        if not known.verified and known.now not in self.unchecked:
            self.unchecked.append(known.now)
        return known.now

    def _gap(self, what: str) -> str:
        if what not in self.missing:
            self.missing.append(what)
        return f"[to be filled in: {what}]"


def words_for(member: Member, given: Given) -> Words:
    """Everything that can be filled in at this member's setting today. Three queries."""
    setting = member.setting
    holders = _holders(setting)
    filled = {
        "setting": setting.name,
        "opening_hours": _hours(setting),
        "people": _people(holders, given),
        **{name: _fact(name, given) for name in library.facts()},
        **{name: _post(name, holders, given) for name in POSTS},
        **_chosen(given),
        **_contacts(member),
    }
    return Words(filled)


def _fact(name: str, given: Given) -> str:
    said = given.fact(name)
    kind = library.facts()[name].kind
    if kind == "date":
        return say_date(date.fromisoformat(said)) if said else ""
    return _lines(said.splitlines()) if kind == "lines" else said


def _chosen(given: Given) -> dict[str, str]:
    chosen = given.chosen()
    return {
        f"choice:{name}": choice.option(chosen[name]).words
        for name, choice in library.choices().items()
    }


def _holders(setting: Setting) -> dict[str, list[str]]:
    """Who holds each post today, by name."""
    held = RoleHeld.objects.current(timezone.localdate()).filter(
        setting=setting, role__in=list(POSTS.values()), member__user__is_active=True
    )
    rows = held.select_related("member__user").order_by("member__name")
    names: dict[str, list[str]] = {}
    for row in rows:
        names.setdefault(row.role, []).append(row.member.display_name)
    return names


def _post(name: str, holders: dict[str, list[str]], given: Given) -> str:
    """The post in the middle of a sentence; with names where the setting wants them everywhere."""
    role = POSTS[name]
    label = role.label[0].lower() + role.label[1:]
    named = given.chosen()["names"] == "throughout" and holders.get(role)
    return f"{label} ({' and '.join(holders[role])})" if named else label


def _people(holders: dict[str, list[str]], given: Given) -> str:
    """A line for each post. Nobody in a post that is needed makes it a gap."""
    empty = [name for name, role in POSTS.items() if name in NEEDED and not holders.get(role)]
    if empty:
        return ""
    with_names = given.chosen()["names"] != "nowhere"
    return _lines(
        f"{role.label}: {', '.join(holders[role])}" if with_names else role.label
        for role in POSTS.values()
        if holders.get(role)
    )


def _hours(setting: Setting) -> str:
    return _lines(f"{one.day}: {one}" for one in setting.opening_hours())


def _contacts(member: Member) -> dict[str, str]:
    """Each contact of the setting's own directory by its slug, and all of them as a list."""
    found = Contact.objects.readable_by(member).current().filter(superseded_by="")
    known = {one.slug: _reached(one) for one in found}
    listed = [said for one in found if (said := _reached(one))]
    return {**{f"contact:{slug}": said for slug, said in known.items()}, "contacts": _lines(listed)}


def _reached(contact: Contact) -> str:
    ways = [way for way in (contact.phone, contact.email, contact.link) if way]
    return f"{contact.name} ({', '.join(ways)})" if ways else ""


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line.strip()}" for line in lines if line.strip())


def _in_words(name: str) -> str:
    kind, _, what = name.partition(":")
    if kind == "contact":
        return f"how to reach {what.replace('-', ' ')} (in the directory)"
    if name in library.facts():
        return library.facts()[name].question
    if name == "people":
        return "who holds each post (on the page of people)"
    return name.replace("_", " ")
