"""F14: nothing is left but the program, a backup and a sheet; afterwards everything is there again."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from demo.cast import Nursery
from foundation import keys, slots
from foundation.tests.test_key_slots import CHEAP
from safeguarding.backups import copying, restoring
from safeguarding.backups.checking import Unpacked
from safeguarding.backups.manifest import Manifest
from safeguarding.backups.recovery import secret_from
from safeguarding.backups.restoring import Wanted
from safeguarding.documents import files

from .files import Installation, installation

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROOT = Path(__file__).parents[3]
PASSWORD = "seven quiet hedgehogs"  # noqa: S105  the demo's
LOOK = """
import json
from django.test import Client
from foundation import fence
from safeguarding.documents.files import read
from safeguarding.documents.models import StoredFile
from safeguarding.people.models import User
from safeguarding.audit.verify import verify
user = User.objects.get(pk=USER)
said = {"login": user.email, "password": PASSWORD}
into = Client(headers={"host": "localhost"}).post("/accounts/login/", said)
with fence.across("files on the disk"):
    files = [read(one).decode() for one in StoredFile.objects.all()]
print(json.dumps({"signed_in": into.status_code, "files": files, "intact": verify().is_intact}))
"""


@pytest.fixture
def standing(sunflowers: Nursery, tmp_path: Path) -> Iterator[Installation]:
    """Sunflowers with twenty files, on a computer that is about to be lost."""
    argon = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    with override_settings(FILES=tmp_path / "data" / "files", PASSWORD_HASHERS=argon):
        sunflowers.dana.user.set_password(PASSWORD)
        sunflowers.dana.user.save()
        for number in range(20):
            files.keep(
                sunflowers.setting, f"letter {number:02}.txt", f"Letter {number:02}".encode()
            )
        yield installation(tmp_path)


def test_everything_is_there_again(
    standing: Installation, sunflowers: Nursery, tmp_path: Path
) -> None:
    with closing(standing.connect()) as file:
        before = copying.tables(file)
    label = standing.backed_up()
    blank = tmp_path / "elsewhere" / "data"
    blank.parent.mkdir()
    typed = "  ".join(standing.sheets[1].words).upper()

    secret = secret_from(typed)
    manifest = restoring.restore(Wanted(standing.place_of(label), secret, blank))

    with copying.opened(blank / "hedgerow.db", standing.source.database_key) as file:
        assert copying.tables(file) == manifest.tables == before
    found = look(blank, str(sunflowers.dana.user.pk))
    assert found["intact"] is True
    assert found["signed_in"] == 302
    kept: list[str] = found["files"]
    assert sorted(kept) == [f"Letter {number:02}" for number in range(20)]


def look(data: Path, user: str) -> dict[str, Any]:
    """What the product itself finds in a data folder, in a process of its own."""
    return asked_of(data, LOOK.replace("USER", repr(user)).replace("PASSWORD", repr(PASSWORD)))


def asked_of(data: Path, code: str) -> dict[str, Any]:
    """The same, of other code, where no variable of ours names anything."""
    mine = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL"}
    variables = {k: v for k, v in os.environ.items() if k not in mine and "HEDGEROW" not in k}
    done = subprocess.run(  # noqa: S603  our own command
        (sys.executable, "manage.py", "shell", "--no-imports", "-v0", "-c", code),
        cwd=ROOT,
        env={**variables, "HEDGEROW_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_where_there_were_passphrases_no_key_file_is_written(
    standing: Installation, tmp_path: Path
) -> None:
    key = standing.source.key
    found = slots.with_passphrase(slots.Slots(), key, "Dana Okafor", PASSWORD, cost=CHEAP)
    found, words = slots.with_sheets(found, key, ["One", "Two", "Three"])
    slots.save(standing.data, found, key)
    label = standing.backed_up()
    blank = tmp_path / "elsewhere" / "data"
    blank.parent.mkdir()

    restoring.restore(Wanted(standing.place_of(label), standing.sheets[0].secret, blank))

    assert not (blank / "hedgerow.key").exists()
    opened = slots.read(blank)
    assert slots.open_with_passphrase(opened, opened.slots[0].id, PASSWORD).key == key
    assert slots.open_with_sheets(opened, words[:2]).key == key


def test_ways_in_that_open_nothing_do_not_cost_the_last_one(tmp_path: Path) -> None:
    """A damaged, foreign or half set-up file of passphrases: then the key file is written."""
    key = keys.random()
    unpacked = Unpacked(tmp_path, key, Manifest("", "", "", "", {}, {}))
    assert not restoring.needs_unlocking(unpacked)
    one = slots.with_passphrase(slots.Slots(), key, "Dana", PASSWORD, cost=CHEAP)
    slots.save(tmp_path, one, key)
    assert not restoring.needs_unlocking(unpacked), "there are no sheets yet"
    both, _ = slots.with_sheets(one, key, ["One", "Two", "Three"])
    slots.save(tmp_path, both, keys.random())
    assert not restoring.needs_unlocking(unpacked), "it is of another installation"
    slots.save(tmp_path, both, key)
    assert restoring.needs_unlocking(unpacked)
