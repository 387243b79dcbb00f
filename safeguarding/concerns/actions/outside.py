"""Reports of people without an account. The system keeps them; it does not know who they are."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from safeguarding.audit.trail import System, record
from safeguarding.concerns import routing, seals
from safeguarding.concerns.models import Addendum, Concern
from safeguarding.concerns.report import Report
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member, Setting

from ._accounts import with_all_accounts
from ._filing import goes_the_same_way, sent_at, store
from ._in_hands import hold_report
from ._letters import put_on_case
from ._mentioned import shut_out_whom_it_mentions
from ._telling import OWED, let_in, say_nobody_here_can, start_clocks, tell, who_hears_of_additions

WHY = "told when it came through the public form"
MOST_IN_AN_HOUR = 5  # additions to one report that are each told of; later ones together


@transaction.atomic
def file_from_outside(
    *,
    by: System,
    setting: Setting,
    key: UUID,
    report: Report,
    told_as: str,
    may_be_abuse: bool = False,
    later: bool = False,
    filed_at: datetime | None = None,
) -> Concern:
    """Keep a report that came through the public form, and tell those who should know.

    `key` works as for the reports of members. With `later`, it is kept now and told of by
    `tell_of_held_back`. With `filed_at`, it was sent then and could not be taken in before.
    """
    report = with_all_accounts(report)
    outside = {"told_as": told_as, "may_be_abuse": may_be_abuse, **sent_at(filed_at)}
    concern = store(report, setting, key, None, **outside)
    if concern is None:
        concern = Concern.objects.get(setting=setting, key=key, reported_by=None)
        if concern.fingerprint == report.fingerprint:
            return concern
        if goes_the_same_way(concern, report):
            _added_by_sending_again(by, concern, report)
            return concern
        return file_from_outside(
            by=by,
            setting=setting,
            key=uuid5(key, report.fingerprint),
            report=report,
            told_as=told_as,
            may_be_abuse=may_be_abuse,
            later=later,
            filed_at=filed_at,
        )
    told = [] if later else routing.first_told(concern)
    tell(concern, told, WHY)
    record("concern.reported", concern, by=by, content=concern, told=len(told), later=later)
    return concern


@transaction.atomic
def tell_of_held_back(*, by: System, concerns: Sequence[Concern]) -> None:
    """Tell of reports that were held back: each person once, however many there are for them."""
    first: dict[Member, Concern] = {}
    for concern in concerns:
        told = routing.first_told(concern)
        let_in(concern, told, WHY)
        say_nobody_here_can(concern, told)
        reading = routing.readers_among(concern, told)
        if reading:
            # One mail says that there are some, so only the first is chased for not being read.
            owner = routing.owner_among(concern, reading)
            start_clocks(concern, owner, OWED if owner not in first else ["decide"])
        for member in reading:
            first.setdefault(member, concern)
        record("concern.told_of", concern, by=by, told=len(told))
    for member, concern in first.items():
        path = concern.setting.link_to("concerns:waiting")
        notify("concern_reported", [member], subject_id=concern.pk, path=path)


@transaction.atomic
def add_from_outside(*, by: System, concern: Concern, text: str, fingerprint: str) -> Addendum:
    """Keep what the reporter without an account adds, also when its case is closed; tell of it."""
    hold_report(concern)  # before a line may say that somebody is named in it
    seals.ready(concern)
    if not concern.addenda.filter(fingerprint=fingerprint).exists():
        shut_out_whom_it_mentions(concern, text, by)
    addendum, is_new = Addendum.objects.get_or_create(
        setting=concern.setting,
        concern=concern,
        fingerprint=fingerprint,
        defaults={"added_by": None, "text": text},
    )
    if is_new:
        put_on_case(concern, addendum.created_at, None, text)
        told = who_hears_of_additions(concern)
        path = concern.setting.link_to("concerns:concern", concern.pk)
        subject = _told_together(addendum)
        notify("report_added_to", told, subject_id=subject, path=path, about_id=concern.pk)
        record("concern.added_to", concern, by=by, content=addendum, told=len(told))
    return addendum


def _added_by_sending_again(by: System, concern: Concern, report: Report) -> None:
    if concern.fingerprint != report.fingerprint:
        add_from_outside(
            by=by, concern=concern, text=report.in_words(), fingerprint=report.fingerprint
        )


def _told_together(addendum: Addendum) -> UUID:
    """The addition itself; after several within an hour, all of that hour at once."""
    now = timezone.now()
    recent = Addendum.objects.filter(
        setting=addendum.setting_id,
        concern=addendum.concern_id,
        created_at__gt=now - timedelta(hours=1),
    )
    if recent.count() <= MOST_IN_AN_HOUR:
        return addendum.pk
    return uuid5(addendum.concern_id, f"added to on {now:%Y-%m-%d at %H}")
