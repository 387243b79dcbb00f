"""One person is both manager and lead, and nobody else leads: through the pages that people use."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from safeguarding.audit.trail import System
from safeguarding.concerns.models import Case, Concern
from safeguarding.directory.actions import install_defaults
from safeguarding.notifications.models import Clock, Notification
from safeguarding.people import actions as people
from safeguarding.people.given import Person
from safeguarding.people.models import Member
from safeguarding.people.permissions import OPERATOR
from safeguarding.people.roles import Role
from tests.people import signed_in

from .given import WELFARE, told, typed

ROLES = {
    "Morgan": {Role.LEAD, Role.MANAGER},
    "Cleo": {Role.COMMITTEE_LEAD},
    "Priya": {Role.PRACTITIONER},
}
NOBODY = "Nobody here can deal with this report"


@pytest.fixture
def small(db: None) -> dict[str, Member]:
    """The people of a setting of three, by first name."""
    operator = System(OPERATOR, uuid4())
    setting = people.open_setting(
        by=operator,
        name="Daisies",
        people=[
            Person(name, f"{name.lower()}@daisies.example", frozenset(roles))
            for name, roles in ROLES.items()
        ],
    )
    install_defaults(by=operator, setting=setting)
    members = Member.objects.with_roles(timezone.localdate()).filter(setting=setting)
    return {one.user.name: one for one in members.select_related("user", "setting")}


def sent(reporter: Member, who: str, part: str) -> Concern:
    """What comes of the report form, filled in on the page."""
    person = {"who": who, "part": part}
    link = reporter.setting.link_to("concerns:report")
    answer = signed_in(reporter).post(link, typed(WELFARE, people=[person]))
    assert answer.status_code == 302, answer.content.decode()
    return Concern.objects.latest("created_at")


def page(browser: Client, member: Member, name: str, *ids: object) -> str:
    answer = browser.get(member.setting.link_to(name, *ids))
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_allegation_about_them_goes_to_the_committee_lead_who_takes_it_forward(
    small: dict[str, Member],
) -> None:
    morgan, cleo, priya = small["Morgan"], small["Cleo"], small["Priya"]
    concern = sent(priya, f"member:{morgan.pk}", "alleged")

    assert told(concern) == {"Cleo"}
    assert NOBODY not in page(signed_in(priya), priya, "concerns:receipt", concern.pk)
    committee = signed_in(cleo)
    assert "said the man in the game" in page(committee, cleo, "concerns:concern", concern.pk)
    link = cleo.setting.link_to("concerns:open_case", concern.pk)
    answers = {"title": "At the gate", "record_class": "C3", "procedures": "allegation"}
    assert committee.post(link, {**answers, "reasons": "About an adult."}).status_code == 302
    case = Case.objects.get()
    assert "At the gate" in page(committee, cleo, "concerns:case", case.pk)

    accused = signed_in(morgan)
    for name, one in (("concern", concern), ("case", case), ("chronology", case)):
        assert accused.get(morgan.setting.link_to(f"concerns:{name}", one.pk)).status_code == 404
    for name in ("concerns:waiting", "concerns:cases", "today:today", "notifications:messages"):
        shown = page(accused, morgan, name)
        assert case.reference not in shown
        assert concern.code not in shown
    assert not Notification.objects.filter(recipient=morgan).exists()


def about_their_own_child(small: dict[str, Member]) -> Concern:
    """A report of a colleague about a child of the one who leads."""
    morgan = small["Morgan"]
    family = people.add_family(by=morgan, name="Hughes")
    own = people.admit_child(by=morgan, known_as="Ari", family=family)
    people.add_carer(by=morgan, family=family, name="Morgan", relation="Parent", member=morgan)
    return sent(small["Priya"], f"child:{own.pk}", "harmed")


def test_what_they_are_too_close_to_falls_through_and_the_receipt_says_whom_to_ring(
    small: dict[str, Member],
) -> None:
    morgan, priya = small["Morgan"], small["Priya"]
    concern = about_their_own_child(small)

    assert told(concern) == {"Cleo"}
    receipt = page(signed_in(priya), priya, "concerns:receipt", concern.pk)
    assert NOBODY in receipt
    assert all(who in receipt for who in ("LADO", "police on 101", "Ofsted", "NSPCC"))
    lead = signed_in(morgan)
    assert lead.get(morgan.setting.link_to("concerns:concern", concern.pk)).status_code == 404
    assert concern.code not in page(lead, morgan, "concerns:waiting")
    assert not Notification.objects.filter(recipient=morgan).exists()


def test_the_committee_lead_hears_that_there_is_one_and_its_words_are_for_somebody_outside(
    small: dict[str, Member],
) -> None:
    cleo = small["Cleo"]
    concern = about_their_own_child(small)
    [message] = Notification.objects.filter(recipient=cleo)
    committee = signed_in(cleo)

    assert message.kind == "report_for_outside"
    assert "Who to call" in committee.get(message.open_path, follow=True).content.decode()
    assert not Clock.objects.running().filter(owner=cleo).exists(), "nothing she could not do"
    link = cleo.setting.link_to("concerns:open_case", concern.pk)
    answers = {"title": "Ari", "record_class": "C1", "procedures": WELFARE, "reasons": "So."}
    assert committee.post(link, answers).status_code == 404
    assert not Case.objects.exists()
