"""With a new key everything that was sealed with the old one opens, and with the old one nothing does."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings

from demo.cast import Nursery
from foundation import changing, keys
from safeguarding.documents import files
from safeguarding.people import sealing
from safeguarding.people.models import HeldForm, User
from safeguarding.portal.models import SaidToBe, Teller
from safeguarding.portal.tests.given import told
from tests.people import signed_in

NEW = bytes(range(32))
ELSEWHERE = {
    "audit": "the key that signs: wrapped with one that outlives a change",
    "concerns": "keys of records that wait for a person: people seals them anew",
    "documents": "keys of files: under a key that outlives a change",
}
SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105


@contextmanager
def with_the_new_key() -> Iterator[None]:
    """The settings as they are after a change of the key."""
    secrets = keys.derive(NEW, "secrets")
    with override_settings(KEY=NEW, SECRETS_KEY=secrets, RECEIPTS_KEY=settings.RECEIPTS_KEY):
        yield


def sealed_anew() -> None:
    changing._seal_anew(settings.KEY, NEW)


def typing_of(user: User) -> HeldForm:
    held = HeldForm(user=user, page="/", path="/")
    held.sealed = sealing.seal(b"typed", str(held.pk))
    held.save(force_insert=True)
    return held


def test_what_people_sealed_opens_with_the_new_key_alone(sunflowers: Nursery) -> None:
    dana = sunflowers.dana.user
    TOTP.activate(dana, SECRET)
    held = typing_of(dana)
    signed_in(sunflowers.dana)
    sealed_anew()
    sealed_anew()  # as after a kill: what is done already is done once more

    held.refresh_from_db()
    factor = Authenticator.objects.get(user=dana, type=Authenticator.Type.TOTP)
    with with_the_new_key():
        assert get_adapter().decrypt(factor.data["secret"]) == SECRET
        assert sealing.unseal(bytes(held.sealed), str(held.pk)) == b"typed"
    assert not Session.objects.exists(), "everybody signs in again"
    with pytest.raises(ImproperlyConfigured):
        sealing.unseal(bytes(held.sealed), str(held.pk))
    with pytest.raises(ImproperlyConfigured):
        get_adapter().decrypt(factor.data["secret"])


def test_files_and_tellers_open_with_the_new_key_alone(sunflowers: Nursery) -> None:
    stored = files.keep(sunflowers.setting, "letter.txt", b"A letter.\n")
    _, code = told(sunflowers, own_name="Pat")
    sealed_anew()
    sealed_anew()

    stored.refresh_from_db()
    with with_the_new_key():
        assert files.read(stored) == b"A letter.\n"
        assert SaidToBe.objects.get().identity.name == "Pat"
        assert Teller.objects.with_receipt(sunflowers.setting, code).exists()
        answer = Client().post(sunflowers.setting.link_to("portal:replies"), {"code": code})
        assert answer.status_code == 200


def test_with_neither_key_nothing_is_changed(sunflowers: Nursery) -> None:
    held = typing_of(sunflowers.dana.user)
    before = bytes(held.sealed)
    with pytest.raises(InvalidTag):
        changing._seal_anew(bytes(32), NEW)

    held.refresh_from_db()
    assert bytes(held.sealed) == before


@pytest.mark.once
def test_every_app_that_seals_says_how_to_seal_anew() -> None:
    """Whoever seals something new is reminded here: `@changing.seals` in `<app>/resealing.py`."""
    sealing_apps = {
        path.relative_to(settings.BASE_DIR / "safeguarding").parts[0]
        for path in (settings.BASE_DIR / "safeguarding").rglob("*.py")
        if "tests" not in path.parts
        and any(
            sign in path.read_text(encoding="utf-8")
            for sign in ("sealing.seal(", "seal_text(", "AESGCM(")
        )
    }
    known = {one.__module__.split(".")[1] for one in changing._seals}

    assert sealing_apps - set(ELSEWHERE) <= known
    assert known
