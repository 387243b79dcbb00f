"""Asking for what takes two people, answering, and doing it once. Exactly what was asked for is done."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from foundation.keyrings import give_keyring
from safeguarding.audit.models import Entry
from safeguarding.audit.trail import System, hold, record
from safeguarding.notifications.outbox import mark_seen, notify
from safeguarding.people.keyring import Keyring
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.people.roles import AT_WORK

from .asked import anew, those_able, those_asked
from .kinds import Arguments, digest_of
from .models import WAITS, Answer, Approval, RanOut, Widened
from .permissions import may_approve, may_ask, may_go_alone, may_see, may_withdraw
from .spending import locked

OVER = "This does not wait for a second person any more. Look at the page again."
CHANGED = (
    "What was asked for is not what stands here now, so nothing was done. Ask for it again, and tell "
    "whoever looks after Hedgerow."
)
NO_LONGER = "{} may not do this any more, so nothing was done."


@transaction.atomic
def ask(
    *,
    by: Member,
    kind: str,
    arguments: Arguments,
    about_id: UUID,
    sealed_with: tuple[str, bytes] | None = None,
) -> Approval:
    """Ask for something that takes a second person. It waits for 72 hours, and is then asked for again.

    `sealed_with` is the key of the record it is about, where that is sealed.
    """
    require(may_ask, by)
    digest = digest_of(kind, by.setting_id, arguments)
    hold(by.setting_id)  # the second of two who ask for the same waits here
    if Approval.objects.waiting(timezone.now()).filter(asked_by=by, digest=digest).exists():
        raise RuleBroken("You have asked for exactly this already, and it waits for an answer.")
    approval = Approval(
        setting=by.setting,
        kind=kind,
        arguments=dict(arguments),
        digest=digest,
        about_id=about_id,
        asked_by=by,
        expires_at=timezone.now() + WAITS,
    )
    approval.writing_key = sealed_with
    approval.save(force_insert=True)
    asked = those_asked(approval)
    if not asked:
        Widened.objects.create(setting=by.setting, approval=approval)
        asked = those_asked(approval)
    _tell(approval, asked or those_able(approval))
    if not asked and approval.of_kind.alone:
        _tell_everybody(approval, approval.pk)
    record("approval.asked", approval, by=by, kind=kind, digest=digest)
    return approval


@transaction.atomic
def read_approval(*, by: Member, approval: Approval) -> None:
    """Note that somebody looked at what was asked for: it may say how an allegation turned out."""
    require(may_see, by, approval)
    mark_seen(by, approval.pk)
    record("approval.read", approval, by=by)


@transaction.atomic
def approve(*, by: Member, approval: Approval, seen: str) -> Answer:
    """Say yes: it is done at once, exactly as asked, if whoever asked may still do it.

    `seen` is the digest of what stood on the page of whoever says yes.
    """
    approval, keyring, by = locked(approval), by.keyring, anew(by)
    give_keyring([approval], keyring)
    require(may_approve, by, approval)
    _refuse_unless_unchanged(approval, seen)
    given = Answer.objects.create(
        setting=approval.setting, approval=approval, answer=Answer.Kind.YES, answered_by=by
    )
    # Before the line: what is done may wait for whoever is about to write one.
    _run(approval, keyring)
    record("approval.given", approval, by=by, kind=approval.kind, digest=approval.digest)
    notify(
        "approval_answered",
        [approval.asked_by],
        subject_id=approval.pk,
        path=approval.get_absolute_url(),
        about_id=approval.about_id,
    )
    return given


@transaction.atomic
def go_alone(*, by: Member, approval: Approval, seen: str) -> Answer:
    """Do what one asked for, where there is nobody who could say yes, and all have known for a day."""
    approval, keyring, by = locked(approval), by.keyring, anew(by)
    give_keyring([approval], keyring)
    require(may_go_alone, by, approval)
    _refuse_unless_unchanged(approval, seen)
    given = Answer.objects.create(
        setting=approval.setting, approval=approval, answer=Answer.Kind.ALONE, answered_by=by
    )
    _run(approval, keyring)
    record("approval.went_alone", approval, by=by, kind=approval.kind, digest=approval.digest)
    _tell_everybody(approval, given.pk)
    return given


@transaction.atomic
def refuse(*, by: Member, approval: Approval, reason: str) -> Answer:
    """Say no, and why. Nothing is done."""
    approval = locked(approval)
    require(may_approve, anew(by), approval)
    answer = _answered(approval, by, Answer.Kind.NO, reason)
    notify(
        "approval_answered",
        [approval.asked_by],
        subject_id=approval.pk,
        path=approval.get_absolute_url(),
        about_id=approval.about_id,
    )
    record("approval.declined", approval, by=by, kind=approval.kind)
    return answer


@transaction.atomic
def withdraw(*, by: Member, approval: Approval) -> Answer:
    """Take back what one asked for."""
    approval = locked(approval)
    require(may_withdraw, by, approval)
    answer = _answered(approval, by, Answer.Kind.WITHDRAWN, "")
    record("approval.withdrawn", approval, by=by, kind=approval.kind)
    return answer


@transaction.atomic
def widen(*, by: System, approval: Approval) -> None:
    """Ask those who are asked last, after nobody has answered for a day (rule R24)."""
    approval = locked(approval)
    if approval.is_answered:  # in the moment in which it was looked for
        return
    said = {"setting": approval.setting}
    _, is_new = Widened.objects.get_or_create(approval=approval, defaults=said)
    if not is_new:  # another worker just did
        return
    _tell(approval, those_asked(approval) or those_able(approval))
    record("approval.widened", approval, by=by, kind=approval.kind)


@transaction.atomic
def say_over(*, by: System, approval: Approval) -> None:
    """Tell whoever asked, once, that nobody answered in time: nothing is done, and they may ask again."""
    _, is_new = RanOut.objects.get_or_create(
        approval=approval, defaults={"setting": approval.setting}
    )
    if is_new:
        path, about = approval.get_absolute_url(), approval.about_id
        asker = [approval.asked_by]
        notify("approval_ran_out", asker, subject_id=approval.pk, path=path, about_id=about)
        record("approval.ran_out", approval, by=by, kind=approval.kind)


def _tell(approval: Approval, told: list[Member]) -> None:
    path = approval.get_absolute_url()
    subject, about = approval.pk, approval.about_id
    notify("approval_wanted", told, subject_id=subject, path=path, about_id=about)


def _tell_everybody(approval: Approval, of: UUID) -> None:
    """All who work here, where nobody can be the second person: of the asking, and of its being done."""
    people = approval.setting.holding(AT_WORK, timezone.localdate()).select_related("user")
    others = [one for one in people if one.pk != approval.asked_by_id]
    notify("done_alone", others, subject_id=of, path=approval.setting.home, about_id=approval.pk)


def _refuse_unless_unchanged(approval: Approval, seen: str) -> None:
    if approval.is_answered or approval.expires_at <= timezone.now():
        raise RuleBroken(OVER)
    if not approval.digest == approval.own_digest == seen == _in_the_trail(approval):
        raise RuleBroken(CHANGED)


def _answered(approval: Approval, by: Member, answer: Answer.Kind, reason: str) -> Answer:
    if approval.is_answered or approval.expires_at <= timezone.now():
        raise RuleBroken(OVER)
    return Answer.objects.create(
        setting=approval.setting, approval=approval, answer=answer, answered_by=by, reason=reason
    )


def _run(approval: Approval, keyring: Keyring) -> None:
    """Do it as whoever asked, who must still be allowed to, with the keys of whoever said yes."""
    asker = anew(approval.asked_by)
    asker.keyring = keyring
    if not asker.user.is_active:
        raise RuleBroken(NO_LONGER.format(asker.display_name))
    try:
        approval.of_kind.run(approval, asker)
    except PermissionDenied:
        raise RuleBroken(NO_LONGER.format(asker.display_name)) from None


def _in_the_trail(approval: Approval) -> str:
    """The digest that the trail has of what was asked for, by whom; empty where it knows none."""
    lines = Entry.objects.filter(
        setting_id=approval.setting_id,
        subject_id=approval.pk,
        event="approval.asked",
        actor_id=approval.asked_by_id,
    )
    line = lines.first()
    return str(line.details.get("digest", "")) if line else ""
