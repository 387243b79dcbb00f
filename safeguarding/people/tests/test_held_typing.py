"""What somebody typed is never lost because a session ended, and never shown to anybody else."""

import json
import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import timezone

from safeguarding.people import held, sealing
from safeguarding.people.models import Child, HeldForm, Member
from safeguarding.people.tasks import forget_typing
from tests.people import signed_in as checked

from .cast import Place, events, hidden, sign_in, signed_in, this_morning

TYPED = {"known_as": "Robin", "full_name": "Robin <Redbreast>", "born_on_day": "3"}


def _add_child(place: Place) -> str:
    return place.at("people/children/add/")


def _note(client: Client, page: str) -> dict[str, str]:
    """What the page carries for its form."""
    return {"written_by": hidden(client.get(page), "written_by")}  # type: ignore[arg-type]


def _run_out(place: Place, name: str = "Mo", **more: str) -> tuple[Client, str]:
    """Somebody types, is away too long, and presses the button. The sign-in page's `next`."""
    client = signed_in(place.member(name))
    note = _note(client, _add_child(place))
    client.logout()
    answer = client.post(_add_child(place), TYPED | note | more)
    assert answer.status_code == 302
    return client, unquote(answer["Location"].partition("?next=")[2])


def test_typing_comes_back_after_signing_in_and_is_sent_once(sunflowers: Place) -> None:
    client, back = _run_out(sunflowers)
    assert b"What you typed is kept" in client.get(f"/accounts/login/?next={back}").content
    assert not Child.objects.filter(known_as="Robin").exists()

    assert sign_in(client, sunflowers.member("Mo"), to=back)["Location"] == back
    page = client.get(back)
    assert b"Here is what you typed before" in page.content
    assert b"Robin &lt;Redbreast&gt;" in page.content
    assert not Child.objects.filter(known_as="Robin").exists(), "seeing it again must not send it"

    sent = client.post(
        _add_child(sunflowers),
        {"known_as": "Robin", "written_by": hidden(page, "written_by")},  # type: ignore[arg-type]
    )
    assert sent.status_code == 302
    assert Child.objects.filter(known_as="Robin").count() == 1
    assert not HeldForm.objects.exists()


def test_seeing_a_complete_form_again_does_not_send_it(sunflowers: Place) -> None:
    client = signed_in(sunflowers.member("Mo"))
    note = _note(client, _add_child(sunflowers))
    client.logout()
    answer = client.post(_add_child(sunflowers), {"known_as": "Robin", **note})
    back = unquote(answer["Location"].partition("?next=")[2])

    assert signed_in(sunflowers.member("Mo")).get(back).status_code == 200
    assert not Child.objects.filter(known_as="Robin").exists()


def test_a_form_that_needs_putting_right_keeps_the_typing(sunflowers: Place) -> None:
    client, back = _run_out(sunflowers)
    sign_in(client, sunflowers.member("Mo"))
    note = hidden(client.get(back), "written_by")  # type: ignore[arg-type]
    assert client.post(back, {"known_as": "", "written_by": note}).status_code == 422
    assert HeldForm.objects.count() == 1


def test_nobody_else_can_open_it(sunflowers: Place, bluebells: Place) -> None:
    _client, back = _run_out(sunflowers)
    other = signed_in(sunflowers.member("Devi"))
    assert b"Robin" not in other.get(back).content
    assert b"Robin" in signed_in(sunflowers.member("Mo")).get(back).content


def test_it_opens_on_its_own_page_only(sunflowers: Place) -> None:
    _client, back = _run_out(sunflowers)
    elsewhere = back.replace("children/add/", "rooms/add/")
    page = signed_in(sunflowers.member("Mo")).get(elsewhere)
    assert page.status_code == 200
    assert b"Here is what you typed" not in page.content


@pytest.mark.parametrize("wrong", ["", "x", "00000000-0000-0000-0000-000000000000", "%00"])
def test_an_address_that_is_wrong_shows_an_empty_form(sunflowers: Place, wrong: str) -> None:
    client = signed_in(sunflowers.member("Mo"))
    page = client.get(f"{_add_child(sunflowers)}?held={wrong}")
    assert page.status_code == 200
    assert b"Here is what you typed" not in page.content


@pytest.mark.parametrize("spoil", ["altered", "old", "missing", "not a note", "somebody gone"])
def test_a_note_that_is_not_ours_keeps_nothing(sunflowers: Place, spoil: str) -> None:
    client = signed_in(sunflowers.member("Mo"))
    note = _note(client, _add_child(sunflowers))["written_by"]
    client.logout()
    notes = {
        "altered": note[:-2] + ("aa" if note[-2:] != "aa" else "bb"),
        "old": note,
        "missing": "",
        "not a note": signing.dumps("just a text", salt=held.SALT),
        "somebody gone": note,
    }
    if spoil == "somebody gone":
        Member.objects.get(pk=sunflowers.people["Mo"].pk)
        sunflowers.people["Mo"].user.is_active = False
        sunflowers.people["Mo"].user.save()
    at = timezone.now() + timedelta(hours=13 if spoil == "old" else 0)
    with time_machine.travel(at):
        answer = client.post(_add_child(sunflowers), TYPED | {"written_by": notes[spoil]})

    assert "held" not in answer.get("Location", "")
    assert not HeldForm.objects.exists()


def test_passwords_codes_and_keys_are_never_kept_and_the_rest_is_sealed(sunflowers: Place) -> None:
    secrets = {"password": "p1", "new_Password2": "p2", "code": "123456", "credential": "c"}
    _run_out(sunflowers, csrfmiddlewaretoken="k", **secrets)
    kept = HeldForm.objects.get()
    opened = json.loads(sealing.unseal(bytes(kept.sealed), str(kept.pk)))

    assert set(opened) == set(TYPED)
    assert b"Robin" not in bytes(kept.sealed)


def test_several_answers_to_one_question_are_all_kept(sunflowers: Place) -> None:
    client = checked(sunflowers.member("Mo"))
    page = sunflowers.at("people/add/")
    note = _note(client, page)
    client.logout()
    both = {"name": "Nia", "roles": ["practitioner", "parent"]}
    back = unquote(client.post(page, both | note)["Location"].partition("?next=")[2])
    again = checked(sunflowers.member("Mo")).get(back).content.decode()

    assert len(re.findall(r'value="(?:practitioner|parent)"[^>]*checked', again)) == 2


def test_an_empty_form_leaves_nothing_behind(sunflowers: Place) -> None:
    client = signed_in(sunflowers.member("Mo"))
    note = _note(client, _add_child(sunflowers))
    client.logout()
    answer = client.post(_add_child(sunflowers), {"known_as": "", **note})
    assert "held" not in answer["Location"]
    assert not HeldForm.objects.exists()


def test_a_form_sent_elsewhere_comes_back_on_the_page_it_stands_on(sunflowers: Place) -> None:
    mo = sunflowers.member("Mo")
    client = signed_in(mo)
    note = _note(client, _add_child(sunflowers))
    client.logout()
    answer = client.post(sunflowers.at("people/rooms/add/"), {"known_as": "Robin", **note})
    back = unquote(answer["Location"].partition("?next=")[2])

    assert back.startswith(_add_child(sunflowers) + "?held=")
    assert b"Here is what you typed" in signed_in(mo).get(back).content
    assert b"Robin" not in signed_in(mo).get(back).content, "it belongs to the other form"


def test_it_is_forgotten_after_a_week(sunflowers: Place) -> None:
    with time_machine.travel(this_morning(), tick=False) as clock:
        _run_out(sunflowers)
        clock.shift(timedelta(days=7))
        forget_typing.call()
        assert HeldForm.objects.count() == 1
        clock.shift(1)
        forget_typing.call()
    assert not HeldForm.objects.exists()


def test_a_stale_key_brings_the_form_back_filled_in(sunflowers: Place) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(sunflowers.member("Mo").user)
    note = _note(client, _add_child(sunflowers))
    answer = client.post(_add_child(sunflowers), TYPED | note | {"csrfmiddlewaretoken": "stale"})

    page = client.get(answer["Location"])
    assert b"Robin" in page.content
    assert b"What you typed is back in the form" in page.content


def test_a_form_from_another_site_is_refused_and_keeps_nothing(sunflowers: Place) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(sunflowers.member("Mo").user)
    assert client.post(_add_child(sunflowers), TYPED).status_code == 403
    assert not HeldForm.objects.exists()


def test_on_a_shared_screen_typing_goes_to_who_typed_it(sunflowers: Place) -> None:
    mo, devi = sunflowers.member("Mo"), sunflowers.member("Devi")
    client = Client(enforce_csrf_checks=True)
    client.force_login(mo.user)
    note = _note(client, _add_child(sunflowers))
    client.force_login(devi.user)
    answer = client.post(_add_child(sunflowers), TYPED | note | {"csrfmiddlewaretoken": "stale"})

    page = client.get(answer["Location"])
    assert b"begun by somebody else" in page.content
    assert b"Robin" not in page.content
    assert HeldForm.objects.get().user == mo.user


def test_a_screen_nobody_uses_is_signed_out_and_says_so(sunflowers: Place) -> None:
    with time_machine.travel(this_morning(), tick=False) as clock:
        client = signed_in(sunflowers.member("Mo"))
        note = _note(client, _add_child(sunflowers))
        clock.shift(599)
        assert client.get("/accounts/security/").status_code == 200
        clock.shift(601)
        answer = client.post(_add_child(sunflowers), TYPED | note)
        page = client.get(answer["Location"])

    assert answer["Location"].startswith("/accounts/login/?next=")
    assert b"You were signed out because nobody used this screen" in page.content
    assert b"What you typed is kept" in page.content
    assert events("session.ran_out")


def test_staying_keeps_the_session_but_not_for_ever(sunflowers: Place) -> None:
    with time_machine.travel(this_morning(), tick=False) as clock:
        client = signed_in(sunflowers.member("Mo"))
        for _ in range(57):  # nine and a half hours of pressing "stay"
            clock.shift(500)
            answer = client.post("/accounts/stay/")
            assert answer.status_code == 204
        clock.shift(500)
        assert client.post("/accounts/stay/").status_code == 302
    assert "csrf" in signed_in(sunflowers.member("Mo")).get("/accounts/stay/").json()


def test_a_page_left_open_is_not_opened_again_by_whoever_signs_in_next(sunflowers: Place) -> None:
    mo, dana = (signed_in(sunflowers.member(name)) for name in ("Mo", "Dana"))
    left = re.search(r'data-stay-url="([^"]*)"', mo.get(_add_child(sunflowers)).content.decode())
    assert left is not None

    assert "csrf" in mo.get(left[1]).json()
    answer = dana.get(left[1])
    assert (answer.status_code, answer.json()) == (409, {})


def test_a_part_of_a_page_leads_the_whole_page_to_the_sign_in(sunflowers: Place) -> None:
    headers = {
        "HX-Request": "true",
        "HX-Current-URL": f"http://testserver{_add_child(sunflowers)}",
    }
    answer = Client().get(sunflowers.at("people/"), headers=headers)
    assert answer.status_code == 200
    assert answer["HX-Redirect"].endswith("?next=%2Fat%2Fsunflowers%2Fpeople%2Fchildren%2Fadd%2F")


def test_typing_survives_the_second_check(sunflowers: Place, case_page: str) -> None:
    client = signed_in(sunflowers.member("Mo"))
    answer = client.post(sunflowers.at(case_page), {"entry": "She told me more."})
    assert HeldForm.objects.get().address in unquote(answer["Location"])


def test_whoever_has_left_a_great_deal_of_typing_keeps_the_newest(sunflowers: Place) -> None:
    writer = sunflowers.member("Mo").user
    for _ in range(HeldForm.MOST + 2):
        HeldForm.objects.create(user=writer, page="/", path="/", sealed=b"x")
    HeldForm.objects.beyond_the_newest(writer).delete()

    assert HeldForm.objects.filter(user=writer).count() == HeldForm.MOST
