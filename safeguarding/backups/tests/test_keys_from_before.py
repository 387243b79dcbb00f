"""Keys that the installation had before are in each backup: what is still under them can be read again."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.test import override_settings

from demo.cast import Nursery, open_nursery
from foundation import former, key_providers, keys, slots
from foundation.key_providers import Roots
from foundation.tests.test_key_slots import CHEAP
from safeguarding.backups import making, restoring
from safeguarding.backups.checking import NotGood
from safeguarding.backups.manifest import Manifest
from safeguarding.backups.restoring import Wanted

from .files import Installation, installation
from .test_blank_computer import PASSWORD, asked_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
OLD = bytes(range(32))
SETTING = UUID(int=7)
LOOK = f"""
import json
from uuid import UUID
from django.conf import settings
from safeguarding.audit.verify import verify
key = settings.TEXT_KEYS.key(UUID("{SETTING}"), NAME)
print(json.dumps({{"intact": verify().is_intact, "key": key.hex()}}))
"""


def made_under(key: bytes, folder: Path) -> Installation:
    """A nursery that was opened under another key, which whoever runs it has named as a former one since."""
    with override_settings(TRAIL_KEY=keys.derive(OLD, "trail")):
        open_nursery("Poppies")
    with override_settings(KEY=key):
        found = installation(folder)
    return Installation(replace(found.source, former=[OLD]), found.sheets)


@pytest.fixture
def standing(tmp_path: Path) -> Iterator[Installation]:
    with override_settings(TRAIL_KEYS_BEFORE=[keys.derive(OLD, "trail")]):
        yield made_under(settings.KEY, tmp_path)


def restored(standing: Installation) -> Path:
    """On a computer on which nobody names any key."""
    label = standing.backed_up()
    assert label.is_whole
    blank = standing.data.parent / "elsewhere"
    restoring.restore(Wanted(standing.place_of(label), standing.sheets[0].secret, blank))
    return blank


def test_a_blank_computer_reads_what_is_still_under_a_former_key(standing: Installation) -> None:
    blank = restored(standing)

    before = Roots([keys.derive(OLD, key_providers.ROOT)])
    name = before.newest(SETTING)
    found = asked_of(blank, LOOK.replace("NAME", repr(name)))
    assert found["intact"] is True
    assert found["key"] == before.key(SETTING, name).hex(), "what it encrypted is read"
    assert (blank / former.FILE).stat().st_mode & 0o077 == 0
    again = replace(
        standing.source, data=blank, former=former.known(blank, standing.source.key, {})
    )
    assert again.former == [OLD], "the next backup has it, too"


def test_where_somebody_has_to_unlock_it_lies_in_no_file(tmp_path: Path) -> None:
    key = keys.random()
    standing = made_under(key, tmp_path)
    found = slots.with_passphrase(slots.Slots(), key, "Dana Okafor", PASSWORD, cost=CHEAP)
    slots.save(standing.data, slots.with_sheets(found, key, ["One", "Two", "Three"])[0], key)

    place = standing.place_of(standing.backed_up())
    blank = tmp_path / "elsewhere"
    secret = standing.sheets[0].secret
    restoring.restore(Wanted(place, secret, blank, although_not_whole=True))

    assert not (blank / former.FILE).exists()
    assert OLD.hex().encode() not in b"".join(
        one.read_bytes() for one in blank.iterdir() if one.is_file()
    )
    assert former.known(blank, key, {}) == [OLD]
    new = keys.random()
    changed = slots.changed(slots.with_next(slots.read(blank), new), key, new)
    slots.save(blank, changed, new)
    assert former.known(blank, new, {}) == [OLD], "a change of the key keeps it"


def test_without_it_nothing_is_kept_that_would_not_open(standing: Installation) -> None:
    """As it would be, did a backup leave it out: so it is in each, whoever names it."""
    without = Installation(replace(standing.source, former=[]), standing.sheets)
    with pytest.raises(NotGood, match="tampered") as refused:
        restored(without)
    assert "HEDGEROW_KEYS_BEFORE" not in str(refused.value), "none was named"


def test_a_key_that_came_out_other_than_it_went_in_is_damage(
    standing: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(former, "written", lambda _keys: f"{'00' * 32}\n".encode())
    with pytest.raises(NotGood, match="damaged"):
        standing.backed_up()


@pytest.fixture
def as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    """Backups are made as they were before keys were in them."""
    written, parts, new = Manifest.written, making._parts, {"former", "text_keys"}

    def as_it_was(manifest: Manifest) -> bytes:
        said = json.loads(written(manifest)) | {"form": 1}
        return json.dumps({name: one for name, one in said.items() if name not in new}).encode()

    monkeypatch.setattr(Manifest, "written", as_it_was)
    monkeypatch.setattr(
        making, "_parts", lambda *a: (one for one in parts(*a) if one.name != former.FILE)
    )


@pytest.mark.usefixtures("as_they_were")
def test_a_backup_from_before_they_were_in_it_is_restored_as_ever(
    sunflowers: Nursery, tmp_path: Path
) -> None:
    """It lay in a drawer for a year: it is not damaged, it only has none."""
    blank = restored(installation(tmp_path))

    assert (blank / "hedgerow.key").is_file()
    assert not (blank / former.FILE).exists()


@pytest.mark.usefixtures("as_they_were")
def test_of_one_that_lacks_them_it_is_said_what_may_be_wrong(standing: Installation) -> None:
    """Nobody tampered with anything: whoever restores it has to name them, as was so then."""
    with pytest.raises(NotGood, match=r"tampered.*But first: .*HEDGEROW_KEYS_BEFORE"):
        restored(standing)
