"""What somebody has to see, and who was told of it, is asked in few shapes, however much or many."""

from uuid import uuid4

import pytest

from demo.cast import Nursery
from safeguarding.notifications import outbox
from safeguarding.notifications.models import Notification
from safeguarding.notifications.own import unseen_of


def test_messages_about_any_number_of_things_are_found_by_few_statements(
    sunflowers: Nursery,
) -> None:
    n, about = sunflowers, [uuid4() for _ in range(9)]
    for subject in about:
        of_it = {"subject_id": subject, "about_id": subject, "kind": "concern.filed", "path": "/"}
        Notification.objects.create(setting=n.setting, recipient=n.dana, **of_it)
    statements = set()
    for many in range(len(about) + 1):
        rows = unseen_of(n.dana, about[:many])
        assert {row.subject_id for row in rows} == set(about[:many])
        if many:
            statements.add(rows.query.sql_with_params()[0])

    assert len(statements) == 5, "for 1, 2, 4, 8 and 16 of them"


def test_any_number_of_people_are_told_by_few_statements(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[object, object] = {}
    monkeypatch.setattr(outbox._TO_TELL, "_kept", kept)
    everybody = list(sunflowers.people.values())[:9]
    for many in range(1, 10):
        told = outbox.notify("concern.filed", everybody[:many], subject_id=uuid4(), path="/")
        assert [one.recipient for one in told] == everybody[:many]

    assert len(kept) == 5, "for 1, 2, 4, 8 and 16 of them"
