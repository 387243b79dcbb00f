"""What is believed of a request, which requests are not answered, and what every answer carries."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from foundation import arrival

FAR, PROXY = "203.0.113.9", "10.0.0.2"
SAID = {"X-Forwarded-For": "198.51.100.1, 198.51.100.7", "X-Forwarded-Proto": "https"}

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def behind_a_proxy(settings: Any) -> None:
    settings.HTTPS, settings.PROXIES, settings.PLAIN_FROM_AFAR = True, {PROXY}, False


def arrived(sender: str, headers: dict[str, str] | None = None) -> tuple[HttpRequest, int]:
    """A request from this address, and the status it gets."""
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=sender)
    answer = arrival.by_the_proxy(lambda _: HttpResponse())(request)
    return request, answer.status_code


def test_a_proxy_we_know_says_who_asked_and_how() -> None:
    request, status = arrived(PROXY, SAID)

    assert (status, request.META["REMOTE_ADDR"], request.scheme) == (200, "198.51.100.7", "https")


def test_nobody_else_says_so_and_nothing_of_it_is_left() -> None:
    request, status = arrived("127.0.0.1", SAID | {"X-User": "dana", "Forwarded": "for=1.1.1.1"})

    assert (status, request.META["REMOTE_ADDR"], request.scheme) == (200, "127.0.0.1", "http")
    assert not [name for name in request.META if "FORWARDED" in name or name == "HTTP_X_USER"]


@pytest.mark.parametrize(
    ("sender", "headers"),
    [
        (FAR, {}),
        (FAR, SAID),
        (PROXY, {"X-Forwarded-For": FAR, "X-Forwarded-Proto": "http"}),
        ("not an address", {}),
    ],
)
def test_another_computer_is_not_answered_without_encryption(
    sender: str, headers: dict[str, str]
) -> None:
    assert arrived(sender, headers)[1] == 403


@pytest.mark.parametrize("made_up", ["", "dana", "1.1.1.1, <script>"])
def test_an_address_that_is_none_is_not_taken_for_one(made_up: str) -> None:
    request, _ = arrived(PROXY, {"X-Forwarded-For": made_up})

    assert request.META["REMOTE_ADDR"] == PROXY


OTHERS = [
    ("POST", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}),
    ("POST", {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}),
    ("GET", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}),
    (
        "GET",
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    ),
]
OURS = [
    ("POST", {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}),
    ("POST", {}),
    ("GET", {"Sec-Fetch-Site": "none"}),
    ("GET", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [*((*one, 403) for one in OTHERS), *((*one, 200) for one in OURS)],
)
def test_a_page_of_another_site_opens_ours_and_does_nothing_else(
    method: str, headers: dict[str, str], status: int
) -> None:
    request = RequestFactory().generic(method, "/", headers=headers)

    assert arrival.by_our_pages(lambda _: HttpResponse())(request).status_code == status


@pytest.mark.django_db
@pytest.mark.urls("tests.pages")
@pytest.mark.parametrize("address", ["/accounts/login/", "/nowhere/", "/bug/", "/full/", "/rule/"])
def test_every_answer_carries_what_keeps_a_page_to_itself(address: str) -> None:
    answer = Client(raise_request_exception=False).get(address, secure=True)

    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "noai" in answer["X-Robots-Tag"]
    assert "set-cookie" not in answer.headers or "HttpOnly" in str(answer.cookies)


@pytest.mark.django_db
def test_a_script_runs_only_with_the_sign_its_page_was_given() -> None:
    first, second = (Client().get("/accounts/login/") for _ in range(2))
    signs = [answer.context["request"]._csp_nonce for answer in (first, second)]

    assert signs[0] != signs[1]
    for answer, sign in zip((first, second), signs, strict=True):
        page = answer.content.decode()
        assert f"script-src 'nonce-{sign}'" in answer["Content-Security-Policy"].split("; ")
        assert page.count("<script") == page.count(f'<script nonce="{sign}"') > 3


@pytest.mark.django_db
def test_a_name_that_is_not_ours_is_not_answered(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["hedgerow.example"]

    assert Client().get("/accounts/login/", headers={"Host": "evil.example"}).status_code == 400
    asked = {"Host": "hedgerow.example", "X-Forwarded-Host": "evil.example"}
    assert "evil.example" not in Client().get("/accounts/login/", headers=asked).text
