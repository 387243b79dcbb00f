import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from safeguarding.audit import checkpoints, quick
from safeguarding.audit.checkpoints import text_of
from safeguarding.audit.management.commands import verify as command
from safeguarding.audit.models import Entry
from safeguarding.audit.tests.given import BLUEBELLS, IN_BLUEBELLS, SUNFLOWERS, a_trail
from safeguarding.audit.tests.owner import triggers_removed
from safeguarding.audit.tests.signed import signing_key

__all__ = ["signing_key"]

pytestmark = pytest.mark.django_db


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("verify", *arguments, stdout=out)
    return out.getvalue()


def test_it_says_that_the_trail_is_intact() -> None:
    a_trail(2)
    a_trail(1, by=IN_BLUEBELLS)

    assert told().startswith("The audit trail is intact: 3 entries in 2 chains")


def test_of_a_long_trail_it_says_on_the_way_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "EVERY", 2)
    monkeypatch.setattr(quick, "AT_ONCE", 1)
    a_trail(5)
    said = StringIO()

    call_command("verify", stdout=StringIO(), stderr=said)

    assert said.getvalue().splitlines() == [
        "2 of 5 entries are sound …",
        "4 of 5 entries are sound …",
    ]


def test_it_walks_one_setting_when_asked() -> None:
    a_trail(2)
    a_trail(1, by=IN_BLUEBELLS)

    found = json.loads(told("--json", "--setting", str(BLUEBELLS)))
    assert (found["intact"], found["chains"], found["entries"]) == (True, 1, 1)


def test_it_ends_with_1_and_plain_words_where_something_is_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    a_trail(3)
    out = StringIO()
    with triggers_removed():
        Entry.objects.filter(seq=2).update(actor_name="Nobody")
        with pytest.raises(SystemExit) as ended:
            call_command("verify", stdout=out)

    assert ended.value.code == 1
    assert f"{SUNFLOWERS}, entry 2: This entry was changed" in out.getvalue()


def test_it_refuses_what_is_not_an_id() -> None:
    with pytest.raises(CommandError, match="invalid UUID"):
        call_command("verify", "--setting", "sunflowers")


def test_it_holds_an_anchor_against_the_record(
    signing_key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_trail(2)
    anchor = tmp_path / "mail.txt"
    anchor.write_text(text_of(checkpoints.make()), encoding="ascii")

    assert told("--anchor", str(anchor)).startswith("The record holds this anchor")
    anchor.write_text(anchor.read_text(encoding="ascii").replace(":", ";", 1), encoding="ascii")
    with pytest.raises(SystemExit) as ended:
        told("--anchor", str(anchor))
    assert ended.value.code == 1
    with pytest.raises(CommandError, match="cannot be read"):
        told("--anchor", str(tmp_path / "gone.txt"))
