"""The rules a simulated run must keep, whatever happened: I1 to I8 of the security design."""

from collections import Counter
from datetime import timedelta

from django.core import mail
from django.utils import timezone

from foundation import drop
from safeguarding.audit.models import ChainHead, Entry
from safeguarding.audit.verify import verify
from safeguarding.concerns.models import Addendum, Case, Concern
from safeguarding.concerns.permissions import may_read_concern
from safeguarding.concerns.tests.given import again
from safeguarding.lock import drops
from safeguarding.notifications.models import Clock, Delivery, Notification
from safeguarding.people.models import Member
from tests.people import signed_in

from .simulated import MARK, Run


def check(run: Run) -> None:
    """All of them. An error names the rule."""
    for rule in (
        what_was_acknowledged_is_stored,
        sent_twice_is_stored_once,
        nobody_reads_what_they_may_not,
        every_change_has_its_entry,
        the_trail_only_grew,
        every_alert_is_on_its_way,
        every_deadline_has_an_owner,
    ):
        rule(run)


def what_was_acknowledged_is_stored(run: Run) -> None:
    """I1: each report with a receipt is there, with the words that were sent, or waits in the drop."""
    stored = {str(one.key): one for one in Concern.objects.all()}
    for key, receipt in run.receipts.items():
        assert key in stored, f"I1: a report with the receipt {receipt} is gone"
    for key in run.dropped - stored.keys():
        assert key in _in_the_drop(run), "I1: a report that the drop gave a receipt for is gone"
    for key in (run.receipts.keys() | run.dropped) & stored.keys():
        assert stored[key].heard == run.sent[key].answers["heard"], "I1: other words"


def _in_the_drop(run: Run) -> set[str]:
    data, key = run.standing.data, run.standing.source.key
    mine = drop.identities(data, key)
    return {drops.read(drop.opened(one, mine)).key for one in drop.waiting(data)}


def sent_twice_is_stored_once(run: Run) -> None:
    """I2: nothing is there that nobody sent, and nothing twice."""
    keys = Counter(str(key) for key in Concern.objects.values_list("key", flat=True))
    assert set(keys) <= set(run.sent), "I2: a report that nobody sent"
    assert set(keys.values()) <= {1}, "I2: a report twice"


def nobody_reads_what_they_may_not(run: Run) -> None:
    """I3: the list and the rule agree for each report; the accused find no word of it."""
    for name in ("sam", "dana", "morgan"):
        who = again(run.nursery.people[name])
        listed = set(Concern.objects.readable_by(who).values_list("pk", flat=True))
        for concern in Concern.objects.all():
            assert (concern.pk in listed) == may_read_concern(who, concern), "I3: list and rule"
            accused = run.sent[str(concern.key)].about == who.pk
            assert not (accused and concern.pk in listed), "I3: read by whom it is about"
    _the_accused_find_nothing(run)


def _the_accused_find_nothing(run: Run) -> None:
    accused = {one.about for one in run.sent.values() if one.about}
    for who in Member.objects.filter(pk__in=accused).order_by("pk")[:1]:
        page = signed_in(who).get(who.setting.link_to("today:today"))
        assert MARK not in page.text, "I3: a word of it on the page of whom it is about"


def every_change_has_its_entry(run: Run) -> None:
    """I4: as many entries as changes, and each of them about one that is there."""
    assert _about("concern.reported") == Counter(Concern.objects.values_list("pk", flat=True)), "I4"
    assert _about("case.opened") == Counter(Case.objects.values_list("pk", flat=True)), "I4"
    added = Counter(Addendum.objects.values_list("concern_id", flat=True))
    assert _about("concern.added_to") == added, "I4"


def _about(event: str) -> Counter[object]:
    return Counter(Entry.objects.filter(event=event).values_list("subject_id", flat=True))


def the_trail_only_grew(run: Run) -> None:
    """I5 and I6: every link holds, and what was the end of a chain once is still in it, unchanged."""
    report = verify()
    assert report.is_intact, f"I5: {report.problems}"
    for setting, (seq, link) in run.ends.items():
        entry = Entry.objects.filter(setting_id=setting, seq=seq).first()
        assert entry is not None, "I6: an entry is gone"
        assert entry.link == link, "I6: an entry changed"
    run.ends = {one.pk: (one.seq, one.link) for one in ChainHead.objects.filter(seq__gt=0)}


def every_alert_is_on_its_way(run: Run) -> None:
    """I7: whoever should hear of a report has a message, and each message a mail, sent or to be sent."""
    for concern in Concern.objects.prefetch_related("recipients"):
        told = set(
            Notification.objects.filter(subject_id=concern.pk).values_list(
                "recipient_id", flat=True
            )
        )
        assert {one.member_id for one in concern.recipients.all()} <= told, "I7: not told"
        assert concern.recipients.all(), "I7: nobody is told"
    assert not Notification.objects.filter(delivery=None).exists(), "I7: a message without a mail"
    sent = {letter.extra_headers["Message-ID"] for letter in mail.outbox}
    noted = Delivery.objects.filter(sent_at__isnull=False).values_list("pk", flat=True)
    assert {f"<{one}@hedgerow>" for one in noted} <= sent, "I7: a mail noted as sent that never was"
    later = timezone.now() + timedelta(days=1)
    lost = Delivery.objects.filter(sent_at=None, given_up_at=None, next_try_at__gt=later)
    assert not lost.exists(), "I7: a mail that nobody will send"


def every_deadline_has_an_owner(_run: Run) -> None:
    """I8: whoever owns a deadline is somebody here today."""
    here = Member.objects.with_roles(timezone.localdate())
    for clock in Clock.objects.running():
        owner = here.filter(pk=clock.owner_id).first()
        assert owner is not None, "I8: a deadline whose owner is gone"
        assert owner.roles, "I8: a deadline whose owner has no role any more"
