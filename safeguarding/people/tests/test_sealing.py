"""Sealed things open with the key they were sealed with, for what they were sealed for."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from safeguarding.people import sealing


def test_what_is_sealed_opens_again_and_looks_different_each_time() -> None:
    first, second = (sealing.seal_text("a secret", "this") for _ in range(2))
    assert first != second
    assert sealing.unseal_text(first, "this") == sealing.unseal_text(second, "this") == "a secret"
    assert "secret" not in first


def test_it_opens_for_nothing_else() -> None:
    with pytest.raises(ImproperlyConfigured, match="cannot be opened"):
        sealing.unseal_text(sealing.seal_text("a secret", "this"), "that")


def test_another_key_is_named_as_the_trouble() -> None:
    sealed = sealing.seal_text("a secret", "this")
    with (
        override_settings(SECRETS_KEY=bytes(32)),
        pytest.raises(ImproperlyConfigured, match="another key file"),
    ):
        sealing.unseal_text(sealed, "this")
    with pytest.raises(ImproperlyConfigured, match="another key file"):
        sealing.unseal_text("never sealed", "this")
