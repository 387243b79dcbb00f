"""What was before a report came into a case: where it was, and what was said of it. Only actions use it."""

from uuid import UUID

from django.utils import timezone

from foundation.errors import RuleBroken
from foundation.keyrings import Unreadable, give_keyring
from foundation.templatetags.uk import uk_datetime
from safeguarding.concerns.models import Case, Concern, Entry, NamedInError, PaperCopy, TakenOut
from safeguarding.concerns.permissions import (
    is_shut_out_of_case,
    may_read_concern,
)
from safeguarding.notifications.models import Notification
from safeguarding.notifications.outbox import lead_to
from safeguarding.people.models import Member
from safeguarding.people.roles import LEADS, Role

from ._writing import write_entry

LETTERS = {Entry.Kind.LETTER, Entry.Kind.TOLD_AGAIN}
THOSE_WHO_LOOK_AFTER = LEADS | {Role.MANAGER, Role.DEPUTY_MANAGER, Role.COMMITTEE_LEAD}


def say_where_it_was(case: Case, concern: Concern, by: Member) -> None:
    """The case that takes it in says that it was in another, and no word of that one or of why."""
    rows = TakenOut.objects.filter(concern=concern).select_related("taken_out_by", "case")
    for taken in rows.order_by("created_at"):
        where = "this case" if taken.case_id == case.pk else "another case"
        since, until = uk_datetime(taken.gathered_at), uk_datetime(taken.created_at)
        text = f"Report {concern.code} was part of {where} from {since} to {until}, when "
        text += f"{taken.taken_out_by} took it out."
        if codes := given_out_with(taken):
            text += f" Copies on paper, given out meanwhile: {codes}."
        write_entry(case, Entry.Kind.NOTE, by=by, text=text, of_report=concern.pk)


def say_who_was_named_in_error(case: Case, concern: Concern, by: Member) -> None:
    """Of children whom the report names in error, as was said while it was in no case."""
    rows = NamedInError.objects.filter(involvement__concern=concern).order_by("created_at")
    known = list(rows.select_related("involvement__child", "said_by__user"))
    give_keyring(known, by.keyring)
    for one in known:
        if isinstance(one.reason, Unreadable):
            raise RuleBroken(f"Nothing was changed. {one.reason}")
        said = f"{one.involvement}, said {one.said_by} on {uk_datetime(one.created_at)}"
        text = f"In report {concern.code}, {said}, because: {one.reason}"
        write_entry(case, Entry.Kind.PERSON, by=by, text=text, of_report=concern.pk)


def say_that_it_left(taken: TakenOut) -> None:
    """The case it left says so, by whom, when and why, and what stays: not a word of the report.

    Nor whom it kept out: they may read the case now, and are not to know of a report that names them.
    """
    since = uk_datetime(taken.gathered_at)
    details = [
        ("It was part of this case", f"Since {since}, taken in by {taken.gathered_by}"),
        ("What left with it", _what_left(taken)),
        ("Given out on paper meanwhile", given_out_with(taken)),
    ]
    write_entry(
        taken.case,
        Entry.Kind.TAKEN_OUT,
        by=taken.taken_out_by,
        text=f"Report {taken.concern.code} was taken out of this case. {taken.reasons}",
        details=[(label, words) for label, words in details if words],
    )


def _what_left(taken: TakenOut) -> str:
    """Of which kinds the entries were that left with it; nothing where none did."""
    kinds = set(taken.entries.values_list("kind", flat=True))
    both = {
        "what was written to and from whoever sent it": kinds & LETTERS,
        "what was said of it, and of whom it names": kinds - LETTERS,
    }
    said = "; ".join(words for words, there in both.items() if there)
    return f"{said[:1].upper()}{said[1:]}"


def given_out_with(taken: TakenOut) -> str:
    """The codes of the papers that were given out while the report was part of that case."""
    rows = PaperCopy.objects.holding(taken.case).filter(
        created_at__gte=taken.gathered_at, created_at__lte=taken.created_at
    )
    return ", ".join(sorted(one.code for one in rows if one.was_taken))


def those_kept_out(case: Case) -> set[UUID]:
    """Of those who might lead or look after a case, whoever it names or is tied to somebody in it."""
    people = case.setting.holding(THOSE_WHO_LOOK_AFTER, timezone.localdate())
    return {one.pk for one in people if is_shut_out_of_case(one, case)}


def close_links(taken: TakenOut, back: set[UUID]) -> None:
    """Whoever may not read the report any more has no message that leads to it.

    Nor have those whom it kept out of the case one about that from before.
    """
    concern, today = taken.concern, timezone.localdate()
    here = Notification.objects.filter(setting=concern.setting_id)
    links = here.filter(about_id=concern.pk, path__contains=str(concern.pk))
    told = Member.objects.with_roles(today).filter(pk__in=links.values("recipient"))
    gone = [one for one in told if not may_read_concern(one, concern)]
    nowhere = concern.setting.link_to("today:today")
    lead_to(nowhere, links.filter(recipient__in=gone))
    lead_to(nowhere, here.filter(about_id=taken.case_id, recipient__in=back))
