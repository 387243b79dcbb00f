"""Whoever might be told and is named, in any box and any spelling, is not told and reads nothing (R10)."""

import pytest

from demo.cast import Nursery
from safeguarding.concerns.actions import name_in_report
from safeguarding.concerns.models import Concern
from safeguarding.concerns.permissions import is_shut_out, may_read_concern
from safeguarding.concerns.report import Person
from safeguarding.concerns.tests.given import again, opened
from safeguarding.concerns.tests.given import typed as by_staff
from safeguarding.notifications.models import Notification
from safeguarding.people.actions import add_carer
from safeguarding.people.models import Member
from tests.people import signed_in

from .given import come_back, told

NAMED_LATER = "I know her name now: it was Dana Okafor."


def called(member: Member, name: str) -> None:
    Member.objects.filter(pk=member.pk).update(name=name)


def heard_first(concern: Concern) -> set[Member]:
    return {row.member for row in concern.recipients.select_related("member")}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Jo Okafor", {"name": "Jo"}),
        ("Jo Okafor", {"what": "Jo shook him by the arm."}),
        ("Jo Okafor", {"what": "it was jo who shook him"}),
        ("An Okafor", {"what": "It was An who shook him."}),
        ("Anne-Marie Cole", {"name": "Annemarie"}),
        ("Annemarie Cole", {"what": "Anne Marie shook him."}),
        ("Dana Okafor", {"name": "not sure of the surname", "what": "Dana shook him."}),
        ("Dana Okafor", {"name": "Vic Jarman", "what": "Vic held him and Dana shook him."}),
        ("Dana Okafor", {"about": "manager", "who": "Morgan and Dana Okafor"}),
        ("Dana Okafor", {"about": "no", "who": "Dana Okafor"}),
        ("Dana Okafor", {"where": "In the office, on Tuesday, with Dana"}),
    ],
)
def test_a_lead_who_is_named_is_not_told_and_reads_nothing(
    sunflowers: Nursery, name: str, said: dict[str, str]
) -> None:
    n = sunflowers
    called(n.dana, name)
    concern, _ = told(n, None, **{"about": "someone", **said})

    assert heard_first(concern), "somebody hears of it"
    assert n.dana not in heard_first(concern)
    page = signed_in(n.dana).get(n.setting.link_to("concerns:concern", concern.pk))
    assert page.status_code == 404


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("An Okafor", {"about": "someone", "what": "He had an arm that hurt."}),
        ("Dana Okafor", {"about": "no", "who": "Dana Smith, she is four"}),
        ("Dana Okafor", {"about": "no", "what": "I told Dana Okafor on Monday."}),
    ],
)
def test_a_lead_who_is_not_meant_is_told(
    sunflowers: Nursery, name: str, said: dict[str, str]
) -> None:
    called(sunflowers.dana, name)
    concern, _ = told(sunflowers, None, **said)
    assert sunflowers.dana in heard_first(concern)


def test_whom_a_colleague_means_by_a_short_name_is_asked(sunflowers: Nursery) -> None:
    n = sunflowers
    called(n.dana, "Jo Okafor")
    person = {"who": "else", "name": "Jo", "works_here": "on", "part": "alleged"}
    page = signed_in(n.priya).post(n.setting.link_to("concerns:report"), by_staff(people=[person]))
    assert page.status_code == 422
    assert not Concern.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        {"what": "kit lindqvist's arm is blue."},
        {"who": "Kit  Lindqvist, he is three"},
        {"about": "someone", "name": "Sam Whitlock", "what": "He shook Kit Lindqvist."},
    ],
)
def test_a_lead_hears_nothing_of_her_own_child(sunflowers: Nursery, said: dict[str, str]) -> None:
    n = sunflowers
    assert n.kit.family is not None
    add_carer(by=n.dana, family=n.kit.family, name="Dana", relation="Mother", member=n.dana)
    concern, _ = told(n, None, **said)

    assert heard_first(concern)
    assert n.dana not in heard_first(concern)
    assert not may_read_concern(again(n.dana), concern)
    assert may_read_concern(n.devi, concern)
    assert concern.involvements.get(child__isnull=False).child == n.kit


def test_nor_of_what_is_added_about_her_child(sunflowers: Nursery) -> None:
    n = sunflowers
    assert n.kit.family is not None
    add_carer(by=n.dana, family=n.kit.family, name="Dana", relation="Mother", member=n.dana)
    concern, code = told(n, None, what="A boy came in with a blue arm.")
    assert may_read_concern(again(n.dana), concern), "nobody is named yet"

    for _ in range(2):
        come_back(n, code, text="His name is Kit Lindqvist.")

    assert not may_read_concern(again(n.dana), concern)
    assert concern.involvements.count() == 1
    heard = Notification.objects.filter(subject_id=concern.pk, recipient=n.devi)
    assert heard.exists()


def test_a_child_who_may_be_another_of_that_name_is_named_by_whoever_reads_it(
    sunflowers: Nursery,
) -> None:
    for what in ("Kit was sad.", "Kit, and Pat Lindqvist", "Noor Rahman was sad."):
        concern, _ = told(sunflowers, None, what=what)
        assert not concern.involvements.exists()


@pytest.mark.parametrize(
    "text", [NAMED_LATER, "It was Dana.", "Hello, Dana slapped him.", "Thanks. Dana slapped him."]
)
def test_a_lead_whom_an_addition_names_does_not_hear_of_it(sunflowers: Nursery, text: str) -> None:
    n = sunflowers
    concern, code = told(n, about="someone", what="One of the women in the office shook him.")
    assert may_read_concern(n.dana, concern), "nobody is named yet"
    come_back(n, code, text=text)

    heard = Notification.objects.filter(kind="report_added_to")
    assert not may_read_concern(n.dana, concern)
    assert not heard.filter(recipient=n.dana).exists()
    assert heard.exists(), "others hear of it"
    page = signed_in(n.dana).get(n.setting.link_to("concerns:concern", concern.pk))
    assert page.status_code == 404


def test_also_when_she_leads_its_case(sunflowers: Nursery) -> None:
    n = sunflowers
    concern, code = told(n, about="someone", what="One of the women in the office shook him.")
    case = opened(n.dana, concern)
    come_back(n, code, text=NAMED_LATER)
    link = n.setting.link_to("concerns:case", case.pk)
    assert signed_in(n.dana).get(link).status_code == 404
    assert signed_in(n.devi).get(link).status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        *("Dear Dana, I can come on Monday.", "Thank you Dana", "Dear Ms Okafor, yes."),
        *("Hello Dana Okafor!", "Thanks Dana for your call.", "thank you, dana."),
    ],
)
def test_whoever_is_greeted_is_not_meant(sunflowers: Nursery, text: str) -> None:
    concern, code = told(sunflowers, about="someone", what="One of the women shook him.")
    come_back(sunflowers, code, text=text)
    assert not is_shut_out(sunflowers.dana, concern.pk)


def test_once_it_is_known_who_it_was_others_may_be_mentioned(sunflowers: Nursery) -> None:
    n = sunflowers
    concern, code = told(n, about="someone", what="One of the women shook him.")
    name_in_report(by=n.dana, concern=concern, person=Person("alleged", member=n.sam))
    come_back(n, code, text="I told Dana on Monday.")
    assert not is_shut_out(n.dana, concern.pk)
    come_back(n, code, text=NAMED_LATER)
    assert is_shut_out(n.dana, concern.pk)
