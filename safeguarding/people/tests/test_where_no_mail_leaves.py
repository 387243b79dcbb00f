"""Without a mail server no page says that a mail is on its way, and each says how the letter is reached."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from foundation import mails
from tests.people import signed_in

from .cast import Place


@pytest.fixture(autouse=True)
def no_mail_server() -> Iterator[None]:
    with override_settings(EMAIL_BACKEND=mails.INTO_A_FOLDER):
        yield


@pytest.mark.parametrize("who", ["Priya", "Dana"])
def test_the_page_of_an_invitation(sunflowers: Place, who: str) -> None:
    """The lead's link nobody else may see: without this sentence they would wait for ever."""
    mo, to = sunflowers.member("Mo"), sunflowers.member(who)
    browser, page = signed_in(mo), mo.setting.link_to("people:invite", to.pk)
    for said in (browser.get(page).text, browser.post(page).text):
        assert "on its way" not in said
        assert "No mail leaves this computer" in said
        assert "folder mail of the data folder" in said


def test_a_forgotten_password(sunflowers: Place) -> None:
    email = {"email": sunflowers.member("Priya").user.email}
    said = Client().post("/accounts/password/reset/", email, follow=True).text
    assert "on its way" not in said
    assert "No mail leaves this computer" in said
    nobody = Client().post("/accounts/password/reset/", {"email": "x@y.example"}, follow=True).text
    assert nobody.split("<h1")[1] == said.split("<h1")[1], "the same whether it belongs to someone"


def test_a_second_check_that_was_taken_away(sunflowers: Place) -> None:
    out = StringIO()
    call_command("remove_second_check", sunflowers.member("Dana").user.email, stdout=out)
    assert "have a mail" not in out.getvalue()
    assert "folder mail" in out.getvalue()
