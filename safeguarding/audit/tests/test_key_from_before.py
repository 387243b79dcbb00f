"""The key of the installation was replaced, and the one before is named: what signs goes on."""

from pathlib import Path

import pytest
from django.conf import settings

from foundation import keys
from safeguarding.audit import checkpoints, signing
from safeguarding.audit.tests.given import a_trail
from safeguarding.audit.tests.signed import signing_key
from safeguarding.audit.verify import verify

__all__ = ["signing_key"]
pytestmark = pytest.mark.django_db


def test_its_file_is_opened_with_a_former_key(
    signing_key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_trail(2)
    first = checkpoints.make()
    checkpoints.make()  # from now on the file stays as it is
    monkeypatch.setattr(settings, "SIGNING_WRAPS_BEFORE", [settings.SIGNING_WRAP])
    monkeypatch.setattr(settings, "SIGNING_WRAP", keys.random())

    assert checkpoints.make().public == first.public
    assert verify().is_intact

    monkeypatch.setattr(settings, "SIGNING_WRAPS_BEFORE", [])
    with pytest.raises(signing.NoKey):
        checkpoints.make()
