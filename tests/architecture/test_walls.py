"""The walls, tried at every address that names a record, also at those nobody has written yet.

That somebody is let in at each of them is in test_f22_tenant_role_url.py.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client

from safeguarding.audit.models import Entry as Line
from safeguarding.people.models import Member
from tests.people import signed_in

from .addresses import Address, inside, outside
from .examples import Examples

WITH_IDS = [one for one in inside() if one.ids]
WITH_TWO_IDS = [one for one in WITH_IDS if len(one.ids) > 1]
ABOUT_CONCERNS = [one for one in WITH_IDS if one.app in {"concerns", "notifications"}]
CASE_CONTENT = [one for one in inside() if getattr(one.view, "door", "") == "case content"]
KEEPING_PEOPLE = [one for one in WITH_IDS if getattr(one.view, "door", "") == "keeping people"]
OUTSIDE_WITH_IDS = [one for one in outside() if one.ids]
METHODS = ("GET", "POST")
# Pages of a case that leave no line when they are opened: lists of what one may read or who read it, and
# forms, which show its title and what is asked. Sending them leaves one.
LISTS_AND_FORMS = {
    "add_file",
    "break_glass",
    "broken_glass",
    "cases",
    "clear_files",
    "close",
    "correct",
    "decline_destruction",
    "describe_device",
    "device_by_mistake",
    "destroyed",
    "end_need_to_know",
    "freeze_file",
    "glass",
    "hand_work_over",
    "instruct",
    "keep_on",
    "leave_out",
    "let_know",
    "name_person",
    "no_picture",
    "named_in_error",
    "open_case",
    "pack",
    "packs",
    "paper",
    "people",
    "person",
    "police_advice",
    "print_case",
    "print_file",
    "put_aside",
    "readers",
    "readings",
    "reclassify",
    "recorded_in_error",
    "rename_case",
    "set_aside",
    "thaw_file",
    "pictures",
    "refuse",
    "related",
    "reopen",
    "reply",
    "reply_to_reporter",
    "report_named_in_error",
    "start_from_case",
    "start_from_report",
    "start_procedure",
    "step",
    "take_out",
    "waiting",
    "why_read",
    "work",
    "work_handover",
}

HOW_TO_ADD = (
    "This address names a record by {name}. Add an example of one to `records` in "
    "tests/architecture/examples.py, made through real actions, and the walls are tried for it."
)
HOW_TO_ADD_A_WORD = (
    "This address has a part {name}. If it names somebody's record, make it a uuid; if it is a word "
    "of ours, add one to WORDS in tests/architecture/examples.py."
)

pytestmark = pytest.mark.once

Both = tuple[Examples, Examples]
At = Callable[[Address], AbstractContextManager[None]]


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def at(subtests: pytest.Subtests) -> At:
    """Go to one address after another: each fails on its own, and what is done there is undone."""

    @contextmanager
    def one(address: Address) -> Iterator[None]:
        with subtests.test(str(address)), undone():
            yield

    return one


def fill(address: Address, examples: Examples) -> str:
    """The path of an example, or what to do about an address that has none."""
    for name in address.ids:
        assert name in examples.ids, HOW_TO_ADD.format(name=name)
    for name in address.words:
        assert name in examples.ids, HOW_TO_ADD_A_WORD.format(name=name)
    return address.filled(examples.of(address))


def ask(client: Client, path: str) -> list[HttpResponseBase]:
    """What comes back when the page is asked for, and when a form is sent to it."""
    return [client.get(path), client.post(path)]


def knocks(member: Member) -> int:
    """How often the trail says that this member was shown nothing: never before, as all is undone."""
    lines = Line.objects.filter(setting_id=member.setting_id, actor_id=member.pk)
    return lines.filter(event__endswith=".refused").count()


def finds_nothing(member: Member, browser: Client, path: str) -> None:
    """The page is not there for this member, and the trail says that it was asked for.

    A page that takes no GET, or no POST, may say so without looking (405); one of the two looks.
    """
    answers = [answer.status_code for answer in ask(browser, path)]

    assert set(answers) <= {404, 405}, "it was there"
    assert 404 in answers
    assert knocks(member) == answers.count(404), "each try has one line, so that somebody will know"


def test_whoever_reads_what_a_case_holds_leaves_one_line_each_time(both: Both, at: At) -> None:
    """Rule F21: one reading, one line. A new page is a reading, unless it is named above."""
    here, _ = both
    lines = Line.objects.filter(setting_id=here.nursery.setting.pk)
    browsers = _most_likely(here)
    for address in CASE_CONTENT:
        with at(address):
            path = here.path(fill(address, here))
            before = lines.count()
            shown = any(one.get(path).status_code == 200 for one in browsers)
            left = lines.exclude(event__endswith=".refused").count() - before

            assert left == int(shown and address.name not in LISTS_AND_FORMS)


def _most_likely(here: Examples) -> list[Client]:
    n = here.nursery
    return [signed_in(one) for one in (n.dana, n.devi, n.morgan)]


@pytest.mark.every_time
def test_a_stranger_is_sent_to_sign_in(both: Both, at: At) -> None:
    here, _ = both
    for address in WITH_IDS:
        with at(address):
            for answer in ask(Client(), here.path(fill(address, here))):
                assert answer.status_code == 302
                assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.every_time
def test_another_settings_lead_does_not_come_in_by_our_door(both: Both, at: At) -> None:
    here, there = both
    lines = Line.objects.filter(setting_id=here.nursery.setting.pk, event="setting.refused")
    browser = signed_in(dana := there.nursery.dana)
    for address in WITH_IDS:
        with at(address):
            answers = ask(browser, here.path(fill(address, here)))

            assert [answer.status_code for answer in answers] == [404, 404]
            assert [line.actor_id for line in lines.all()] == [dana.user.pk, dana.user.pk]


@pytest.mark.every_time
def test_another_settings_lead_does_not_come_in_by_her_own_door(both: Both, at: At) -> None:
    here, there = both
    browser = signed_in(dana := there.nursery.dana)
    for address in WITH_IDS:
        with at(address):
            finds_nothing(dana, browser, there.path(fill(address, here)))


@pytest.mark.every_time
def test_nothing_of_another_setting_hides_behind_an_id_of_ones_own(both: Both, at: At) -> None:
    """Each id in turn is another setting's, while the others are one's own."""
    here, there = both
    browser = signed_in(dana := there.nursery.dana)
    for address in WITH_TWO_IDS:
        with at(address):
            for foreign in address.ids:
                if here.of(address)[foreign] == there.of(address)[foreign]:
                    continue  # a number, not a record
                mixed = {**there.of(address), foreign: here.of(address)[foreign]}
                with undone():
                    finds_nothing(dana, browser, there.path(address.filled(mixed)))


def test_a_colleague_who_need_not_know_finds_nothing(both: Both, at: At) -> None:
    here, _ = both
    browser = signed_in(sam := here.nursery.sam)
    for address in ABOUT_CONCERNS:
        with at(address):
            finds_nothing(sam, browser, here.path(fill(address, here)))


def test_the_reporter_of_a_concern_does_not_read_its_case(both: Both, at: At) -> None:
    here, _ = both
    browser = signed_in(priya := here.nursery.priya)
    for address in [one for one in CASE_CONTENT if one.ids]:
        with at(address):
            finds_nothing(priya, browser, here.path(fill(address, here)))


def test_without_the_second_check_nobody_reads_a_case_or_gives_power(both: Both, at: At) -> None:
    here, _ = both
    dana = signed_in(here.nursery.dana, second_check=False)
    for address in [*CASE_CONTENT, *KEEPING_PEOPLE]:
        with at(address):
            answers = ask(dana, here.path(fill(address, here)))
            asked = [one for one in answers if one.status_code != 405]

            assert asked
            for answer in asked:
                assert answer.status_code == 302
                assert answer["Location"].startswith("/accounts/second-check/")


def test_nobody_touches_what_is_somebody_elses_outside_the_settings(both: Both, at: At) -> None:
    here, there = both
    for address in OUTSIDE_WITH_IDS:
        with at(address):
            path = fill(address, here)

            for answer in ask(Client(), path):
                assert answer["Location"].startswith("/accounts/login/")
            for answer in ask(_just_checked(there.nursery.dana), path):
                assert answer.status_code == 404
            assert _just_checked(here.nursery.dana).get(path).status_code == 200


def _just_checked(member: Member) -> Client:
    """A browser that was asked a moment ago whether it is really this member."""
    client = signed_in(member)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY][0]["reauthenticated"] = True
    session.save()
    return client
