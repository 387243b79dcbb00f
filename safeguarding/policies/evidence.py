"""Duties about the library: that policies are in force, and that those a clause names are here."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from foundation.evidence import Finding, Findings, evidence

from .builder.papers.content import blocks_of
from .models import Alias, Clause, DutyAdoption, PolicyVersion
from .naming import Names, common_titles, known_names, plain

LINKED = ("OSP-2-05", "MTSM-3.1", "OSP-7-DATA-02", "OSP-7-SEC-08")
IN_FORCE = ("OSP-4-LEAD-02",)
ACCEPTABLE_USE = "Acceptable use policy"


@evidence(IN_FORCE)
def policies_in_force(settings: Collection[UUID], at: datetime) -> Findings:
    """Policies in force and those that are not yet, without those that were withdrawn.

    Acceptable use is to be among them. One query.
    """
    titles: dict[UUID, set[str]] = {setting: set() for setting in settings}
    drafts: dict[UUID, set[UUID]] = {setting: set() for setting in settings}
    adopted: dict[UUID, set[UUID]] = {setting: set() for setting in settings}
    for one in _versions(settings, at):
        if _was_in_force(one, at):
            adopted[one.setting_id].add(one.policy_id)
            titles[one.setting_id].add(plain(one.title))
        elif not one.is_withdrawn:
            drafts[one.setting_id].add(one.policy_id)
    found = {}
    for setting in settings:
        kept = len(adopted[setting])
        owed = len(drafts[setting] - adopted[setting])
        owed += bool(kept or owed) and not titles[setting] & _ACCEPTABLE_USE
        found[setting] = Finding(setting, kept=kept, owed=owed)
    return dict.fromkeys(IN_FORCE, found)


@evidence(LINKED)
def policies_linked(settings: Collection[UUID], at: datetime) -> Findings:
    """For each duty, the policies that its clause names: in force here, or not yet. Four queries at most."""
    versions = list(_versions(settings, at))
    clauses = _clauses(versions, settings, at)
    names = _names(versions, settings, at) if clauses else {}
    in_force = {one.policy_id for one in versions if _was_in_force(one, at)}
    found: dict[str, dict[UUID, Finding]] = {one: {} for one in LINKED}
    for (setting, duty_id), (own, lines) in clauses.items():
        named = {
            name.policy_id or name.title
            for line in lines
            for _, _, name in names[setting].found_in(line)
            if name.policy_id != own
        }
        kept = sum(one in in_force for one in named)
        found[duty_id][setting] = Finding(setting, kept=kept, owed=len(named) - kept)
    return found


_ACCEPTABLE_USE = frozenset(
    plain(title)
    for one in common_titles()
    if one.title == ACCEPTABLE_USE
    for title in (one.title, *one.also)
)


def _versions(settings: Collection[UUID], at: datetime) -> Iterable[PolicyVersion]:
    rows = PolicyVersion.objects.filter(setting__in=settings, created_at__lte=at)
    rows = rows.select_related("adoption").defer("change_note").order_by("number")
    return rows.with_withdrawal(at)


def _was_in_force(version: PolicyVersion, at: datetime) -> bool:
    """Whether its policy stood by it: adopted, by itself or by a later one, and not withdrawn since."""
    was_adopted = version.is_adopted and version.adoption.created_at <= at
    return was_adopted and not version.is_withdrawn


def _clauses(
    versions: Iterable[PolicyVersion], settings: Collection[UUID], at: datetime
) -> dict[tuple[UUID, str], tuple[UUID, list[str]]]:
    """For each duty its policy, and what its clause said in the version that was in force, line by line."""
    newest = {one.policy_id: one.pk for one in versions if _was_in_force(one, at)}
    rows = DutyAdoption.objects.filter(setting__in=settings, duty_id__in=LINKED).as_at(at)
    duties = [one for one in rows if one.policy_id in newest and one.clause_number]
    texts: dict[tuple[UUID, str], list[str]] = defaultdict(list)
    wanted = {one.clause_number for one in duties}
    read = Clause.objects.filter(version__in=set(newest.values()), number__in=wanted)
    for clause in read.order_by("position") if duties else ():
        for block in blocks_of(clause.text):
            texts[clause.version_id, clause.number] += block["points"] or [block["words"]]
    return {
        (one.setting_id, one.duty_id): (
            one.policy_id,
            texts[newest[one.policy_id], one.clause_number],
        )
        for one in duties
        if one.policy_id is not None
    }


def _names(
    versions: Iterable[PolicyVersion], settings: Collection[UUID], at: datetime
) -> dict[UUID, Names]:
    aliases = Alias.objects.filter(setting__in=settings, created_at__lte=at).standing()
    by_setting: dict[UUID, list[Alias]] = defaultdict(list)
    for alias in aliases:
        by_setting[alias.setting_id].append(alias)
    titled: dict[UUID, list[PolicyVersion]] = defaultdict(list)
    for one in versions:
        titled[one.setting_id].append(one)
    return {
        setting: Names(known_names(titled[setting], by_setting[setting])) for setting in settings
    }
