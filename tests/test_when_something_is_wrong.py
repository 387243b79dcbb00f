"""What a person is shown when something is wrong, and what it must not show."""

from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client

from foundation.jobs.models import Heartbeat

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.pages")]


@pytest.fixture
def browser() -> Client:
    """A browser that gets the page, as in production, when the server fails."""
    return Client(raise_request_exception=False)


def test_a_broken_rule_says_its_sentence(browser: Client) -> None:
    answer = browser.post("/rule/")

    assert answer.status_code == 409
    assert "A case is closed &lt;once&gt;." in answer.text
    assert "Nothing was changed" in answer.text


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/full/", 507, "There is no room left"),
        ("/full-postgres/", 507, "There is no room left"),
        ("/malformed/", 503, "is damaged"),
        ("/locked/", 503, "busy or cannot be reached"),
    ],
)
def test_what_could_not_be_saved_is_said_plainly(
    client: Client, address: str, status: int, says: str
) -> None:
    answer = client.post(address)

    assert answer.status_code == status
    assert says in answer.text
    assert "has not arrived" in answer.text
    assert "Back button" in answer.text
    assert "999" in answer.text


WRITTEN = {"written_by": "note", "key": "one", "words": "He said no.", "part": ["a", "b"]}


@pytest.mark.parametrize("address", ["/full/", "/locked/", "/bug/"])
def test_what_could_not_be_saved_stands_in_the_page_to_be_sent_again(
    browser: Client, address: str
) -> None:
    page = browser.post(f"{address}?held=1", WRITTEN).text

    assert f'<form method="post" action="{address}?held=1">' in page
    for name, value in (("key", "one"), ("words", "He said no."), ("part", "a"), ("part", "b")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    assert '<p class="govuk-body hr-words">He said no.</p>' in page
    assert "Back button" not in page


@pytest.mark.parametrize("address", ["/full/", "/locked/", "/bug/"])
def test_what_a_stranger_wrote_stands_there_to_be_copied(browser: Client, address: str) -> None:
    """The public form carries no note of whose it was; its boxes are empty after Back, too."""
    page = browser.post(address, {"key": "one", "what": "He said no.", "told_as": "parent"}).text

    assert '<p class="govuk-body hr-words">He said no.</p>' in page
    assert "Send it again" not in page
    assert "press the button" not in page
    nothing = browser.post(address, {"key": "one"}).text
    assert "Show what you wrote" not in nothing


@pytest.mark.parametrize(("address", "status"), [("/gone/", 404), ("/not-yours/", 403)])
def test_whose_access_ends_while_they_write_keeps_their_words(
    browser: Client, address: str, status: int
) -> None:
    answer = browser.post(address, WRITTEN | {"password": "very secret words"})

    assert answer.status_code == status
    assert '<p class="govuk-body hr-words">He said no.</p>' in answer.text
    assert "copy it before you leave" in answer.text
    assert "hide-screen.js" in answer.text
    assert "Send it again" not in answer.text
    assert "very secret words" not in answer.text
    assert "copy it" not in browser.post(address, {"key": "one"}).text
    assert "copy it" not in browser.get(address).text


@pytest.mark.parametrize("address", ["/gone/", "/full/", "/bug/"])
def test_a_sign_that_turns_text_round_is_written_out(browser: Client, address: str) -> None:
    page = browser.post(address, {"words": "He said \u202eno and left."}).text

    assert "\u202e" not in page
    assert "no and left." in page


@pytest.mark.parametrize("secret", ["password", "passphrase", "code", "oldpassword"])
def test_a_secret_is_never_put_into_a_page(browser: Client, secret: str) -> None:
    page = browser.post("/bug/", WRITTEN | {secret: "very secret words"}).text

    assert "very secret words" not in page
    assert "Send it again" not in page


def test_a_page_that_could_not_be_read_does_not_speak_of_sending(browser: Client) -> None:
    answer = browser.get("/locked/")

    assert answer.status_code == 503
    assert "has not arrived" not in answer.text


def test_a_database_that_fails_before_any_view_says_so_too(browser: Client) -> None:
    """The session is read before the view; it needs no page, cookie or name to fail."""
    with mock.patch(
        "django.contrib.sessions.middleware.SessionMiddleware.process_request",
        side_effect=OperationalError("database or disk is full"),
    ):
        answer = browser.post("/rule/")

    assert answer.status_code == 507
    assert "has not arrived" in answer.text


def test_a_session_that_could_not_be_saved_is_no_fault_of_what_was_sent(browser: Client) -> None:
    """Django calls it a bad request, and our page for those says that nothing was kept."""

    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith('UPDATE "django_session"'):
            raise OperationalError("the server is gone")
        return execute(sql, *rest)

    assert browser.post("/noted/").text == "noted"
    with connection.execute_wrapper(refuse):
        answer = browser.post("/noted/")

    assert answer.status_code == 503
    assert "busy or cannot be reached" in answer.text


def test_a_bug_shows_nothing_of_itself(browser: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        answer = browser.get("/bug/")

    assert answer.status_code == 500
    assert "Sorry, something went wrong" in answer.text
    assert "Kit" not in answer.text
    assert "ZeroDivision" not in answer.text


def test_the_page_for_a_bug_does_without_templates_if_it_must(browser: Client) -> None:
    with mock.patch("foundation.views.render_to_string", side_effect=RuntimeError("broken")):
        answer = browser.get("/bug/")

    assert answer.status_code == 500
    assert "was not received" in answer.text


def test_what_is_not_there_or_not_yours_has_its_page(browser: Client) -> None:
    assert "nothing here for you to see" in browser.get("/quiet/nowhere/").text
    assert browser.get("/quiet/nowhere/").status_code == 404
    refused = browser.get("/not-yours/")
    assert (refused.status_code, "not yours to do" in refused.text) == (403, True)


def test_more_than_we_take_is_refused_and_says_that_nothing_was_saved(browser: Client) -> None:
    size = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1
    answer = browser.post("/form/", "words=" + "x" * size, "application/x-www-form-urlencoded")

    assert answer.status_code == 400
    assert "larger than we can take" in answer.text
    assert "Nothing was saved" in answer.text


def test_a_form_that_is_too_old_loses_nothing() -> None:
    answer = Client(enforce_csrf_checks=True).post("/form/", {"words": "hello"})

    assert answer.status_code == 403
    assert "Please send that once more" in answer.text
    assert "Back button" in answer.text


@pytest.mark.parametrize("address", ["/health/", "/bug/", "/rule/", "/nowhere/", "/locked/"])
def test_no_page_is_kept_or_may_use_the_camera(browser: Client, address: str) -> None:
    answer = browser.get(address)

    assert answer["Cache-Control"] == "no-store"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "microphone=()" in answer["Permissions-Policy"]


def test_an_error_replaces_the_whole_page_for_htmx(browser: Client) -> None:
    assert browser.get("/rule/")["HX-Retarget"] == "body"


def test_health_is_good_when_all_three_are_at_work(client: Client) -> None:
    assert client.get("/health/").status_code == 503, "no worker and no scheduler yet"
    Heartbeat.beat("worker")
    assert client.get("/health/").status_code == 503, "no scheduler yet"
    Heartbeat.beat("scheduler")
    answer = client.get("/health/")

    assert answer.status_code == 200
    assert set(answer.json()) == {"ok", "state", "database", "worker_seconds", "scheduler_seconds"}
    assert answer.json()["state"] == "open"
    assert answer.json()["ok"] is True


def test_health_says_when_the_database_is_gone(client: Client) -> None:
    def refuse(*_: object) -> None:
        raise OperationalError("/srv/secret/place is gone")

    with connection.execute_wrapper(refuse):
        answer = client.get("/health/")

    assert answer.status_code == 503
    assert answer.json() == {"ok": False, "state": "broken", "database": False}
