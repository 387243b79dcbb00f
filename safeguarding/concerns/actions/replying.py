"""Writing back to whoever sent a report."""

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.concerns.models import Concern, Letter, ReporterNote
from safeguarding.concerns.permissions import (
    is_shut_out_of_concern,
    may_read_concern,
    may_triage,
)
from safeguarding.concerns.report import fingerprint_today
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member
from safeguarding.people.permissions import require

from ._letters import put_on_case

NAMED_NOW = (
    "Nothing can be written to whoever sent this report: it has come to concern them or somebody close "
    "to them. Their receipt goes on saying how far it has come. Ask the LADO or the police first."
)
NO_ACCOUNT = (
    "This report came through the public form, and nothing was written. Go back to it and choose “Write to "
    "whoever told us”: they read it with their code."
)
CHECK_FIRST = "Read it once more, then tick that it says nothing of the case or of anybody in it."


@transaction.atomic
def reply_to_reporter(
    *, by: Member, concern: Concern, text: str, says_nothing_of_the_case: bool
) -> ReporterNote:
    """Put a few words on the receipt of whoever sent a report; they are told that there is something."""
    require(may_triage, by, concern)
    if not says_nothing_of_the_case:
        raise RuleBroken(CHECK_FIRST)
    reporter = concern.reported_by
    if reporter is None:
        raise RuleBroken(NO_ACCOUNT)
    if is_shut_out_of_concern(reporter, concern):
        raise RuleBroken(NAMED_NOW)
    note = ReporterNote.objects.create(
        setting=concern.setting, concern=concern, text=text, written_by=by
    )
    put_on_case(concern, note.created_at, by, text)
    record("concern.replied_to", concern, by=by, content=note, note=str(note.pk))
    path = concern.setting.link_to("concerns:receipt", concern.pk)
    # As with "acted on": their receipt is theirs, and its root is their own form.
    notify("report_answered", [reporter], subject_id=note.pk, path=path, about_id=concern.key)
    return note


@transaction.atomic
def write_letter(*, by: Member, concern: Concern, text: str) -> Letter:
    """Answer whoever sent a report without an account. The same words again are the same letter."""
    require(may_read_concern, by, concern)
    letter, is_new = Letter.objects.get_or_create(
        setting=concern.setting,
        concern=concern,
        fingerprint=fingerprint_today(text, answers=concern.addenda.all()),
        defaults={"written_by": by, "text": text},
    )
    if is_new:
        put_on_case(concern, letter.created_at, by, text)
        record("concern.written_to", concern, by=by, letter=str(letter.pk))
    return letter
