"""A place of its own for the key that signs, for the tests that make checkpoints."""

from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture
def signing_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the key is kept: nothing is there yet."""
    place = tmp_path / "signing.key"
    monkeypatch.setattr(settings, "SIGNING_KEY", place)
    return place
