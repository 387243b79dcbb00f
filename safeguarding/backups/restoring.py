"""Restoring on a computer that has nothing but the program, a backup and a sheet.

Everything is unpacked and checked beside the place where it is to be. Only what passed every check
gets that place, and never the place of an installation that lives.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from foundation import former, slots

from . import archive, checking, copying, filling, folder, kept
from .checking import NOTHING, NotGood, Unpacked
from .durable import sync_folder, write_whole
from .making import SIGNING_KEY
from .manifest import Label, Manifest
from .tables import KIND, Server

ROOT = Path(__file__).resolve().parents[2]
LIVES = {"hedgerow.db", "hedgerow.db-wal", "hedgerow.key", "files"}
HARMLESS = {"running.txt"}
AHEAD = timedelta(days=1)  # clocks of two computers, and their time zones


@dataclass(frozen=True)
class Wanted:
    """What to restore, with which secret, to where; and what it must not be older than."""

    backup: Path
    secret: str
    data: Path
    anchor: Path | None = None  # where chains ended, as somebody kept it elsewhere
    although_older: bool = False
    although_not_whole: bool = False  # with the record as it is, and all that was written since
    with_key_file: bool = False  # also where there are passphrases
    server: Server | None = None  # an empty PostgreSQL, for a backup of one


def restore(wanted: Wanted) -> Manifest:
    """Restore, or raise NotGood and leave everything as it was."""
    refuse_living(wanted.data)
    refuse_missing(wanted.backup)
    label = _label_beside(wanted.backup)
    if not wanted.although_older:
        refuse_older(wanted.backup)
    if not wanted.although_not_whole:
        refuse_not_whole(wanted.backup)
    beside = wanted.data.with_name(f"{wanted.data.name}.restoring")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        unpacked = checking.unpack(wanted.backup, wanted.secret, beside)
        _refuse_other_kind(unpacked, wanted)
        _check(unpacked, label, wanted)
        _put_in_place(beside, wanted.data)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return unpacked.manifest


def refuse_living(data: Path) -> None:
    """Never write over an installation, nor over anything else that is there."""
    if not data.exists():
        return
    found = sorted(place.name for place in data.iterdir() if place.name not in HARMLESS)
    if LIVES & set(found):
        raise NotGood(
            "living",
            f"The folder {data} holds an installation already. Nothing was restored over it. To "
            "restore beside it, name a new folder: bin/run --data new-folder --restore and the backup. To "
            "replace it, first give that folder another name; do not delete it.",
        )
    if found:
        raise NotGood("living", f"The folder {data} is not empty. {NOTHING} Name a new folder.")


def newest_in(place: Path) -> Path:
    """The backup itself; of a folder, the newest in it."""
    if place.is_dir():
        names = folder.backups(place)
        if not names:
            raise NotGood("missing", f"There is no backup in {place}. {NOTHING} One ends in .age.")
        _refuse_where_a_clock_was_wrong(names)
        return place / f"{names[0]}{folder.SEALED}"
    refuse_missing(place)
    return place


def refuse_missing(backup: Path) -> None:
    if not backup.is_file():
        raise NotGood("missing", f"There is no backup at {backup}. {NOTHING}")


def refuse_full(server: Server | None) -> None:
    """Never write over records in a database either."""
    if server and not server.is_empty():
        raise NotGood("living", filling.LIVES)


def _refuse_other_kind(unpacked: Unpacked, wanted: Wanted) -> None:
    of_a_server = unpacked.manifest.database == KIND
    if of_a_server != bool(wanted.server):
        raise NotGood("other", OF_A_SERVER if of_a_server else OF_A_COMPUTER)


def refuse_older(backup: Path) -> None:
    """Where a newer backup lies beside it, it is most likely the one that is meant."""
    names = folder.backups(backup.parent)
    _refuse_where_a_clock_was_wrong(names)
    newer = [name for name in names if name > backup.stem]
    if newer and folder.moment_of(backup.stem):
        raise NotGood(
            "older",
            f"There is a newer backup in the same folder: {newer[0]}.age. {NOTHING} Take that one. If "
            "you need the older one, say so with --although-older.",
        )


def refuse_not_whole(backup: Path) -> None:
    """Where the label says that the record was no longer whole, somebody decides which one is wanted."""
    label = folder.label_of(backup.parent, backup.stem)
    if label is None or label.is_whole:
        return
    before = folder.newest_whole(backup.parent, before=backup.stem)
    older = (
        BEFORE.format(before=backup.with_name(f"{before}{folder.SEALED}")) if before else NO_BEFORE
    )
    raise NotGood("not whole", IS_NOT_WHOLE.format(older=older, backup=backup))


def _refuse_where_a_clock_was_wrong(names: list[str]) -> None:
    """Where some are dated in days to come, their names do not say which one is the newest."""
    until = folder.name_at(timezone.now() + AHEAD)
    past = [name for name in names if name <= until]
    if past and len(past) < len(names):
        raise NotGood("older", CLOCK.format(ahead=names[0], newest=past[0]))


def _label_beside(backup: Path) -> Label | None:
    """The label of the backup, if it is there; refused when it is another file's."""
    label = folder.label_of(backup.parent, backup.stem)
    if label and archive.digest_of(backup) != label.sha256:
        whole = backup.stat().st_size == label.size
        raise NotGood("swapped" if whole else "damaged", OTHER_FILE if whole else checking.DAMAGED)
    return label


def _check(unpacked: Unpacked, label: Label | None, wanted: Wanted) -> None:
    said = unpacked.manifest.made_at
    if label and not (label.is_signed(unpacked.key) and label.made_at == said):
        raise NotGood("swapped", OTHER_FILE)
    locked = needs_unlocking(unpacked) and not wanted.with_key_file
    former.bring(unpacked.data, unpacked.key, unpacked.former, locked=locked)
    if wanted.server:
        _fill(unpacked, wanted)
    else:
        checking.compare(unpacked)
        with copying.opened(unpacked.data / "hedgerow.db", unpacked.database_key) as connection:
            filling.refuse_newer(connection)
        if wanted.anchor:
            refuse_older_than(wanted.anchor, unpacked)
        if not wanted.although_not_whole:
            _walk_the_trail(unpacked)
    if not locked:
        write_whole(unpacked.data / "hedgerow.key", f"{unpacked.key.hex()}\n".encode())


def needs_unlocking(unpacked: Unpacked) -> bool:
    """Whether passphrases and sheets open it. A key file would undo them, so then none is written.

    What is damaged or not ours opens nothing: then the key file is the last way in.
    """
    try:
        found = slots.read(unpacked.data)
    except slots.NotOpened:
        return False
    return slots.is_ours(found, unpacked.key) and bool(found.slots) and found.recovery is not None


def refuse_older_than(anchor: Path, unpacked: Unpacked) -> None:
    """Every chain has come at least as far as it had when somebody wrote it down elsewhere."""
    held = kept.read(anchor)
    if isinstance(held, str):
        with checking.standing_on(unpacked):
            kept.refuse_unless_held(held, anchor)
        return
    with copying.opened(unpacked.data / "hedgerow.db", unpacked.database_key) as connection:
        for setting, (seq, link) in held.items():
            row = connection.execute(LINK_AT, [setting.replace("-", ""), seq]).fetchone()
            if row is None or row[0] != link:
                raise NotGood("older", checking.OLDER)


def _walk_the_trail(unpacked: Unpacked) -> None:
    """Every link of every chain, by the product itself, on the folder as it will be."""
    if _in_a_process_of_its_own(unpacked, WALK, "").returncode:
        raise NotGood("trail", checking.broken_trail(unpacked.manifest))


def _fill(unpacked: Unpacked, wanted: Wanted) -> None:
    """Fill the empty database and walk its trail, by the product itself; or leave it as empty as it was."""
    said = {
        "backup": str(wanted.backup),
        "secret": wanted.secret,
        "anchor": str(wanted.anchor or ""),
        "although_not_whole": wanted.although_not_whole,
        "manifest": unpacked.manifest.written().decode(),
    }
    done = _in_a_process_of_its_own(unpacked, FILL, json.dumps(said), os.environ["DATABASE_URL"])
    if done.returncode:
        raise NotGood("stopped", f"{STOPPED}\n{done.stderr.decode().strip().splitlines()[-1:]}")
    if done.stdout:
        raise NotGood(*json.loads(done.stdout))


def _in_a_process_of_its_own(
    unpacked: Unpacked, code: str, said: str, url: str = ""
) -> "subprocess.CompletedProcess[bytes]":
    """It is handed the key as bin/run hands it over: no file is written for it."""
    ours = {"HEDGEROW_KEY", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    if (unpacked.data / SIGNING_KEY).exists():
        ours.add("HEDGEROW_SIGNING_KEY")  # of this computer; the one that belongs to it was inside
    variables = {name: value for name, value in os.environ.items() if name not in ours}
    own = {"HEDGEROW_DATA": str(unpacked.data), "PYTHONUTF8": "1"}
    return subprocess.run(  # noqa: S603  our own command
        (sys.executable, "-c", f"{HOLD}{code}"),
        input=f"{unpacked.key.hex()}\n{said}\n".encode(),
        cwd=ROOT,
        env={**variables, **own, **({"DATABASE_URL": url} if url else {})},
        capture_output=True,
        check=False,
    )


def _put_in_place(beside: Path, data: Path) -> None:
    """Give the folder its name: the one moment at which something changes."""
    for name in HARMLESS:
        (data / name).unlink(missing_ok=True)
    if data.exists():
        data.rmdir()
    beside.rename(data)
    sync_folder(data.parent)


HOLD = """
import runpy, sys
from foundation import keys
keys.hold(bytes.fromhex(sys.stdin.readline()))
"""
WALK = """
sys.argv = ["manage.py", "verify", "--json"]
runpy.run_path("manage.py", run_name="__main__")
"""
FILL = """
sys.argv = ["manage.py", "shell", "--no-imports", "-v0", "-c",
    "from safeguarding.backups.filling import fill_as_told; fill_as_told()"]
runpy.run_path("manage.py", run_name="__main__")
"""
LINK_AT = "SELECT link FROM audit_entry WHERE setting_id = ? AND seq = ?"
OF_A_SERVER = (
    "This is the backup of a PostgreSQL database. Set DATABASE_URL to a new, empty one, and restore again. "
    f"{NOTHING}"
)
OF_A_COMPUTER = (
    "This is the backup of a computer that keeps its own database. Leave DATABASE_URL out, and restore "
    f"again. {NOTHING}"
)
CLOCK = (
    "The backup {ahead}.age is dated in days to come: either the clock of this computer is behind, or the "
    f"one that made it was ahead. {NOTHING} Look at the date and time of this computer, set them right, and "
    "try again. If they are right, the newest is most likely the one before it: bin/manage restore "
    "{newest}.age --although-older (with the folder in front), and then bin/run."
)
IS_NOT_WHOLE = (
    "When this backup was made, the record was no longer whole: something in it had been changed, or was "
    f"missing. {NOTHING} Keep it, and keep every other.\n{{older}}\nTo bring this one back as it is, with "
    "all that was written since: bin/manage restore {backup} --although-not-whole"
)
BEFORE = "To bring back the newest from before that: bin/manage restore {before} --although-older"
NO_BEFORE = "No backup from before that lies beside it; look on the other stick."
STOPPED = f"The database could not be filled. {NOTHING} It says:"
OTHER_FILE = (
    "This is not the backup that its label speaks of: one of them was put there in another's place. "
    f"Take another copy. {NOTHING}"
)
