"""The code of a code app: when it counts, and that it opens once."""

import pytest
import time_machine

from .cast import Place, code_now, events, set_up_code_app, signed_in, this_morning


@pytest.mark.parametrize("another_session", [False, True])
def test_a_code_works_once(sunflowers: Place, case_page: str, *, another_session: bool) -> None:
    dana = sunflowers.member("Dana")
    with time_machine.travel(this_morning(), tick=False) as clock:
        secret = set_up_code_app(signed_in(dana))
        clock.shift(60)
        first, second = signed_in(dana), signed_in(dana)
        second = second if another_session else first
        code = {"code": code_now(secret)}
        page = "/accounts/2fa/reauthenticate/"

        assert first.post(page, code).status_code == 302
        again = second.post(page, code)

    assert again.status_code == 200
    assert b"A code works once" in again.content
    assert len(events("second_check.refused")) == 1
    if another_session:
        assert second.get(sunflowers.at(case_page)).status_code == 302


@pytest.mark.parametrize(("late", "opens"), [(-30, True), (30, True), (-60, False), (60, False)])
def test_a_clock_may_be_off_by_one_code(sunflowers: Place, *, late: int, opens: bool) -> None:
    dana = sunflowers.member("Dana")
    with time_machine.travel(this_morning(), tick=False) as clock:
        secret = set_up_code_app(signed_in(dana))
        clock.shift(300)
        code = {"code": code_now(secret)}
        clock.shift(late)
        answer = signed_in(dana).post("/accounts/2fa/reauthenticate/", code)

    assert (answer.status_code == 302) is opens


@pytest.mark.parametrize("after", [45, 75])
def test_a_code_that_was_used_opens_nothing_while_another_clock_may_show_it(
    sunflowers: Place, after: int
) -> None:
    """Nor the one with which the app was set up; however it is typed."""
    dana = sunflowers.member("Dana")
    page = "/accounts/2fa/reauthenticate/"
    with time_machine.travel(this_morning(), tick=False) as clock:
        secret = set_up_code_app(signed_in(dana))
        first = code_now(secret)
        assert signed_in(dana).post(page, {"code": first}).status_code == 200
        clock.shift(300)
        clock.shift(30)  # a telephone that is half a minute fast shows this code already
        code = code_now(secret)
        clock.shift(-30)
        assert signed_in(dana).post(page, {"code": code}).status_code == 302
        clock.shift(after)
        again = signed_in(dana).post(page, {"code": f"{code[:3]} {code[3:]}"})

    assert again.status_code == 200
    assert len(events("second_check.refused")) == 2


def test_a_code_that_was_used_makes_room_for_no_more_guesses(sunflowers: Place) -> None:
    dana, page = sunflowers.member("Dana"), "/accounts/2fa/reauthenticate/"
    with time_machine.travel(this_morning(), tick=False) as clock:
        secret = set_up_code_app(signed_in(dana))
        clock.shift(300)
        used = code_now(secret)
        assert signed_in(dana).post(page, {"code": used}).status_code == 302
        clock.shift(45)
        right = code_now(secret)
        wrong = next(code for code in ("000000", "111111", "222222") if code not in {used, right})
        for code in (wrong, wrong, wrong, used, wrong):
            assert signed_in(dana).post(page, {"code": code}).status_code == 200
        held = signed_in(dana).post(page, {"code": right})
        clock.shift(60)
        later = signed_in(dana).post(page, {"code": code_now(secret)})

    assert (held.status_code, later.status_code) == (200, 302)
