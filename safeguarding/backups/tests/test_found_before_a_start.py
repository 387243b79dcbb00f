"""What is wrong on the disk is found before a start, and said; nothing is started as if it were well."""

import sys
from pathlib import Path

import pytest

from demo.cast import Nursery
from foundation.sqlcipher.damage import PAGE, Damaged
from safeguarding.audit.models import ChainHead
from safeguarding.backups import looking, mark

from .files import Installation, at, installation

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def standing(sunflowers: Nursery, tmp_path: Path) -> Installation:
    return installation(tmp_path)


def test_a_trail_that_is_shorter_than_it_was_is_noticed(standing: Installation) -> None:
    """An older copy of the database is whole in itself; only the mark beside it knows better."""
    head = ChainHead.objects.order_by("pk")[0]
    heads = {head.pk.hex: (head.seq, head.link)}
    mark.keep(standing.data, standing.source.key, heads, at())
    looking.look(standing.data, standing.source.key)

    mark.keep(standing.data, standing.source.key, {head.pk.hex: (head.seq + 1, "0" * 64)}, at())
    with pytest.raises(Damaged, match="what was there on") as found:
        looking.look(standing.data, standing.source.key)
    assert found.value.kind == "older"

    (standing.data / mark.FILE).write_text(
        '{"at": "2026-01-01", "heads": {"x": [1, "y"]}, "sign": ""}'
    )
    looking.look(standing.data, standing.source.key)  # a mark of somebody else's stops nothing


def test_a_start_stops_at_damage_and_says_what_it_found(
    standing: Installation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["looking", str(standing.data)])
    monkeypatch.delenv("HEDGEROW_KEY", raising=False)
    looking.main()
    assert capsys.readouterr().err == ""

    content = bytearray(standing.database.read_bytes())
    content[3 * PAGE : 4 * PAGE] = bytes(PAGE)
    standing.database.write_bytes(content)
    with pytest.raises(SystemExit) as stopped:
        looking.main()

    assert stopped.value.code == looking.FOUND_DAMAGE
    assert "page 4 of hedgerow.db is empty" in capsys.readouterr().err
    assert standing.database.read_bytes() == content
