"""What people type: nothing unseen gets in, nothing they wrote gets lost, no picture is kept."""

import base64
import re
import unicodedata

import pytest
from django import forms as django_forms
from hypothesis import example, given
from hypothesis import strategies as st

from foundation import forms, words

UNSEEN = [chr(code) for code in (*range(9), 11, 12, *range(14, 32), 127, *range(0x80, 0xA0))]
DIRECTION = list("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Letters, and a good share of the characters that make trouble.
typed = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from([*UNSEEN, *DIRECTION, "\r", "\n"])
)
PIXEL = base64.b64encode(bytes(range(256)) * 3).decode()


class Report(forms.Form):
    account = forms.Words(label="What happened", missing="Say what happened")
    place = forms.Line(label="Where", required=False)


def report(account: str, place: str = "") -> Report:
    return Report({"account": account, "place": place})


# --- words ---


@given(typed)
@example("a\x00b\u202ec\r\nd\x85e\u2028f")
def test_no_unseen_or_turning_character_survives(text: str) -> None:
    shown = words.visible(text)

    assert not set(shown) & {*UNSEEN, *DIRECTION, "\r", "\u2028", "\u2029"}


@given(typed)
def test_making_visible_twice_changes_nothing_more(text: str) -> None:
    once = words.visible(text)

    assert words.visible(once) == once
    assert words.one_line(words.one_line(text)) == words.one_line(text)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"])))
def test_ordinary_words_are_kept_as_they_are_but_for_their_form(text: str) -> None:
    assert words.visible(text) == unicodedata.normalize("NFC", text)


@given(st.lists(st.sampled_from(["Kit", " said: ", "\t", "“no”", "👩‍🚒", "é", "\n"])))
def test_line_ends_of_every_system_become_one(parts: list[str]) -> None:
    text = "".join(parts)

    assert words.visible(text.replace("\n", "\r\n")) == text
    assert words.visible(text.replace("\n", "\r")) == text


def test_what_was_unseen_can_be_read() -> None:
    assert words.visible("a\x00b\x07c\x7fd\x9be\u202ef") == "a␀b␇c␡d[U+009B]e[U+202E]f"
    assert words.visible("e\u0301") == "é"


def test_a_box_of_one_line_holds_one_line() -> None:
    assert (
        words.one_line("The reading\r\n  corner\tby the door") == "The reading corner by the door"
    )


def test_a_form_keeps_the_words_and_their_spaces() -> None:
    form = report("  He said:\r\n\r\n  “no”  ", "  the hall ")

    assert form.is_valid()
    assert form.cleaned_data == {"account": "  He said:\n\n  “no”  ", "place": "the hall"}


@pytest.mark.parametrize("blank", ["", "   ", "\n\n", "\t"])
def test_an_empty_box_asks_for_what_is_missing(blank: str) -> None:
    assert report(blank).errors["account"] == ["Say what happened"]


def test_too_much_says_how_much_and_loses_nothing() -> None:
    form = report("x " * 25_060)

    assert form.errors["account"] == [
        "“What happened” is 50,120 characters; the most this box holds is 50,000. Nothing you "
        "typed has been lost: it is all still in the box. Move the end of it somewhere else, or "
        "send it as a second note."
    ]
    assert form["account"].value() == "x " * 25_060


def test_what_goes_back_into_the_box_is_visible_too() -> None:
    form = report("", "a\x00\u202eb")

    assert form["place"].value() == "a␀[U+202E]b"


# --- pictures ---

PICTURES = {
    "data address": f"data:image/png;base64,{PIXEL}",
    "short data address": "data:image/gif;base64,R0lGODlhAQABAAAAACw=",
    "data address in capitals": f"DATA:IMAGE/JPEG;BASE64,{PIXEL}",
    "data address without base64": "data:image/svg+xml,%3Csvg%20width=%2240%22%3E%3C/svg%3E",
    "data address of any kind": f"data:;base64,{PIXEL}",
    "bare base64": PIXEL,
    "base64 for addresses": base64.urlsafe_b64encode(bytes(range(255, 0, -1)) * 2).decode(),
    "base64 in lines": "\n".join(PIXEL[n : n + 76] for n in range(0, len(PIXEL), 76)),
    "base64 in lines of Windows": "\r\n".join(PIXEL[n : n + 64] for n in range(0, len(PIXEL), 64)),
    "small PNG": base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(range(40))).decode(),
    "small JPEG": base64.b64encode(b"\xff\xd8\xff\xe0" + bytes(range(40))).decode(),
    "hexadecimal": (bytes(range(256)) * 2).hex(),
    "markup": "<svg width='9'><path d='M0 0h9'/></svg>",
    "markup cut short": "<svg width='9'><path d='M0 0h9'/>",
    "bytes of a PNG": "\x89PNG\r\n\x1a\n\x00\x00",
    "hidden in an address": f"https://example.org/?p=data:image/png;base64,{PIXEL}",
}


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_a_pasted_picture_is_refused_and_not_given_back(picture: str) -> None:
    form = report(f"He showed me this: {picture}")

    assert form.errors.as_data()["account"][0].code == "picture"
    assert "Leave the picture where it is" in form.errors["account"][0]
    redisplayed = str(form)
    assert words.PICTURE_MARK in redisplayed
    assert "He showed me this:" in redisplayed
    piece = picture[-12:]
    assert piece not in redisplayed


ORDINARY = {
    "a sentence": "He said there was data: the tablet, the phone, and a drawing.",
    "an address": "https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PL1234567890abcdef&index=2",
    "a long address": "https://example.org/" + "AbC123xyz" * 40 + "?q=1",
    "a held-down key": "a" * 900 + "rgh 1",
    "a long line": "=" * 400 + " 2026 " + "-" * 400,
    "a long word": "Donaudampfschifffahrtsgesellschaftskapitaensmuetze",
    "numbers": "0800 028 0285, 03000 41 57 97",
    "the same word over and over": "data:" * 20_000,
    "talk of pictures": "I saw a JPEG and a PNG called IMG_2042.png; I did not open them.",
    "PNG at the start of a line": "PNG\r\nwas its ending",
}


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY)
def test_ordinary_words_are_not_taken_for_a_picture(text: str) -> None:
    assert words.without_pictures(text) == text


@given(typed)
def test_taking_pictures_out_twice_changes_nothing_more(text: str) -> None:
    once = words.without_pictures(text)

    assert words.without_pictures(once) == once


@given(st.binary(min_size=400, max_size=2000).filter(lambda data: len(set(data)) > 40))
def test_any_large_file_written_as_base64_is_seen(data: bytes) -> None:
    assert words.without_pictures(base64.b64encode(data).decode()) == words.PICTURE_MARK


# --- how a form is shown ---


class Everything(forms.Form):
    account = forms.Words(label="What happened", help_text="Facts")
    kind = forms.Choice(label="Which kind", choices=[("a", "A"), ("b", "B")], hints={"a": "First"})
    room = forms.DropDown(label="Which room", choices=[("oak", "Oak")])
    told = forms.YesBox(label="I told the lead", missing="Tell the lead first")
    note = django_forms.CharField(label="Note", required=False)


def test_a_question_is_tied_to_its_hint_and_error() -> None:
    shown = str(Everything({})["account"].as_field_group())

    assert 'for="id_account"' in shown
    assert 'aria-describedby="id_account_helptext id_account_error"' in shown
    assert 'id="id_account_helptext"' in shown
    assert 'id="id_account_error"' in shown


def test_a_choice_is_a_group_and_each_answer_has_its_hint() -> None:
    shown = str(Everything()["kind"].as_field_group())

    assert "<legend" in shown
    assert 'id="id_kind_0_hint">First<' in shown
    assert 'aria-describedby="id_kind_0_hint"' in shown
    assert "id_kind_1_hint" not in shown


def test_only_what_may_be_left_out_says_so() -> None:
    form = Everything()

    assert "(optional)" in str(form["note"].as_field_group())
    assert "(optional)" not in str(form["account"].as_field_group())


def test_every_kind_of_question_says_in_words_what_is_missing() -> None:
    assert dict(Everything({}).errors) == {
        "account": ["This still needs an answer: What happened"],
        "kind": ["Choose an answer: Which kind"],
        "room": ["Choose an answer: Which room"],
        "told": ["Tell the lead first"],
    }


def test_the_browser_keeps_no_list_of_what_was_typed() -> None:
    form = Everything()

    assert 'autocomplete="off"' in str(form["account"])
    assert 'autocomplete="off"' in str(Report()["place"])


def test_markup_in_words_is_shown_as_words() -> None:
    shown = str(report("<script>alert(1)</script>"))

    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


class Numbered(forms.Form):
    question_0 = forms.Choice(label="First?", choices=[("0", "No"), ("1", "Yes")])
    question_1 = forms.Choices(
        label="Second?", choices=[("A heading", [("0", "No")]), ("1", "Yes")]
    )


def test_two_questions_whose_names_end_in_numbers_share_no_id() -> None:
    """Otherwise touching the answer to one of them would choose it in the other."""
    ids = re.findall(r'<input[^>]* id="([^"]+)"', str(Numbered()))

    assert ids == ["id_question_0_0", "id_question_0_1", "id_question_1_0", "id_question_1_1"]
