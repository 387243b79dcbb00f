"""Ending the work on a case, taking it up again, and finishing what a review asked for."""

from django.db import transaction

from foundation.errors import RuleBroken
from safeguarding.approvals.actions import ask
from safeguarding.approvals.kinds import Arguments
from safeguarding.approvals.models import Approval
from safeguarding.approvals.spending import spend
from safeguarding.audit.trail import record
from safeguarding.concerns import seals
from safeguarding.concerns.models import ActionDone, Case, Closure, Entry, Reopening, ReviewAction
from safeguarding.concerns.permissions import may_complete_action, may_decide_on
from safeguarding.notifications.clocks import stop_clocks
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.policies.models import Policy
from safeguarding.policies.reviews.actions import ask_for_review
from safeguarding.policies.reviews.models import Why

from ._leading import keep_in_hands
from ._prompting import FILTER_FAILED, NEVER, prompt_if_filter_failed
from ._writing import write_entry

NOT_ASKED = (
    "What asked for this was recorded in error, so it is not asked for any more. Nothing was changed, and "
    "you need not do anything."
)


@transaction.atomic
def ask_to_close(*, by: Member, case: Case, outcome: str) -> Approval:
    """Ask to close an allegation. Another person on its list says yes to how it turned out (R23)."""
    require(may_decide_on, by, case)
    if left := case.still_to_do():
        raise RuleBroken("This case cannot be closed yet. " + " ".join(left))
    said = _how_it_ends(case, outcome)
    seals.ready(case, by)
    approval = ask(
        by=by, kind="close_case", arguments=said, about_id=case.pk, sealed_with=case.text_key()
    )
    record("case.closing_asked", case, by=by, approval=str(approval.pk))
    return approval


@transaction.atomic
def close_case(
    *,
    by: Member,
    case: Case,
    outcome: str,
    approval: Approval | None = None,
    policy: Policy | None = None,
) -> Closure:
    """Close a case, once every procedure on it allows it. Review actions keep their clocks.

    An allegation takes a second person, who said yes to exactly this. Whoever closes it may ask for a
    look at a policy; nothing of the case goes with that. Where the filter failed, it is prompted by itself.
    """
    require(may_decide_on, by, case)
    case = Case.objects.select_for_update().get(pk=case.pk)  # as it is now, not as it was shown
    details = []
    if case.record_class == "C3":
        details = [("Second person", _second_person(by, case, outcome, approval))]
    write_entry(case, Entry.Kind.CLOSED, by=by, text=outcome, details=details)
    closure = case.close(by=by, outcome=outcome)
    if policy is not None:
        _ask_for_review(by, case, policy)
    else:
        prompt_if_filter_failed(case)
    record("case.closed", case, by=by, content=closure)
    return closure


@transaction.atomic
def reopen_case(*, by: Member, case: Case, reason: str) -> Reopening:
    """Take up a closed case again."""
    require(may_decide_on, by, case)
    # Of two at once, one is told that it is open. The same object on both, so that both are sealed alike.
    case = Case.objects.select_for_update().get(pk=case.pk)
    closure = case.closures.filter(reopening__isnull=True).first()
    if closure is None:
        raise RuleBroken("This case is open.")
    seals.ready(case, by)
    reopening = Reopening.objects.create(
        setting=case.setting, closure=closure, reopened_by=by, reason=reason
    )
    write_entry(case, Entry.Kind.REOPENED, by=by, text=reason)
    keep_in_hands(case)  # somebody may have left while it was closed
    record("case.reopened", case, by=by, content=reopening)
    return reopening


@transaction.atomic
def complete_action(*, by: Member, action: ReviewAction, note: str) -> ActionDone:
    """Say that a review action is done, and what came of it."""
    require(may_complete_action, by, action)
    # The second of two waits here.
    ReviewAction.objects.select_for_update(no_key=True).get(pk=action.pk)
    if not Entry.objects.counting().filter(pk=action.entry_id).exists():
        raise RuleBroken(NOT_ASKED)
    if ActionDone.objects.filter(action=action).exists():
        raise RuleBroken("This action is already done.")
    done = ActionDone.objects.create(setting=action.setting, action=action, done_by=by, note=note)
    stop_clocks(
        setting_id=action.setting_id, subject_id=action.entry.case_id, key=f"action/{action.pk}"
    )
    record("action.done", action, by=by)
    return done


def _ask_for_review(by: Member, case: Case, policy: Policy) -> None:
    """Not from a case that must leave no mark: whoever reads it asks by hand, on the page of the reviews."""
    if case.leaves_no_mark:
        raise RuleBroken(NEVER)
    failed = any(one.definition_id == FILTER_FAILED and not one.set_aside for one in case.runs)
    ask_for_review(by=by, policy=policy, why=Why.TECHNICAL if failed else Why.CONCERN)


def _how_it_ends(case: Case, outcome: str) -> Arguments:
    """What is agreed to: the words of the closure, and the outcome that stands on the case."""
    concluded = (
        case.entries.counting().filter(kind=Entry.Kind.OUTCOME).order_by("-created_at").first()
    )
    return {
        "case": str(case.pk),
        "outcome": outcome,
        "concluded": str(concluded.pk) if concluded else "",
    }


def _second_person(by: Member, case: Case, outcome: str, approval: Approval | None) -> str:
    if approval is None:
        raise RuleBroken("Closing an allegation takes a second person. Ask for it first.")
    spend(approval, by=by, kind="close_case", arguments=_how_it_ends(case, outcome))
    return approval.answer.answered_by.display_name
