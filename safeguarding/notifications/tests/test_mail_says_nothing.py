"""No mail ever carries a word of what was reported, of whom, or of what is done about it."""

from datetime import timedelta

import time_machine
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from demo.cast import Nursery
from foundation.jobs.worker import run_ready
from safeguarding.concerns import actions
from safeguarding.concerns.report import BOXES, Person
from safeguarding.concerns.tests.given import IMAGE, a_case, a_report, filed
from safeguarding.concerns.tests.walker import Walker
from safeguarding.notifications.models import Notification
from safeguarding.notifications.tasks import escalate_missed
from safeguarding.people.models import User
from tests.people import signed_in

MARKED = {box: f"mark-of-{box}" for box in BOXES}
TELLING = {"nude", "picture", "refer", "police", "procedure", "concern", "case", "report", "step"}


def everything_sent(n: Nursery) -> list[str]:
    """Every mail that comes of a report with a mark in every box, followed, late and written on."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        people = (Person("harmed", child=n.kit), Person("alleged", name="mark-of-person"))
        concern = filed(n.sam, a_report(IMAGE, *people, in_danger_now=True, **MARKED))
        actions.add_to_report(by=n.sam, concern=concern, text="mark-of-addition", fingerprint="1")
        case = a_case(n.priya, n.dana, a_report(IMAGE, *people, **MARKED))
        actions.let_know(by=n.dana, case=case, member=n.morgan, reason="mark-of-reason")
        walker = Walker(n, case, yes=("on-our-systems",))
        walker.carry_out(walker.run.definition.by_id["first-facts"])
        actions.add_entry(by=n.dana, case=case, text="mark-of-entry")
        for _ in range(3):
            clock.shift(timedelta(hours=10))
            escalate_missed.call()
        run_ready()
    return [one.message().as_bytes().decode() for one in mail.outbox]


def test_no_mail_and_no_job_holds_a_mark_a_name_or_a_telling_word(sunflowers: Nursery) -> None:
    sent = everything_sent(sunflowers)
    kinds = set(Notification.objects.values_list("kind", flat=True))
    assert kinds >= {
        "concern_reported",
        "concern_unread",
        "report_added_to",
        "report_acted_on",
        "let_into_case",
        "clock_missed",
        "report_undecided",
    }
    assert len(sent) == Notification.objects.count() > 20
    for text in sent:
        assert "mark-of" not in text
        assert "Kit" not in text
        said = text.lower().replace("this mail never says what it is about", "")
        assert not [word for word in TELLING if word in said]
    check_that_all_are_worded_alike()
    queued = repr(list(DBTaskResult.objects.values()))
    assert str(Notification.objects.all()[0].delivery.pk) in queued
    assert "mark-of" not in queued


def check_that_all_are_worded_alike() -> None:
    """Nothing differs from one mail to the next but the name and the link."""
    bodies = set()
    for one in mail.outbox:
        name = User.objects.get(email=one.to[0]).name
        lines = [line for line in str(one.body).splitlines() if not line.startswith("http")]
        bodies.add("\n".join(lines).replace(name, "NAME"))

    assert len(bodies) == 1
    assert {one.subject for one in mail.outbox} == {"There is something for you at Sunflowers"}
    heads = {tuple(sorted(one.extra_headers)) for one in mail.outbox}
    assert heads == {("Message-ID",)}


def test_a_message_opens_where_it_leads_and_is_seen(sunflowers: Nursery) -> None:
    n = sunflowers
    concern = filed(n.priya)
    message = Notification.objects.get()
    browser = signed_in(n.dana)
    answer = browser.get(n.setting.link_to("notifications:open", message.pk))

    assert answer["Location"] == n.setting.link_to("concerns:concern", concern.pk)
    assert not Notification.objects.unseen().exists()


def test_nobody_opens_the_message_of_another(sunflowers: Nursery, bluebells: Nursery) -> None:
    filed(sunflowers.priya)
    message = Notification.objects.get()
    link = sunflowers.setting.link_to
    for member in (sunflowers.devi, sunflowers.morgan, sunflowers.priya):
        assert signed_in(member).get(link("notifications:open", message.pk)).status_code == 404
        page = signed_in(member).get(link("notifications:messages")).content.decode()
        assert "A concern was reported" not in page
    assert "A concern was reported" in (
        signed_in(sunflowers.dana).get(link("notifications:messages")).content.decode()
    )
    assert Notification.objects.unseen().count() == 1
