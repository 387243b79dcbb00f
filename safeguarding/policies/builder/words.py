"""What is filled in: posts from the people who hold them now, the setting's facts, guidance, contacts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from foundation.moments import say_date
from safeguarding.directory.models import Contact
from safeguarding.law.library import guidance
from safeguarding.law.local import rules_for
from safeguarding.law.schema import Rule
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
LISTS = frozenset({"people", "contacts", "opening_hours"})
NEEDED = frozenset({"lead", "deputy", "manager", "committee_lead", "technical"})


@dataclass
class Words:
    """Fills in what stands in curly brackets, and notes what nobody has said yet."""

    filled: dict[str, str]
    doubtful: dict[str, str] = field(default_factory=dict)  # not read in the original by anybody
    missing: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)

    def of(self, name: str) -> str:
        """The words for one name. What is missing stands in the text as a gap to fill."""
        doubt = self.doubtful.get(name)
        if doubt and doubt not in self.unchecked:
            self.unchecked.append(doubt)
        return self.filled.get(name) or self._gap(_in_words(name), "- " if _is_list(name) else "")

    def _gap(self, what: str, before: str) -> str:
        if what not in self.missing:
            self.missing.append(what)
        return f"{before}[to be filled in: {what}]"


def words_for(member: Member, given: Given) -> Words:
    """Everything that can be filled in at this member's setting today. Four queries."""
    setting = member.setting
    holders = _holders(setting)
    rules = rules_for(setting.pk, timezone.localdate())
    filled = {
        "setting": setting.name,
        "opening_hours": _hours(setting),
        "people": _people(holders, given),
        **{name: _fact(name, given) for name in library.facts()},
        **{name: _post(name, holders, given) for name in POSTS},
        **_chosen(given),
        **_contacts(member),
        **{f"guidance:{one.id}": one.now for one in guidance().values()},
        **{f"rule:{one.id}": str(one.value) for one in rules.values()},
    }
    return Words(filled, _doubtful(rules.values()))


def _doubtful(rules: Iterable[Rule]) -> dict[str, str]:
    """Guidance and rules that nobody has read in the original, in words."""
    editions = {f"guidance:{one.id}": one.now for one in guidance().values() if not one.verified}
    lengths = {f"rule:{one.id}": f"{one.title}: {one.value}" for one in rules if not one.verified}
    return editions | lengths


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
    reached = {one.slug: (one.name, _ways(one)) for one in found if _ways(one)}
    named = {slug: f"{name} ({ways})" for slug, (name, ways) in reached.items()}
    return {
        **{f"contact:{slug}": said for slug, said in named.items()},
        **{f"reach:{slug}": ways for slug, (_, ways) in reached.items()},
        "contacts": _lines(named.values()),
    }


def _ways(contact: Contact) -> str:
    """How to reach them: 101; or a number and a web address."""
    return ", ".join(filter(None, (contact.phone, contact.email, contact.link)))


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line.strip()}" for line in lines if line.strip())


def _is_list(name: str) -> bool:
    """Whether it is filled in with lines of a list."""
    fact = library.facts().get(name)
    return fact.kind == "lines" if fact else name in LISTS


def _in_words(name: str) -> str:
    kind, _, what = name.partition(":")
    if kind in {"contact", "reach"}:
        return f"how to reach {what.replace('-', ' ')} (in the directory)"
    if name in library.facts():
        return library.facts()[name].question
    if name == "people":
        return "who holds each post (on the page of people)"
    return name.replace("_", " ")
