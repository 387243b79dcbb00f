"""The key that signs is made once, also where its first checkpoint came to nothing, or two were the first."""

from pathlib import Path

import pytest
from django.db import transaction

from safeguarding.audit import checkpoints, signing
from safeguarding.audit.models import Checkpoint, SigningKey
from safeguarding.audit.tests.given import a_trail
from safeguarding.audit.tests.owner import triggers_removed
from safeguarding.audit.tests.signed import signing_key
from safeguarding.audit.verify import verify
from tests.at_once import at_once

__all__ = ["signing_key"]


@pytest.mark.django_db
def test_a_first_checkpoint_that_came_to_nothing_stops_no_later_one(signing_key: Path) -> None:
    a_trail(2)
    with pytest.raises(OSError, match="full"), transaction.atomic():
        checkpoints.make()
        raise OSError("The disk is full.")
    assert signing_key.exists()

    for _twice in range(2):
        checkpoints.make()
    assert SigningKey.objects.count() == 1
    assert verify().is_intact


@pytest.mark.django_db
@pytest.mark.usefixtures("signing_key")
def test_a_key_that_has_signed_begins_no_record_anew() -> None:
    """The rows of another record, or of this one from before, are not signed for with it."""
    a_trail(2)
    for _twice in range(2):
        checkpoints.make()
    with triggers_removed():
        Checkpoint.objects.all().delete()
        SigningKey.objects.all().delete()

    with pytest.raises(signing.NoKey, match="another record"):
        checkpoints.make()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("signing_key")
def test_of_two_who_sign_first_at_once_one_makes_the_key() -> None:
    a_trail(2)

    assert at_once(checkpoints.make, checkpoints.make) == []

    assert SigningKey.objects.count() == 1
    assert Checkpoint.objects.count() == 2
    assert verify().is_intact
