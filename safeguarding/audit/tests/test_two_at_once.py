from threading import Barrier, Thread

import pytest
from django.db import connection

from safeguarding.audit.models import Entry
from safeguarding.audit.tests.given import a_trail
from safeguarding.audit.verify import verify

EACH = 15


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_do_not_fork_the_chain() -> None:
    both_ready = Barrier(2)

    def write() -> None:
        try:
            both_ready.wait()
            for _ in range(EACH):
                a_trail(1)
        finally:
            connection.close()

    writers = [Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert Entry.objects.count() == 2 * EACH
    assert verify().is_intact
