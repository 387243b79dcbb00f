"""Rows in bulk, for the pages that must cost the same however much there is."""

from uuid import uuid4

from django.utils import timezone

from demo.cast import Nursery
from foundation.codes import readable_code
from safeguarding.concerns.models import (
    Addendum,
    Case,
    CaseItem,
    Concern,
    CustodyItem,
    Entry,
    Handover,
    Involvement,
    NeedToKnow,
    Offer,
    Quarantine,
    Reading,
    Undecided,
)
from safeguarding.concerns.tests.given import a_case, filed
from safeguarding.directory.models import Contact
from safeguarding.notifications.models import Clock, Delivery, Notification
from safeguarding.people.models import Child, Member, RoleHeld, User


def concerns(n: Nursery, many: int) -> None:
    first = filed(n.dana)
    rows = [
        Concern(
            **{
                name: getattr(first, name)
                for name in ("setting", "reported_by", "record_class", "kind", "risk_area")
            },
            in_danger_now=False,
            told_lead="yes",
            happened_on=first.happened_on,
            saw="Something.",
            code=readable_code(),
            key=uuid4(),
            fingerprint="",
        )
        for _ in range(many)
    ]
    Concern.objects.bulk_create(rows)
    Undecided.objects.bulk_create(Undecided(setting=n.setting, concern=row) for row in rows)
    Reading.objects.bulk_create(
        Reading(setting=n.setting, concern=row, member=n.devi) for row in rows[::2]
    )


def cases(n: Nursery, many: int) -> None:
    rows = [
        Case(
            setting=n.setting,
            reference=readable_code(),
            title=f"Case {number}",
            record_class="C1",
            opened_by=n.dana,
            aware_at=timezone.now(),
        )
        for number in range(many)
    ]
    Case.objects.bulk_create(rows)


def led(n: Nursery) -> None:
    """The lead is on the list of every case."""
    NeedToKnow.objects.bulk_create(
        NeedToKnow(setting=n.setting, case=case, member=n.dana, reason="test", granted_by=n.dana)
        for case in Case.objects.all()
    )


def devices(n: Nursery, many: int) -> None:
    """Devices of the one case there is, or of a new one, each with a hand-over that waits."""
    case, now = Case.objects.first() or a_case(n.priya, n.dana), timezone.now()
    here = {"setting": n.setting}
    items = [
        CustodyItem(**here, number=readable_code(), what="Tablet", whose="ours")
        for _ in range(many)
    ]
    CustodyItem.objects.bulk_create(items)
    CaseItem.objects.bulk_create(CaseItem(**here, case=case, item=one) for one in items)
    first = {**here, "number": 1, "began_at": now, "holder": n.dana, "place": "Safe"}
    Handover.objects.bulk_create(Handover(**first, item=one) for one in items)
    waiting = {**here, "offered_by": n.dana, "to": n.tariq, "purpose": "keep", "place": "Safe"}
    Offer.objects.bulk_create(Offer(**waiting, item=one) for one in items)
    Quarantine.objects.bulk_create(
        Quarantine(**here, item=one, placed_by=n.dana, reason="Asked for.") for one in items
    )


def messages_and_clocks(n: Nursery, many: int) -> None:
    messages(n, many)
    clocks(n, many)


def messages(n: Nursery, many: int) -> None:
    now = timezone.now()
    told = [
        Notification(
            setting=n.setting,
            recipient=n.dana,
            kind="clock_missed",
            subject_id=uuid4(),
            about_id=uuid4(),
            path="/x/",
        )
        for _ in range(many)
    ]
    Notification.objects.bulk_create(told)
    Delivery.objects.bulk_create(
        Delivery(setting=n.setting, notification=one, next_try_at=now, given_up_at=now)
        for one in told
    )


def clocks(n: Nursery, many: int) -> None:
    now = timezone.now()
    Clock.objects.bulk_create(
        Clock(
            setting=n.setting,
            subject_kind="case",
            subject_id=uuid4(),
            key="k",
            owner=n.dana,
            text="Do it",
            path=f"/{number}/",
            started_at=now,
            due_at=now,
            overdue_at=now,
        )
        for number in range(many)
    )


def everybody(n: Nursery, many: int) -> None:
    users = [User(email=f"{uuid4()}@x.example", name=f"Person {one}") for one in range(many)]
    User.objects.bulk_create(users)
    members = [Member(setting=n.setting, user=user, name=user.name) for user in users]
    Member.objects.bulk_create(members)
    RoleHeld.objects.bulk_create(
        RoleHeld(setting=n.setting, member=member, role="practitioner", starts=timezone.localdate())
        for member in members
    )
    Child.objects.bulk_create(
        Child(setting=n.setting, known_as=f"Child {one}", room=n.kit.room) for one in range(many)
    )
    Contact.objects.bulk_create(
        Contact(
            setting=n.setting,
            slug=f"contact-{uuid4()}",
            name="Helper",
            kind="advice",
            level="local",
            for_setting=True,
            when_to_use="Now",
        )
        for _ in range(many)
    )


def additions(n: Nursery, many: int) -> None:
    """Much added to the one report there is, and many people in it."""
    concern = Concern.objects.get(gathered__isnull=True)
    Addendum.objects.bulk_create(
        Addendum(
            setting=n.setting,
            concern=concern,
            added_by=n.priya,
            text="More",
            fingerprint=str(uuid4()),
        )
        for _ in range(many)
    )
    Involvement.objects.bulk_create(
        Involvement(
            setting=n.setting,
            concern=concern,
            part="witness",
            name=f"Person {one}",
            added_by=n.priya,
        )
        for one in range(many)
    )


def work(n: Nursery, many: int) -> None:
    """Much written on the one case there is: entries, corrections, people, reports, readers."""
    case = Case.objects.get()
    kinds = ["note", "call", "meeting", "left_out"]
    rows = [
        Entry(
            setting=n.setting,
            case=case,
            kind=kinds[one % 4],
            happened_at=timezone.now(),
            written_by=(n.dana, n.devi, n.priya)[one % 3],
            text="Done",
        )
        for one in range(many)
    ]
    Entry.objects.bulk_create(rows)
    Involvement.objects.bulk_create(
        Involvement(setting=n.setting, case=case, part="witness", child=n.noor, added_by=n.dana)
        for _ in range(many)
    )
    NeedToKnow.objects.bulk_create(
        NeedToKnow(setting=n.setting, case=case, member=n.sam, reason="test", granted_by=n.dana)
        for _ in range(many)
    )
