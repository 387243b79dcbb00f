"""The committee adopts a version: exactly the text that was on the page of each who said yes."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import System, record
from safeguarding.notifications.outbox import mark_seen, notify
from safeguarding.people.models import Member
from safeguarding.people.one_person import is_one_person
from safeguarding.people.permissions import require
from safeguarding.people.turns import take_turn
from safeguarding.policies.losses import losses, standing
from safeguarding.policies.models import (
    Adoption,
    DutyAdoption,
    NamedApprover,
    PolicyVersion,
    Proposal,
    ProposalAnswer,
    SavedByMistake,
    digest_of,
)
from safeguarding.policies.permissions import (
    WRITERS,
    may_adopt,
    may_answer,
    may_withdraw,
    may_write,
)

from ._duties import bring_in

CHANGED = (
    "The text that was proposed is not what stands here now, so nothing was adopted. Tell whoever looks "
    "after Hedgerow."
)
FORTNIGHT = timedelta(days=14)
MISTAKEN = (
    "This was saved by mistake, as the page of the policy says, so nobody is asked about it. Save it as a "
    "version of the right policy, and propose that."
)
OVER = "This version does not wait for an answer any more. Look at the page again."
UNSETTLED = "Say first what becomes of the duties whose clauses this version has lost or changed."


@transaction.atomic
def propose(
    *, by: Member, version: PolicyVersion, approvers: Collection[Member], note: str = ""
) -> Proposal:
    """Ask those named to adopt a version. All of them must say yes."""
    require(may_write, by)
    take_turn(by.setting_id)
    _refuse_to_propose(by, version, approvers)
    proposal = Proposal.objects.create(
        setting=by.setting, version=version, digest=version.digest, note=note, proposed_by=by
    )
    NamedApprover.objects.bulk_create(
        NamedApprover(setting=by.setting, proposal=proposal, member=one) for one in approvers
    )
    record("policy.proposed", version, by=by, digest=version.digest, approvers=len(approvers))
    notify("policy_proposed", approvers, subject_id=proposal.pk, path=version.get_absolute_url())
    return proposal


@transaction.atomic
def answer_proposal(
    *,
    by: Member,
    proposal: Proposal,
    answer: ProposalAnswer.Kind,
    seen: str,
    reason: str = "",
    adopted_on: date | None = None,
    minutes: str = "",
) -> ProposalAnswer:
    """Say yes or not yet. `seen` is the digest of the text on the page; the last yes puts it in force."""
    proposal = _locked(proposal)
    require(may_answer, by, proposal)
    version = proposal.version
    _refuse_to_answer(by, proposal, seen)
    if answer == ProposalAnswer.Kind.NO and not reason.strip():
        raise RuleBroken("Say what should be different. Whoever wrote it reads your words.")
    given = _answered(proposal, by, answer, reason)
    record("policy.answered", version, by=by, answer=answer.value, digest=version.digest)
    asked = proposal.approvers.filter(member=by)
    mark_seen(by, proposal.pk, *(one for row in asked for one in _reminders(row)))
    if answer == ProposalAnswer.Kind.YES and _all_said_yes(proposal):
        _adopt(by, proposal, adopted_on or timezone.localdate(), minutes)
    elif answer == ProposalAnswer.Kind.NO:
        path = version.get_absolute_url()
        notify("policy_sent_back", _who_sees_to(proposal), subject_id=given.pk, path=path)
    return given


@transaction.atomic
def withdraw_proposal(*, by: Member, proposal: Proposal) -> ProposalAnswer:
    """Take a proposal back, to propose another text or other people."""
    proposal = _locked(proposal)
    require(may_withdraw, by, proposal)
    if not Proposal.objects.open().filter(pk=proposal.pk).exists():
        raise RuleBroken(OVER)
    record("policy.proposal_withdrawn", proposal.version, by=by)
    return _answered(proposal, by, ProposalAnswer.Kind.WITHDRAWN, "")


@transaction.atomic
def tell_of_missing(*, by: System, approver: NamedApprover) -> list[Member]:
    """Say, once, that somebody named to adopt a version left the committee, so that it waits for nobody."""
    proposal = approver.proposal
    people, path = _who_sees_to(proposal), proposal.version.get_absolute_url()
    if notify("policy_approver_left", people, subject_id=approver.pk, path=path):
        record("policy.approver_left", proposal.version, by=by, told=len(people))
    return people


@transaction.atomic
def remind_approver(*, by: System, approver: NamedApprover) -> bool:
    """Remind somebody who has not answered, every two weeks, that a version waits for their word."""
    version, reminders = approver.proposal.version, _reminders(approver)
    if not reminders:
        return False
    path = version.get_absolute_url()
    told = notify("policy_still_waits", [approver.member], subject_id=reminders[-1], path=path)
    if told:
        record("policy.approver_reminded", version, by=by, member=str(approver.member_id))
    return bool(told)


def _reminders(approver: NamedApprover) -> list[UUID]:
    """What each reminder is known by, up to now."""
    fortnights = (timezone.now() - approver.created_at) // FORTNIGHT
    return [uuid5(approver.pk, str(number)) for number in range(1, fortnights + 1)]


def _who_sees_to(proposal: Proposal) -> list[Member]:
    """Whoever proposed it, while they write policies here; otherwise all who do."""
    writers = list(proposal.setting.holding(WRITERS, timezone.localdate()))
    return [one for one in writers if one.pk == proposal.proposed_by_id] or writers


def _refuse_to_answer(by: Member, proposal: Proposal, seen: str) -> None:
    if not Proposal.objects.open().filter(pk=proposal.pk).exists():
        raise RuleBroken(OVER)
    if proposal.answers.filter(answered_by=by).exists():
        raise RuleBroken("You have answered this already.")
    version = proposal.version
    if not seen == proposal.digest == version.digest == _digest_now(version):
        raise RuleBroken(CHANGED)


def _refuse_to_propose(by: Member, version: PolicyVersion, approvers: Collection[Member]) -> None:
    newest = version.policy.versions.order_by("-number")[0]
    if newest.pk != version.pk:
        raise RuleBroken("There is a newer version of this policy. Propose that one.")
    if hasattr(version, "adoption"):
        raise RuleBroken("This version is adopted already.")
    mistaken = SavedByMistake.objects.filter(policy=version.policy_id)
    if mistaken.filter(created_at__gt=version.created_at).exists():
        raise RuleBroken(MISTAKEN)
    if Proposal.objects.open().filter(version=version).exists():
        raise RuleBroken("This version waits for the committee already.")
    _refuse_approvers(by, version, approvers)
    if not all(one.is_settled for one in losses(version)):
        raise RuleBroken(UNSETTLED)


def _refuse_approvers(by: Member, version: PolicyVersion, approvers: Collection[Member]) -> None:
    if not approvers:
        raise RuleBroken("Name at least one person of the committee.")
    for one in approvers:
        if not may_adopt(one) or one.setting_id != by.setting_id:
            raise RuleBroken(f"{one.name} is not on the committee, and cannot adopt it.")
        if is_one_person(one, version.written_by) or is_one_person(one, by):
            raise RuleBroken(f"{one.name} wrote or proposes it. Somebody else has to adopt it.")


def _locked(proposal: Proposal) -> Proposal:
    """The row anew. The second of two who answer it, or another version of its policy, waits here."""
    rows = Proposal.objects.select_for_update(no_key=True, of=("self", "version__policy"))
    linked = ("setting", "version__policy", "version__written_by__user", "proposed_by__user")
    return rows.select_related(*linked).get(pk=proposal.pk)


def _digest_now(version: PolicyVersion) -> str:
    return digest_of(version.title, version.clauses.order_by("position"))


def _answered(
    proposal: Proposal, by: Member, answer: ProposalAnswer.Kind, reason: str
) -> ProposalAnswer:
    return ProposalAnswer.objects.create(
        setting=proposal.setting,
        proposal=proposal,
        answer=answer,
        answered_by=by,
        digest=proposal.digest,
        reason=reason,
    )


def _all_said_yes(proposal: Proposal) -> bool:
    yes = proposal.answers.filter(answer=ProposalAnswer.Kind.YES).values("answered_by")
    return not proposal.approvers.exclude(member__in=yes).exists()


def _adopt(by: Member, proposal: Proposal, adopted_on: date, minutes: str) -> None:
    """In force from now on, and so are the duties planned with it; everybody here is told."""
    version = proposal.version
    if adopted_on > timezone.localdate():
        raise RuleBroken("The day of the meeting must not be in the future.")
    if not all(one.is_settled for one in losses(version)):
        raise RuleBroken(UNSETTLED)
    bring_in(by, version)
    _move_duties(by, version)
    Adoption.objects.create(
        setting=version.setting,
        version=version,
        adopted_on=adopted_on,
        adopted_by=by,
        digest=version.digest,
        minutes=minutes,
    )
    record("policy.adopted", version, by=by, digest=version.digest, number=version.number)
    staff = Member.objects.staff_of(version.setting, timezone.localdate())
    others = [one for one in staff if one.pk != by.pk]
    notify("policy_adopted", others, subject_id=version.pk, path=version.get_absolute_url())


def _move_duties(by: Member, version: PolicyVersion) -> None:
    taken = {one.duty_id: one for one in standing(version.setting_id)}
    for loss in losses(version):
        if loss.accepted is not None and loss.accepted.moved_to:
            was = taken[loss.duty_id]
            DutyAdoption.objects.create(
                setting=version.setting,
                duty_id=was.duty_id,
                policy=was.policy,
                clause_number=loss.accepted.moved_to,
                interval_days=was.interval_days,
                adopted_by=by,
            )
