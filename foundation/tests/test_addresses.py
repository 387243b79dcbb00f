"""Which addresses are taken: those a mail can be sent to."""

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage

from foundation import addresses

pytestmark = pytest.mark.once


@pytest.mark.parametrize("address", ["dana@example.org", "zoe@bücher.example"])
def test_what_is_taken_can_be_written_to(address: str) -> None:
    addresses.look_at(address)

    assert EmailMessage("Something waits", "", "us@example.org", [address]).message()["To"]


@pytest.mark.parametrize("address", ["dana", "dana@example", "dana@b\ufffdcher.example"])
def test_what_leads_nowhere_is_refused(address: str) -> None:
    with pytest.raises(ValidationError) as refused:
        addresses.look_at(address)

    assert refused.value.code == "invalid"
