"""Asking people to sign: a message, and a clock that shows on their page of today until they have."""

from collections.abc import Iterable
from datetime import datetime, time
from uuid import UUID

from django.utils import timezone

from safeguarding.agreements.audiences import SIGN, Audience
from safeguarding.agreements.models import Agreement
from safeguarding.law.calendar import LONDON
from safeguarding.notifications.clocks import Due, Owed, start_clocks, stop_clocks
from safeguarding.notifications.models import Clock
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member

CLOCK = "agreement"  # the kind of thing these clocks are about


def key_of(member_id: UUID) -> str:
    """Which of the clocks of one agreement is this person's."""
    return f"sign {member_id}"


def path_to(agreement: Agreement) -> str:
    """Where it is read and signed."""
    return agreement.setting.link_to("agreements:sign", agreement.pk)


def hold(agreement: Agreement) -> None:
    """Whoever answers and whoever asks take turns: nobody is asked for what they have just answered."""
    Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)


def ask_everybody(agreement: Agreement) -> None:
    """Ask all it is for; the versions before it are asked for no more."""
    older = Agreement.objects.filter(
        setting=agreement.setting_id, audience=agreement.audience, number__lt=agreement.number
    )
    for pk in older.values_list("pk", flat=True):
        stop_clocks(setting_id=agreement.setting_id, subject_id=pk)
    audience = SIGN[Audience(agreement.audience)]
    ask(agreement, agreement.setting.holding(audience, timezone.localdate()))


def ask(agreement: Agreement, people: Iterable[Member]) -> list[Member]:
    """Ask these people, but for those whose clock runs already. Gives those who were asked."""
    running = Clock.objects.running().filter(setting=agreement.setting_id, subject_id=agreement.pk)
    have = set(running.values_list("key", flat=True))
    asked = [one for one in people if key_of(one.pk) not in have]
    path = path_to(agreement)
    notify("agreement_to_sign", asked, subject_id=agreement.pk, path=path)
    start_clocks(_owed(agreement, one, path) for one in asked)
    return asked


def _owed(agreement: Agreement, member: Member, path: str) -> Owed:
    now, published = timezone.now(), agreement.published
    last = datetime.combine(published.old_counts_until, time(17), LONDON)
    return Owed(
        owner=member,
        subject=(CLOCK, agreement.pk),
        key=key_of(member.pk),
        text=f"Read and sign: {agreement.title}",
        path=path,
        started_at=now,
        due=Due(max(last, now), rule_text="What is not signed by then opens nothing"),
    )
