"""What a lead who is accused could do alone, and may not: put off, divert, shut out, overhear."""

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from demo.cast import Nursery
from foundation.errors import RuleBroken
from foundation.jobs.worker import run_ready
from safeguarding.agreements import actions as agreements
from safeguarding.agreements.models import Signature
from safeguarding.agreements.tests.given import in_force, sign
from safeguarding.concerns import actions
from safeguarding.concerns.report import Person
from safeguarding.directory import actions as directory
from safeguarding.directory.actions import Details
from safeguarding.directory.models import Contact
from safeguarding.law.values import Value
from safeguarding.notifications.models import Notification
from safeguarding.notifications.tasks import deliver_waiting
from safeguarding.people import actions as people
from tests.people import signed_in

from .given import GROOMING, a_case, a_report, about, again, filed, opened

RIGHT, HERS = "03000 000 001", "07700 900 123"


@pytest.mark.parametrize(
    "rule", ["report.read", "report.decide", "glass.review", "custody.accept", "custody.holder"]
)
def test_nobody_gives_themselves_longer(sunflowers: Nursery, rule: str) -> None:
    said: dict[str, Any] = {"rule_id": rule, "reason": "x", "starts": timezone.localdate()}
    with pytest.raises(RuleBroken, match="stricter"):
        directory.set_local_rule(by=sunflowers.dana, value=Value.parse("10 years"), **said)


def the_lado(n: Nursery, phone: str) -> Details:
    one = Contact.objects.filter(setting=n.setting, slug="lado").current().get()
    return Details(
        name=one.name,
        kind=one.kind,
        level=one.level,
        audience=tuple(one.audience),
        when_to_use=one.when_to_use,
        takes_referrals=one.takes_referrals,
        phone=phone,
    )


def checked(n: Nursery) -> Contact:
    one = Contact.objects.filter(setting=n.setting, slug="lado").current().get()
    right = directory.change_contact(by=n.morgan, contact=one, details=the_lado(n, RIGHT))
    return directory.check_contact(by=n.devi, contact=right)


def test_the_number_of_the_lado_is_the_one_a_second_person_checked(sunflowers: Nursery) -> None:
    n = sunflowers
    changed = directory.change_contact(by=n.dana, contact=checked(n), details=the_lado(n, HERS))
    receipt = n.setting.link_to("concerns:receipt", filed(n.priya, about(n.dana)).pk)
    page = signed_in(n.priya).get(receipt).content.decode()
    assert RIGHT in page
    assert HERS not in page

    directory.check_contact(by=n.devi, contact=changed)
    assert HERS in signed_in(n.priya).get(receipt).content.decode()


def test_where_allegations_go_is_not_taken_off_the_list(sunflowers: Nursery) -> None:
    with pytest.raises(RuleBroken, match="second person"):
        directory.remove_contact(by=sunflowers.dana, contact=checked(sunflowers))


def test_nobody_writes_down_that_a_colleague_took_their_yes_back(sunflowers: Nursery) -> None:
    n = sunflowers
    agreement = in_force(n)
    sign(agreement, n.dana, n.morgan, n.devi)
    with pytest.raises(RuleBroken, match="themselves"):
        agreements.write_down(
            by=again(n.dana),
            agreement=agreement,
            member=n.morgan,
            answer=Signature.Answer.REFUSED,
            signed_on=timezone.localdate(),
            note="By telephone.",
        )


def test_a_report_that_others_read_does_not_vanish_into_a_case_about_an_adult(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    report = filed(n.sam, a_report(GROOMING, Person("harmed", child=n.kit)))
    case = opened(n.morgan, filed(n.priya, about(n.dana)), let_know=[n.devi])
    with pytest.raises(RuleBroken, match="vanish"):
        actions.gather(by=n.devi, concern=report, case=case)

    assert (
        signed_in(n.dana).get(n.setting.link_to("concerns:concern", report.pk)).status_code == 200
    )


def test_a_mail_that_waits_does_not_go_to_who_was_named_since(sunflowers: Nursery) -> None:
    n = sunflowers
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=OSError("no server")):
        concern = filed(n.priya, about(n.sam))
        run_ready()
    mail.outbox = []
    alleged = Person("alleged", member=n.dana)
    actions.name_in_report(by=n.morgan, concern=concern, person=alleged)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        deliver_waiting.call()

    to = [one.to[0] for one in mail.outbox]
    assert n.devi.user.email in to
    assert n.dana.user.email not in to


def test_whoever_is_called_away_is_asked_all_the_same_if_nobody_else_is(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    case = opened(n.morgan, filed(n.priya, about(n.dana)), let_know=[n.devi])
    today = timezone.localdate()
    people.record_absence(by=n.dana, about=n.devi, starts=today, ends=today + timedelta(days=300))
    actions.ask_to_print_case(by=n.morgan, case=case, recipient="LADO", purpose="Referral")

    wanted = Notification.objects.filter(kind="approval_wanted")
    assert n.devi in [one.recipient for one in wanted]


def test_the_numbers_of_the_leads_leave_out_ones_own_child(sunflowers: Nursery) -> None:
    n = sunflowers
    people.declare_relationship(by=n.morgan, about=n.morgan, kind="relative", child=n.isla)
    report = a_report("welfare-concern", Person("alleged", child=n.isla))
    signed_in(n.dana).get(a_case(n.priya, n.dana, report).path)
    week = f"?week={timezone.localdate()}"
    page = signed_in(n.morgan).get(n.setting.link_to("concerns:readings") + week).content.decode()

    assert "Dana Okafor" not in page[page.index("<main") : page.index("</main>")]
