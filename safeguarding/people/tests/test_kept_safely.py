"""Kept typing holds no picture and no flood."""

import json

from django.test import Client

from safeguarding.people import held, sealing
from safeguarding.people.models import HeldForm

from .cast import Place, hidden, signed_in

# What a browser pastes for a picture: the marker stands for its bytes.
MARKER = "QUJVU0VNQVRFUklBTE1BUktFUg"
PICTURE = f"data:image/png;base64,iVBORw0KGgo{MARKER * 20}=="


def _run_out(place: Place, typed: dict[str, str | list[str]], *, at: str = "") -> HeldForm:
    client = signed_in(place.member("Mo"))
    page = place.at("people/children/add/")
    note = hidden(client.get(page), "written_by")  # type: ignore[arg-type]
    Client().post(page + at, {**typed, "written_by": note})
    return HeldForm.objects.get()


def _opened(kept: HeldForm) -> dict[str, list[str]]:
    opened = json.loads(sealing.unseal(bytes(kept.sealed), str(kept.pk)))
    return {str(name): list(values) for name, values in opened.items()}


def test_no_byte_of_a_pasted_picture_is_kept(sunflowers: Place) -> None:
    said = f"She showed me this: {PICTURE} and cried."
    kept = _run_out(sunflowers, {"full_name": ["Robin", said], PICTURE[:90]: "x"}, at=PICTURE[:250])
    everything = str(_opened(kept)) + kept.page + kept.path

    assert MARKER not in everything
    assert "She showed me this: [a picture was here and was not kept] and cried." in everything


def test_ordinary_typing_is_kept_to_the_letter(sunflowers: Place) -> None:
    typed = 'Robin said: "I don’t like it" \\ and then\r\nnothing – ever 🐦'
    assert _opened(_run_out(sunflowers, {"known_as": typed}))["known_as"] == [typed]


def test_what_is_too_long_is_cut_and_says_so(sunflowers: Place) -> None:
    long = "Once é upon a time. " * 60_000
    kept = _run_out(sunflowers, {"known_as": "Robin", "full_name": long, "more": "the end"})
    opened = _opened(kept)

    assert opened["known_as"] == ["Robin"]
    assert opened["full_name"][0].startswith("Once é upon a time. Once")
    assert opened["full_name"][0].endswith(held.TOO_LONG)
    assert opened["more"] == ["the end"]
    assert len(bytes(kept.sealed)) < held.MOST + 1_000


def test_a_flood_of_boxes_or_unseen_characters_stays_within_the_limit(sunflowers: Place) -> None:
    flood: dict[str, str | list[str]] = {"known_as": ["x" * 40_000] * 60, "n" * 900: "x"}
    kept = _run_out(sunflowers, flood | {"full_name": "\x01" * 900_000})

    assert len(bytes(kept.sealed)) < held.MOST + 10_000
    boxes = _opened(kept)["known_as"]
    assert len(boxes) == 60
    assert boxes[-1].endswith(held.TOO_LONG), "nothing is left out in silence"
