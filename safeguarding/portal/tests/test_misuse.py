"""Misuse delays and marks; it never refuses. What could harm is stopped like everywhere else."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.audit.models import Entry
from safeguarding.concerns.models import Concern
from safeguarding.concerns.tests.test_who_is_there import gone
from safeguarding.notifications.models import Clock, Notification
from safeguarding.portal.models import ToldLater
from safeguarding.portal.tasks import tell_of_waiting
from tests.people import signed_in

from .given import first_names, page, sent, told, typed

PICTURE = "data:image/png;base64," + "iVBORw0KGgoAAAANSUhEUg" * 20


def many(at: Nursery, number: int = 3) -> Client:
    """Somebody who has sent as many as one may before it looks like misuse."""
    client = Client(REMOTE_ADDR="203.0.113.9")
    for one in range(number):
        assert sent(at, client, what=f"Number {one}").status_code == 200
    return client


def later(minutes: int = 31) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=True)


def test_many_at_once_are_all_kept_marked_and_told_of_together(sunflowers: Nursery) -> None:
    client = many(sunflowers)
    before = Notification.objects.filter(kind="concern_reported").count()
    late = [told(sunflowers, client, what=f"Late {one}")[0] for one in range(4)]

    assert all(one.may_be_abuse for one in late)
    assert Notification.objects.filter(kind="concern_reported").count() == before
    with later():
        tell_of_waiting.call()
        tell_of_waiting.call()
        assert Notification.objects.filter(kind="concern_reported").count() == before + 1
        assert [first_names(one) for one in late] == [{"Dana"}] * 4
        keys = Clock.objects.running().filter(subject_id__in=[one.pk for one in late])
        assert sorted(keys.values_list("key", flat=True)) == ["decide"] * 4 + ["read"]
        assert not ToldLater.objects.due(timezone.now()).exists()


def test_what_was_held_back_is_owed_by_whoever_may_decide_on_it(sunflowers: Nursery) -> None:
    """Where both leads are away the manager hears as well, and reads it, but does not decide."""
    gone(sunflowers, "dana", "devi")
    late, _ = told(sunflowers, many(sunflowers), what="Late")
    with later():
        tell_of_waiting.call()

    clock = Clock.objects.running().get(subject_id=late.pk, key="decide")
    assert clock.owner in {sunflowers.dana, sunflowers.devi}


def test_others_are_not_slowed_down_by_one_who_sends_many(sunflowers: Nursery) -> None:
    many(sunflowers, 5)
    concern, _ = told(sunflowers, Client(REMOTE_ADDR="203.0.113.10"))

    assert not concern.may_be_abuse
    assert first_names(concern) == {"Dana"}


def test_a_child_in_danger_is_never_held_back(sunflowers: Nursery) -> None:
    concern, _ = told(sunflowers, many(sunflowers), in_danger_now="yes")

    assert concern.may_be_abuse
    assert first_names(concern) == {"Dana", "Devi"}
    assert not ToldLater.objects.filter(concern=concern).exists()


def test_what_is_held_back_keeps_whoever_it_names_out_when_it_is_told(sunflowers: Nursery) -> None:
    client = many(sunflowers)
    about_lead, _ = told(sunflowers, client, about="lead")
    with later():
        tell_of_waiting.call()

    assert first_names(about_lead) == {"Morgan", "Devi"}
    page_of_dana = signed_in(sunflowers.dana).get(sunflowers.setting.link_to("concerns:waiting"))
    assert str(about_lead.pk) not in page_of_dana.content.decode()


@pytest.mark.parametrize("sign", [{"website": "http://x.example"}, {}])
def test_a_sign_of_a_program_only_marks(sunflowers: Nursery, sign: dict[str, str]) -> None:
    headers = {} if sign else {"Sec-Fetch-Site": "cross-site"}
    answer = Client(headers=headers).post(page(sunflowers), typed(**sign))

    assert answer.status_code == 200
    assert Concern.objects.get().may_be_abuse
    waiting = signed_in(sunflowers.dana).get(sunflowers.setting.link_to("concerns:waiting"))
    assert "May be misuse of the form" in waiting.content.decode()


def test_tomorrow_the_count_begins_anew(sunflowers: Nursery) -> None:
    client = many(sunflowers, 5)
    with later(24 * 60):
        assert not told(sunflowers, client)[0].may_be_abuse


def test_a_pasted_picture_is_taken_out_and_the_words_stay(sunflowers: Nursery) -> None:
    answer = sent(sunflowers, what=f"She sent this: {PICTURE} on Monday", where="Gate")

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "iVBORw0KGgo" not in shown
    assert "She sent this: [a picture was here and was not kept] on Monday" in shown
    assert 'value="Gate"' in shown
    assert not Concern.objects.exists()


def test_a_file_is_thrown_away_and_the_words_are_kept(sunflowers: Nursery) -> None:
    picture = SimpleUploadedFile("proof.png", b"\x89PNG quokka")
    answer = Client().post(page(sunflowers), typed() | {"file": picture})

    assert answer.status_code == 200
    assert "Files and pictures are not taken here" in answer.content.decode()
    assert Concern.objects.count() == 1


@pytest.mark.parametrize("length", [60_000, 1_000_000])
def test_a_text_that_is_too_long_is_explained_and_not_lost(
    sunflowers: Nursery, length: int
) -> None:
    text = "quokka " * (length // 7)
    answer = sent(sunflowers, what=text)

    assert answer.status_code == 422
    assert answer.content.decode().count("quokka") == length // 7
    assert "Nothing you typed has been lost" in answer.content.decode()


def test_signs_that_turn_text_round_are_written_out(sunflowers: Nursery) -> None:
    concern, _ = told(sunflowers, what="He is \u202enot safe", name="", who="\u2066Kit\u2069")

    assert concern.saw == "He is [U+202E]not safe"
    assert concern.who == "[U+2066]Kit[U+2069]"


def test_markup_is_shown_as_text(sunflowers: Nursery) -> None:
    concern, _ = told(sunflowers, what="<script>alert(1)</script>", own_name="<b>x</b>")

    for link in ("concerns:concern", "portal:letters"):
        path = sunflowers.setting.link_to(link, concern.pk)
        assert b"<script>alert" not in signed_in(sunflowers.dana).get(path).content
        assert b"<b>x</b>" not in signed_in(sunflowers.dana).get(path).content


@pytest.mark.parametrize("key", ["", "1", "x" * 5000])
def test_a_form_without_a_real_key_keeps_what_was_typed(sunflowers: Nursery, key: str) -> None:
    answer = sent(sunflowers, key=key)

    assert answer.status_code in {200, 422}
    assert Concern.objects.exists() or "pinches" in answer.content.decode()


def test_a_setting_that_is_not_there_is_not_found(sunflowers: Nursery) -> None:
    assert Client().get("/at/nowhere/tell-us/").status_code == 404
    assert Client().post("/at/nowhere/tell-us/", typed()).status_code == 404
    assert not Entry.objects.filter(event="setting.refused").exists()
