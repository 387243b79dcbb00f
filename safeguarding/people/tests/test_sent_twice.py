"""A form that is sent twice is taken once, and leads where it led the first time."""

import re
from datetime import timedelta

import time_machine
from django.test import Client
from django.utils import timezone

from safeguarding.people.models import Child, SentForm
from safeguarding.people.tasks import forget_typing

from .cast import Place, hidden, signed_in


def _page(place: Place) -> str:
    return place.at("people/children/add/")


def _form(client: Client, page: str, **typed: str) -> dict[str, str]:
    note = hidden(client.get(page), "written_by")  # type: ignore[arg-type]
    return {"known_as": "Robin", "full_name": "Robin Redbreast", **typed, "written_by": note}


def test_the_same_form_again_is_taken_once_and_leads_to_the_same_place(sunflowers: Place) -> None:
    client = signed_in(sunflowers.member("Mo"))
    form = _form(client, _page(sunflowers))
    first, again = (client.post(_page(sunflowers), form) for _ in range(2))

    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]
    assert Child.objects.filter(known_as="Robin").count() == 1
    assert b"It is on record once" in client.get(again["Location"]).content


def test_other_words_and_a_fresh_page_are_taken(sunflowers: Place) -> None:
    client = signed_in(sunflowers.member("Mo"))
    form = _form(client, _page(sunflowers))
    client.post(_page(sunflowers), form)
    client.post(_page(sunflowers), form | {"full_name": "Robin Redbreast-Smith"})
    client.post(_page(sunflowers), _form(client, _page(sunflowers)))
    assert Child.objects.filter(known_as="Robin").count() == 3


def test_what_was_refused_is_not_remembered(sunflowers: Place) -> None:
    client = signed_in(sunflowers.member("Mo"))
    form = _form(client, _page(sunflowers), known_as="", full_name="")
    assert [client.post(_page(sunflowers), form).status_code for _ in range(2)] == [422, 422]
    assert not SentForm.objects.exists()


def test_another_persons_form_is_their_own(sunflowers: Place) -> None:
    mo, dana = (signed_in(sunflowers.member(name)) for name in ("Mo", "Dana"))
    form = _form(mo, _page(sunflowers))
    mo.post(_page(sunflowers), form)
    dana.post(_page(sunflowers), form)
    assert Child.objects.filter(known_as="Robin").count() == 2


def test_sent_forms_say_nothing_and_are_forgotten_after_a_day(sunflowers: Place) -> None:
    client = signed_in(sunflowers.member("Mo"))
    client.post(_page(sunflowers), _form(client, _page(sunflowers)))
    sent = SentForm.objects.get()
    assert re.fullmatch("[0-9a-f]{64}", sent.digest)
    assert {field.name for field in SentForm._meta.fields} == {
        "id",
        "created_at",
        "setting",
        "digest",
        "led_to",
    }
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        forget_typing.func()
    assert not SentForm.objects.exists()
