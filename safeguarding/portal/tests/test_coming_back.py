"""Coming back with a code: the answer, writing again, and what strangers with other codes are told."""

import re
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from demo.cast import Nursery
from foundation.codes import code_of_form, plain
from safeguarding.audit.models import Entry
from safeguarding.concerns import actions as concerns
from safeguarding.notifications.models import Notification
from safeguarding.portal import actions, limits, receipts
from safeguarding.portal.views import public
from tests.budget import queries_of
from tests.people import signed_in

from .given import WORRY, come_back, page, told

ANSWER = "Thank you. On which day was it?"
MORE = "On Monday, before lunch."


def words(answer: object) -> str:
    """The page, without the sign that lets its own scripts run: it is another each time."""
    return re.sub(r'nonce="[^"]*"', "", answer.content.decode())  # type: ignore[attr-defined]


def test_two_write_to_each_other_and_neither_knows_more(sunflowers: Nursery) -> None:
    concern, code = told(sunflowers)
    dana = signed_in(sunflowers.dana)
    dana.get(sunflowers.setting.link_to("concerns:concern", concern.pk))
    letters = sunflowers.setting.link_to("portal:letters", concern.pk)
    assert dana.post(letters, {"text": ANSWER}).status_code == 302
    assert dana.post(letters, {"text": ANSWER}).status_code == 302

    back = words(come_back(sunflowers, code))
    assert back.count(ANSWER) == 1
    assert WORRY not in back, "somebody may look over their shoulder"
    assert "Dana" not in back
    assert 'hr-progress__step--done">Read' in back
    assert "We have it" in words(come_back(sunflowers, code, text=MORE))
    assert MORE in words(dana.get(letters))
    assert MORE in words(dana.get(sunflowers.setting.link_to("concerns:concern", concern.pk)))


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", " "), str.strip])
def test_a_code_is_known_however_it_is_typed(sunflowers: Nursery, change: object) -> None:
    _, code = told(sunflowers)

    assert come_back(sunflowers, change(code)).status_code == 200  # type: ignore[operator]
    misread = code.replace("0", "O").replace("1", "l").replace("V", "u")
    assert come_back(sunflowers, misread).status_code == 200


def test_a_code_of_another_setting_and_one_of_nobody_get_the_same_answer(
    sunflowers: Nursery, bluebells: Nursery
) -> None:
    _, theirs = told(bluebells)
    nobodys = code_of_form(str(sunflowers.setting.pk))
    answers = [come_back(sunflowers, code) for code in (theirs, nobodys)]

    assert {answer.status_code for answer in answers} == {422}
    first, second = (
        words(answer).replace(code, "")
        for answer, code in zip(answers, (theirs, nobodys), strict=True)
    )
    assert first == second
    assert public.NOT_KNOWN in first
    marks = {receipts.mark_of(at.setting, theirs) for at in (sunflowers, bluebells)}
    assert len(marks) == 2, "what is kept of a code is worth nothing elsewhere"


def test_a_right_code_and_a_wrong_one_are_looked_up_alike(sunflowers: Nursery) -> None:
    _, code = told(sunflowers)
    wrong = code_of_form(str(sunflowers.setting.pk))

    right = _lookups(sunflowers, code)
    assert len(right) == len(_lookups(sunflowers, wrong)) == len(_lookups(sunflowers, "")) + 1


def _lookups(at: Nursery, code: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        come_back(at, code)
    return [one["sql"] for one in asked if 'FROM "portal_teller"' in one["sql"]]


def test_a_sign_typed_wrong_is_said_to_be_a_typing_mistake(sunflowers: Nursery) -> None:
    _, code = told(sunflowers)
    for place in (0, 7, 23):
        wrong = code[:place] + ("3" if code[place] != "3" else "4") + code[place + 1 :]
        assert public.MISTYPED in words(come_back(sunflowers, wrong))


def test_codes_are_long_and_no_two_alike(sunflowers: Nursery) -> None:
    made = [code_of_form(str(uuid4())) for _ in range(500)]
    assert len(set(made)) == 500
    assert not any(receipts.is_mistyped(one) for one in made)
    assert {len(plain(one)) for one in made} == {20}
    for place in range(19):
        assert len({plain(one)[place] for one in made}) == 32, "every sign is random"


def test_who_guesses_has_to_wait_and_learns_nothing(sunflowers: Nursery) -> None:
    _, code = told(sunflowers)
    guesser, owner = Client(REMOTE_ADDR="203.0.113.5"), Client(REMOTE_ADDR="203.0.113.6")
    address = page(sunflowers, "replies")
    for _ in range(20):
        guesser.post(address, {"code": "7KQM-2XWD-0HTZ-9PRS-4V3B"})

    for tried in (code, "7KQM-2XWD-0HTZ-9PRS-4V3B"):
        answer = guesser.post(address, {"code": tried})
        assert public.WAIT in words(answer)
    assert owner.post(address, {"code": code}).status_code == 200


def test_a_code_in_an_address_opens_nothing(sunflowers: Nursery) -> None:
    _, code = told(sunflowers)

    assert code not in words(Client().get(page(sunflowers, "replies"), {"code": code}))


def test_what_is_written_after_the_case_is_closed_still_arrives(sunflowers: Nursery) -> None:
    concern, code = told(sunflowers)
    concerns.put_aside(by=sunflowers.dana, concern=concern, reasons="Talked with the parents.")
    come_back(sunflowers, code, text=MORE)
    come_back(sunflowers, code, text=MORE)

    assert concern.addenda.get().text == MORE
    rows = Notification.objects.filter(kind="report_added_to")
    assert [row.recipient for row in rows] == [sunflowers.dana]
    assert "Acted on" in words(come_back(sunflowers, code))


def test_where_everyone_who_was_told_has_left_the_next_hears_of_it(sunflowers: Nursery) -> None:
    concern, code = told(sunflowers, about="someone")
    told_before = {row.member for row in concern.recipients.select_related("member")}
    assert told_before == {sunflowers.dana, sunflowers.morgan}
    concern.recipients.all().delete()
    come_back(sunflowers, code, text=MORE)

    rows = Notification.objects.filter(kind="report_added_to")
    assert {row.recipient for row in rows} == told_before


def test_a_flood_of_additions_is_kept_and_told_of_together(sunflowers: Nursery) -> None:
    concern, code = told(sunflowers)
    for number in range(9):
        come_back(sunflowers, code, text=f"Again {number}")

    assert concern.addenda.count() == 9
    assert Notification.objects.filter(kind="report_added_to").count() == 6


def test_whoever_is_named_cannot_write_to_whoever_named_them(sunflowers: Nursery) -> None:
    concern, _ = told(sunflowers, about="lead")

    with pytest.raises(PermissionDenied):
        actions.write_to_teller(by=sunflowers.dana, teller=concern.teller, text="Who are you?")


def test_a_letter_is_on_record_without_its_words(sunflowers: Nursery) -> None:
    concern, _ = told(sunflowers)
    actions.write_to_teller(by=sunflowers.dana, teller=concern.teller, text=ANSWER)

    line = Entry.objects.get(event="teller.written_to")
    assert line.actor_id == sunflowers.dana.pk
    assert ANSWER not in str(line.details)


def test_letters_cost_the_same_however_many_there_are(sunflowers: Nursery) -> None:
    concern, code = told(sunflowers)
    path = sunflowers.setting.link_to("portal:letters", concern.pk)
    few = len(queries_of(signed_in(sunflowers.dana), path))
    for number in range(8):
        actions.write_to_teller(by=sunflowers.dana, teller=concern.teller, text=f"{number}")
        come_back(sunflowers, code, text=f"{number}")

    assert len(queries_of(signed_in(sunflowers.dana), path)) == few


def test_the_same_short_words_are_kept_where_the_other_side_wrote_meanwhile(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    concern, code = told(n)
    for question in ("Is he with his mother now?", "Has he a mark on his arm?", "Please call."):
        actions.write_to_teller(by=n.dana, teller=concern.teller, text=question)
        for _ in range(2):
            assert "We have it" in words(come_back(n, code, text="Yes"))
    actions.write_to_teller(by=n.dana, teller=concern.teller, text="Please call.")

    assert concern.addenda.count() == 3
    assert concern.letters.count() == 4


def test_what_was_typed_with_a_wrong_code_stays_and_goes_with_the_right_one(
    sunflowers: Nursery,
) -> None:
    n = sunflowers
    concern, code = told(n)
    for _ in range(limits.WRONG_CODES):
        back = words(come_back(n, "AAAA-AAAA-AAAA-AAAA-AAAA", text=MORE))
        assert MORE in back
    back = words(come_back(n, code, text=MORE))

    assert MORE in back
    assert "It is not sent yet" in back
    assert not concern.addenda.exists()
