"""A person's key opens at sign-in, follows the password, and ends with the session."""

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client

from foundation import sealed
from safeguarding.people import actions, keyring, opened
from safeguarding.people.models import Member, PersonKey, PersonKeyConfirmed, User
from safeguarding.people.passwords import link_for
from tests.people import signed_in as with_second_check

from .cast import Place

PASSWORD = "lantern gravel otter seventeen"  # noqa: S105  for tests
OTHER = "seven copper ladders outside"


def knows_a_password(member: Member, password: str = PASSWORD) -> User:
    member.user.set_password(password)
    member.user.save()
    return member.user


def signed_in(user: User, password: str = PASSWORD) -> Client:
    browser = Client()
    answer = browser.post("/accounts/login/", {"login": user.email, "password": password})
    assert answer.status_code == 302
    return browser


def in_session(browser: Client) -> str:
    return str(browser.session.get(opened.IN_SESSION, ""))


def test_the_first_sign_in_makes_a_key_and_the_next_opens_the_same(sunflowers: Place) -> None:
    user = knows_a_password(sunflowers.people["Dana"])

    signed_in(user)
    first = PersonKey.objects.get(user=user)
    signed_in(user)

    assert PersonKey.objects.get(user=user) == first
    secret = keyring.secret_of(user, PASSWORD)
    assert secret
    assert sealed.unseal(sealed.seal(b"said", [first.public]), secret) == b"said"
    assert keyring.secret_of(user, OTHER) is None


def test_the_session_alone_and_the_cookie_alone_open_nothing(sunflowers: Place) -> None:
    user = knows_a_password(sunflowers.people["Dana"])
    browser = signed_in(user)
    secret = keyring.secret_of(user, PASSWORD)

    assert secret
    assert in_session(browser)
    assert secret not in str(dict(browser.session.items()))
    cookie = browser.cookies[settings.KEYRING_COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert secret not in cookie.value


def test_signing_out_takes_both_halves_away(sunflowers: Place) -> None:
    browser = signed_in(knows_a_password(sunflowers.people["Dana"]))

    browser.post("/accounts/logout/")

    assert not in_session(browser)
    assert not browser.cookies[settings.KEYRING_COOKIE].value


def test_a_changed_password_wraps_the_same_key(sunflowers: Place) -> None:
    user = knows_a_password(sunflowers.people["Priya"])
    browser = signed_in(user)
    before = PersonKey.objects.get(user=user).public

    sent = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    assert browser.post("/accounts/password/change/", sent).status_code == 302

    assert PersonKey.objects.get(user=user).public == before
    assert keyring.secret_of(user, PASSWORD) is None
    assert keyring.secret_of(user, OTHER)


def through_a_link(user: User, password: str) -> Client:
    browser = Client()
    user = User.objects.get(pk=user.pk)  # signing in has changed what the link is made of
    page = browser.get(link_for(user).removeprefix(settings.ADDRESS), follow=True)
    address = page.redirect_chain[-1][0]
    answer = browser.post(address, {"password1": password, "password2": password})
    assert answer.status_code == 302
    return browser


def test_a_password_from_a_link_makes_a_new_key_that_a_second_person_confirms(
    sunflowers: Place,
) -> None:
    n = sunflowers
    user = knows_a_password(n.people["Dana"])
    signed_in(user)
    first = PersonKey.objects.get(user=user)

    browser = through_a_link(user, OTHER)

    new = PersonKey.objects.newest().get(user=user)
    assert new.follows == first
    assert in_session(browser), "it is open for whoever made it"
    at = PersonKey.objects.sealed_to_at(n.setting.pk)
    assert not at.filter(user=user).exists()
    with pytest.raises(PermissionDenied):
        actions.confirm_key(by=n.people["Dana"], key=new)
    actions.confirm_key(by=n.people["Mo"], key=new)
    assert at.get(user=user) == new
    assert PersonKeyConfirmed.objects.get().confirmed_by == n.people["Mo"]


def test_nobody_confirms_a_key_of_their_own_by_another_account(sunflowers: Place) -> None:
    n = sunflowers
    user = knows_a_password(n.people["Dana"])
    signed_in(user)
    through_a_link(user, OTHER)
    new, twin = PersonKey.objects.newest().get(user=user), n.member("Devi")
    Member.objects.filter(pk=twin.pk).update(name=n.people["Dana"].name)

    twin = n.member("Devi")
    assert not PersonKey.objects.to_confirm(twin).exists()
    with pytest.raises(PermissionDenied):
        actions.confirm_key(by=twin, key=new)


def test_the_words_on_both_screens_are_the_same(sunflowers: Place) -> None:
    n = sunflowers
    user = knows_a_password(n.people["Dana"])
    signed_in(user)
    browser = through_a_link(user, OTHER)
    words = " ".join(keyring.fingerprint(PersonKey.objects.newest().get(user=user)))

    assert words in browser.get("/accounts/security/").content.decode()
    waiting = n.setting.link_to("people:waiting")
    page = with_second_check(n.people["Mo"]).get(waiting).content.decode()
    assert words in page
    assert "Ring them" in page
    assert words not in with_second_check(n.people["Dana"]).get(waiting).content.decode()


def test_who_signed_in_without_a_password_opens_their_key_on_a_page(sunflowers: Place) -> None:
    user = knows_a_password(sunflowers.people["Dana"])
    keyring.make_pair(user, PASSWORD)
    browser = Client()
    browser.force_login(user)

    wrong = browser.post("/accounts/unlock/", {"passphrase": OTHER})
    assert wrong.status_code == 422
    assert "does not open your key" in wrong.content.decode()
    assert not in_session(browser)

    right = browser.post("/accounts/unlock/?next=/at/sunflowers/", {"passphrase": PASSWORD})
    assert right["Location"] == "/at/sunflowers/"
    assert in_session(browser)


def test_a_changed_wrapping_opens_nothing_and_is_no_error(sunflowers: Place) -> None:
    user = knows_a_password(sunflowers.people["Dana"])
    keyring.make_pair(user, PASSWORD)
    pair = PersonKey.objects.get(user=user)
    broken = bytearray(bytes(pair.wrapped))
    broken[20] ^= 1
    PersonKey.objects.filter(pk=pair.pk).update(wrapped=bytes(broken))

    browser = signed_in(user)

    assert not in_session(browser)
    assert PersonKey.objects.filter(user=user).count() == 1, "no new key in its place"
