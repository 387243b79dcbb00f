"""Texts that nobody can change are encrypted anew with a newer key, and stay texts that nobody can change."""

from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models, transaction
from django.test import override_settings

from demo.cast import Nursery
from foundation import fence
from foundation.constraints import set_aside
from foundation.key_providers import Roots
from safeguarding.concerns import actions
from safeguarding.concerns.models import Case, DeviceCorrected, NamedInError, TakenOut
from safeguarding.concerns.report import Person
from safeguarding.people.management.commands import renew_text_keys

from .given import WELFARE, a_case, a_report, filed
from .sealed_records import MARKER
from .test_device_custody import taken
from .test_device_described_anew import PHONE

OLD, NEW = b"1" * 32, b"2" * 32
WRITTEN: dict[type[models.Model], str] = {
    DeviceCorrected: "reason",
    NamedInError: "reason",
    TakenOut: "reasons",
}


def written_once(n: Nursery) -> None:
    """A row of each, under the older key."""
    with override_settings(TEXT_KEYS=Roots([OLD])):
        item = taken(n)
        actions.describe_device(by=n.dana, item=item, device=PHONE, reason=MARKER)
        concern = filed(n.priya, a_report(WELFARE, Person("harmed", child=n.kit)))
        actions.say_report_names_in_error(
            by=n.dana, concern=concern, named=concern.involvements.get(), reason=MARKER
        )
        case = a_case(n.sam, n.dana)
        actions.gather(by=n.dana, concern=concern, case=case)
        actions.take_out(by=n.dana, concern=concern, case=case, reasons=MARKER)
    if connection.vendor == "postgresql":
        connection.check_constraints()  # as at a commit: it looks at what was put off


def renewed() -> str:
    out = StringIO()
    with override_settings(TEXT_KEYS=Roots([NEW, OLD])):
        call_command("renew_text_keys", stdout=out)
    return out.getvalue()


def changed(model: type[models.Model]) -> None:
    with transaction.atomic():
        model._default_manager.update(created_at=None)


def test_they_are_under_the_newer_key_and_nobody_changes_them(sunflowers: Nursery) -> None:
    written_once(sunflowers)

    assert "could not be opened" not in renewed()

    assert renewed().startswith("0 ")
    with override_settings(TEXT_KEYS=Roots([NEW])):
        for model, name in WRITTEN.items():
            assert getattr(model._default_manager.get(), name) == MARKER
            with pytest.raises(DatabaseError, match="written once"):
                changed(model)


def test_cut_off_it_leaves_them_refused_and_as_they_were(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    written_once(sunflowers)

    def cut_off(*_: Any) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(renew_text_keys, "_write", cut_off)
        for model in WRITTEN:
            patched.setattr(apps, "get_models", lambda model=model: [model])
            with pytest.raises(KeyboardInterrupt):
                renewed()
            with pytest.raises(DatabaseError, match="written once"):
                changed(model)
    assert not renewed().startswith("0 ")


def test_what_somebody_wrote_meanwhile_stays(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    n = sunflowers
    with override_settings(TEXT_KEYS=Roots([OLD])):
        case = a_case(n.sam, n.dana)
    write = renew_text_keys._write

    def written_first(model: type[models.Model], anew: renew_text_keys.Anew) -> int:
        if model is Case:
            actions.rename_case(by=n.dana, case=Case.objects.get(pk=anew.pk), title=MARKER)
        return write(model, anew)

    monkeypatch.setattr(renew_text_keys, "_write", written_first)
    renewed()
    with override_settings(TEXT_KEYS=Roots([NEW])):
        assert Case.objects.get(pk=case.pk).title == MARKER


@pytest.mark.postgresql
def test_only_the_owner_of_the_tables_sets_the_refusal_aside(
    sunflowers: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    n = sunflowers
    written_once(n)
    with fence.inside(n.setting.pk), pytest.raises(DatabaseError), set_aside(TakenOut):
        raise AssertionError("the product may not do this")
    monkeypatch.setattr(fence, "_at_first", [fence.OUTSIDE])
    with pytest.raises(CommandError, match="HEDGEROW_OWNER_URL"):
        renewed()
