"""The clock of a reply that an agency owes. Only actions use it."""

from safeguarding.concerns.models import Case, Referral
from safeguarding.notifications.clocks import Due, start_clock, stop_clocks
from safeguarding.people.models import Member

AGREED = "The reply date recorded with the referral"


def await_reply(case: Case, referral: Referral, owner: Member) -> None:
    """Let it run until the day that was agreed; nothing where no reply is expected."""
    if referral.reply_due is None:
        return
    start_clock(
        owner=owner,
        subject=("case", case.pk),
        key=_key(referral),
        text=f"Reply due from {referral.agency}",
        path=case.path,
        started_at=referral.entry.happened_at,
        due=Due(referral.reply_due, rule_text=AGREED),
    )


def await_no_reply(case: Case, referral: Referral) -> None:
    """It came, or there is none to come."""
    stop_clocks(setting_id=case.setting_id, subject_id=case.pk, key=_key(referral))


def _key(referral: Referral) -> str:
    return f"reply/{referral.pk}"
