"""The poster: one page, with the address and the numbers as they are now."""

import json
from pathlib import Path
from typing import Any

import pytest
import segno
import typst

from demo.cast import Nursery
from safeguarding.directory.actions import remove_contact
from safeguarding.directory.models import Contact
from safeguarding.documents import typeset
from safeguarding.people.models import Setting
from safeguarding.portal import poster
from tests.people import signed_in

from .given import page

ADDRESS = "https://hedgerow.example"


def pages_of(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many sheets the poster takes: drawn as pictures, each is one."""

    def drawn(template: Path, data: object) -> bytes:
        inputs = {"data": json.dumps(data), "undrawn": ""}
        fonts = typeset._fonts()
        sheets: Any = typst.compile(
            template,
            root=typeset.ROOT,
            font_paths=fonts,
            sys_inputs=inputs,
            format="svg",
        )
        return bytes(len(sheets) if isinstance(sheets, list) else 1)

    monkeypatch.setattr(poster, "pdf", drawn)
    return len(poster.printed(setting))


def test_the_poster_is_a_tagged_pdf_for_those_who_keep_the_form(sunflowers: Nursery) -> None:
    answer = signed_in(sunflowers.dana).get(page(sunflowers, "poster_to_print"))

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in answer.content
    assert signed_in(sunflowers.pat).get(page(sunflowers, "poster_to_print")).status_code == 403


@pytest.mark.parametrize("name", ["Sunflowers", "St. Mary and All Angels " * 5])
def test_it_is_one_page_however_long_the_name(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    sunflowers.setting.name = name[:120]
    sunflowers.setting.slug = "s" * 50

    assert pages_of(sunflowers.setting, monkeypatch) == 1


def test_its_square_leads_to_the_form_at_the_address_of_the_installation(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.ADDRESS = ADDRESS
    told: dict[str, Any] = {}
    monkeypatch.setattr(poster, "pdf", lambda _template, data: told.update(data))
    poster.printed(sunflowers.setting)

    assert told["address"] == "hedgerow.example/at/sunflowers/tell-us/"
    square = segno.make(f"{ADDRESS}/at/sunflowers/tell-us/", micro=False, error="q")
    assert told["square"] == square.svg_inline(border=0)


def test_the_numbers_come_from_the_directory(sunflowers: Nursery) -> None:
    assert [line["call"] for line in poster.lines(sunflowers.setting)] == [
        "0800 1111",
        "ceop.police.uk",
    ]
    childline = Contact.objects.current().get(setting=sunflowers.setting, slug="childline")
    remove_contact(by=sunflowers.dana, contact=childline)
    assert [line["call"] for line in poster.lines(sunflowers.setting)] == ["ceop.police.uk"]
    assert poster.printed(sunflowers.setting).startswith(b"%PDF-")


def test_without_any_number_in_the_directory_999_still_stands(sunflowers: Nursery) -> None:
    for contact in Contact.objects.current().filter(setting=sunflowers.setting):
        if contact.slug in poster.ON_IT:
            remove_contact(by=sunflowers.dana, contact=contact)

    assert poster.printed(sunflowers.setting).startswith(b"%PDF-")
