"""Proof counts as kept outside only where a mail can leave, and goes to nobody who is to get no more."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from demo.cast import Nursery
from safeguarding.audit import checkpoints
from safeguarding.audit.tests.signed import signing_key
from safeguarding.notifications.models import Notification
from safeguarding.witness import actions, tasks
from safeguarding.witness.models import Anchor

from .test_witness import page

__all__ = ["signing_key"]
pytestmark = pytest.mark.usefixtures("signing_key")
INTO_A_FOLDER = "django.core.mail.backends.filebased.EmailBackend"


def test_a_mail_that_only_lies_in_a_folder_of_this_computer_is_no_proof_kept_outside(
    sunflowers: Nursery, tmp_path: Path
) -> None:
    n = sunflowers
    checkpoints.make()
    with override_settings(EMAIL_BACKEND=INTO_A_FOLDER, EMAIL_FILE_PATH=tmp_path / "mail"):
        tasks.hand_out_proof.call()
        said = page(n.cleo)

        assert not Anchor.objects.handed_out().exists()
        assert not Anchor.objects.waiting(timezone.now() + timedelta(days=30)).exists()
        assert "Nobody has been given proof for two weeks" in said
        assert "no mail leaves this computer" in said
        with time_machine.travel(timezone.now() + timedelta(days=15)):
            tasks.hand_out_proof.call()
    assert Notification.objects.filter(kind="record_unproved", recipient=n.cleo).exists()
    assert list((tmp_path / "mail").iterdir()), "whoever looks after it may hand it on"


def test_a_mailbox_that_is_to_get_no_more_gets_nothing_that_still_waits(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    n = sunflowers
    box = actions.name_mailbox(by=n.morgan, name="The council", email="eyfs@council.test")
    checkpoints.make()
    with monkeypatch.context() as away:
        away.setattr(mail.EmailMessage, "send", _refused)
        tasks.hand_out_proof.call()
    actions.remove_mailbox(by=n.morgan, mailbox=box)
    n.cleo.roles_held.all().delete()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        tasks.send_waiting_proof.call()

    assert not [one for one in mail.outbox if {"eyfs@council.test", n.cleo.user.email} & {*one.to}]


def _refused(_mail: mail.EmailMessage) -> int:
    raise OSError
