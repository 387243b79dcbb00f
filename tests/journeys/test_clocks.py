"""What was due and not done is told to the next person, whatever happens to the worker meanwhile."""

import re

import pytest
from playwright.sync_api import expect

from .product import Product, eventually
from .report import send, write_report
from .screens import TABLET, Screens, axe_clean

pytestmark = pytest.mark.journey

# The report has waited long enough, and at this very moment the worker is killed. The timetable
# notices twice, as it would if it ran during the start of the next worker.
DUE_AND_KILLED = """
import os, signal
from datetime import timedelta
from django.utils import timezone
from safeguarding.notifications.models import Clock
from safeguarding.notifications.tasks import escalate_missed
past = timezone.now() - timedelta(minutes=1)
clocks = Clock.objects.filter(subject_id="{report}", key="read")
print(clocks.update(due_at=past, overdue_at=past, escalate_at=past))
os.kill({worker}, signal.SIGKILL)
escalate_missed.enqueue()
escalate_missed.enqueue()
"""
TOLD = """
from safeguarding.notifications.models import Notification
told = Notification.objects.filter(subject_id="{report}", recipient__user__email__startswith="devi@")
print(*told.values_list("pk", flat=True))
"""


@pytest.mark.every_time
def test_the_deputy_hears_once_of_an_unread_report_though_the_worker_was_killed(
    screens: Screens, product: Product
) -> None:
    tablet = screens.of("priya", TABLET)
    write_report(tablet, "Nobody opened this.")
    report, worker = send(tablet), product.worker()
    assert product.shell(DUE_AND_KILLED.format(report=report, worker=worker)) == "1"

    message = eventually(lambda: product.shell(TOLD.format(report=report)))
    assert re.fullmatch(r"[0-9a-f-]{36}", message), "told once"
    assert product.worker() != worker
    deputy = screens.of("devi", TABLET)
    item = deputy.locator(f"main a[href*='{message}']")
    expect(item).to_have_count(1)
    expect(item).to_have_text(re.compile("nobody has opened it in time"))
    axe_clean(deputy, "Today", picture="today deputy")
    eventually(lambda: _mails_with(product, message))
    deputy.wait_for_timeout(2000)  # time enough for a second mail, were there one
    assert _mails_with(product, message) == 1
    assert product.shell(TOLD.format(report=report)) == message


def _mails_with(product: Product, message: str) -> int:
    return sum(message in mail.get_content() for mail in product.mails())
