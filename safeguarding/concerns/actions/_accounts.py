"""Whoever is said to have done it is shut out with every account they have here (R10). For actions."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.db.models import Min, Q
from django.utils import timezone

from foundation.likeness import likeness
from safeguarding.concerns.models import Involvement
from safeguarding.concerns.report import Person, Report
from safeguarding.people.models import Member
from safeguarding.people.one_person import is_one_person
from safeguarding.people.roles import AT_WORK

ALLEGED = Involvement.Part.ALLEGED


def with_all_accounts(report: Report) -> Report:
    """The report, naming whoever is said to have done it by each account they have."""
    people = tuple(dict.fromkeys(_each_account(report.people)))
    return report if people == report.people else replace(report, people=people)


def name_other_accounts(of: Involvement) -> None:
    """Say of the other accounts of a person what was said of one of them."""
    if of.part == ALLEGED and of.member is not None:
        Involvement.objects.bulk_create(
            Involvement(
                setting_id=of.setting_id,
                concern=of.concern,
                case=of.case,
                part=of.part,
                member=other,
                added_by=of.added_by,
            )
            for other in other_accounts(of.member)
        )


def other_accounts(member: Member) -> list[Member]:
    """The other accounts of the same person in this setting, as far as name and address tell."""
    here = Member.objects.filter(setting=member.setting_id).exclude(pk=member.pk)
    return [one for one in here.select_related("user") if is_one_person(member, one)]


def said_of_them_before(member: Member) -> list[Involvement]:
    """What shuts out another account of theirs, or names them in writing, and not yet this account."""
    alleged = Involvement.objects.filter(setting=member.setting_id, part=ALLEGED)
    known = {(row.concern_id, row.case_id) for row in alleged.filter(member=member)}
    meant = Q(member__in=other_accounts(member)) | _written_before_they_came(member)
    found = {
        (row.concern_id, row.case_id): row
        for row in alleged.filter(meant).select_related("concern", "case")
    }
    return [row for about, row in found.items() if about not in known]


def _written_before_they_came(member: Member) -> Q:
    """Their whole name, written when nobody could choose them by it. Whoever wrote it later was asked."""
    # A parent's account is in no list of adults who work here.
    held = member.roles_held.current(timezone.localdate()).filter(role__in=AT_WORK)
    came = held.aggregate(since=Min("created_at"))["since"]
    if came is None:
        return Q(pk__in=[])
    new, *earlier = (likeness(member.setting_id, "name", one) for one in member.names)
    by_new = Q(name_like=new, created_at__lt=max(came, member.renamed_at or came))
    return (by_new | Q(name_like__in=earlier, created_at__lt=came)) & Q(member=None)


def _each_account(people: Iterable[Person]) -> Iterator[Person]:
    for one in people:
        yield one
        if one.part == ALLEGED and one.member is not None:
            yield from (replace(one, member=other) for other in other_accounts(one.member))
