"""The backups of this installation: from where, to where, and what became of them."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.db.models import Exists
from django.utils import timezone
from sqlcipher3 import dbapi2 as sqlcipher

from foundation import fence
from foundation.sqlcipher import room
from foundation.sqlcipher.damage import Damaged
from foundation.sqlcipher.place import cloud_service
from safeguarding.audit.models import ChainHead
from safeguarding.people.models import Member, Setting

from . import archive, checking, folder, making, mark, recovery
from .folder import Keep, Try
from .making import NOT_WRITTEN, Source
from .manifest import ELSEWHERE, Heads, Label, digest_of_heads
from .models import BackupSheet, RestoreDrill
from .permissions import may_see_backups
from .tables import Server

TRY_EACH = timedelta(days=120)  # about a term
LATE_AFTER = timedelta(hours=36)  # a night was missed
FULL = 28  # what the system answers when there is no room left
VERSION = "0.1.0"
READ_BACK = "A sheet that was never typed back may be unreadable. It takes five minutes each."
SET_IT = (
    "Look at its date and time, and let it set its clock by itself. Reports are taken meanwhile."
)
SAME_DISK = (
    "The second folder for backups is on the same disk as the first, so a fire or a thief would take both. "
    "Is the stick plugged in?"
)
JUMPED = {
    "back": f"The clock of this computer was put back. {SET_IT}",
    "ahead": f"The clock of this computer jumped ahead. {SET_IT}",
}
IS_NOT_WHOLE = (
    "The record in it is no longer whole: something was changed, or is missing. It is kept as it is, and so "
    "is every backup from before. Leave them alone, and tell the manager and the committee lead."
)
# Words of the journal, and what each means to a person.
IN_WORDS = {
    "no keys": "Nobody has printed the recovery sheets yet.",
    "damaged": "The database is damaged. The good backups were left alone.",
    "full": "There is no room left on the disk.",
    "failed the check": "The new backup did not pass its check, and was thrown away.",
    "stopped": "Something else went wrong; the log of the program says what.",
}


def source() -> Source:
    """What is backed up here, as the settings say."""
    second = Path(settings.SECOND_BACKUPS) if settings.SECOND_BACKUPS else None
    return Source(
        settings.DATA,
        settings.KEY,
        settings.BACKUPS,
        second,
        Keep(**settings.BACKUPS_KEPT),
        VERSION,
        server(),
        settings.SIGNING_KEY,
        settings.LEAST_FREE,
        settings.FORMER_KEYS,
        settings.TEXT_KEYS_FROM,
    )


def server() -> Server | None:
    """The PostgreSQL the records are in; none where they are in a file of their own."""
    return Server(settings.DATABASES["default"]) if connection.vendor == "postgresql" else None


def can_be_made_here() -> bool:
    """Whether this process may read everything: on PostgreSQL the product itself often may not."""
    mine = server()
    return mine is None or mine.may_back_up()


def back_up(at: datetime) -> Label:
    """Make a backup and note what became of it. Raises what went wrong, once it is noted."""
    mine = source()
    try:
        return making.make(mine, at)
    except making.Busy:
        raise
    except BaseException as error:
        folder.note(mine.to, Try(at.isoformat(), _word_for(error)))
        raise


def why(error: BaseException) -> str:
    """What went wrong, in words for a person."""
    return IN_WORDS[_word_for(error)]


def _word_for(error: BaseException) -> str:
    if isinstance(error, Damaged):
        return "damaged"
    if isinstance(error, ImproperlyConfigured):
        return "no keys"
    if _is_full(error):
        return "full"
    if isinstance(error, checking.NotGood | archive.Changed):
        return "failed the check"
    return "stopped"


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno == FULL:
        return True
    stopped = OperationalError | sqlcipher.OperationalError | OSError
    return isinstance(error, stopped) and "full" in str(error).lower()


def heads() -> Heads:
    """Where the chains of the trail end now, as SQLite keeps ids. One query."""
    with fence.across("the trail"):
        rows = ChainHead.objects.order_by("pk").values_list("setting_id", "seq", "link")
        return {setting.hex: (seq, link) for setting, seq, link in rows}


def has_changed() -> bool:
    """Whether anything happened since the last good backup. Everything that does leaves an entry."""
    mine = source()
    names = folder.backups(mine.to)
    label = folder.label_of(mine.to, names[0]) if names else None
    return label is None or label.trail != digest_of_heads(heads())


def last_tries() -> list[Try]:
    """What became of the latest tries, newest first."""
    return folder.journal(settings.BACKUPS)[:60]


def kept_elsewhere() -> str:
    """What it takes to read what is restored besides a backup and a sheet, in words; mostly nothing."""
    return ELSEWHERE.get(settings.TEXT_KEYS_FROM, "")


def have_keys() -> bool:
    """Whether somebody has printed the sheets."""
    try:
        return bool(recovery.public_keys(settings.DATA))
    except ImproperlyConfigured:
        return False


def is_shared() -> bool:
    """Whether several settings have their records here, which every backup then holds. One query."""
    return Setting.objects.count() > 1


def names_of_keys() -> list[str]:
    """The eight letters of each sheet that opens what is made now; none where there are no keys."""
    try:
        return [recovery.name_of(key) for key in recovery.public_keys(settings.DATA)]
    except ImproperlyConfigured:
        return []


def opens_the_newest(secret: str, name: str) -> bool:
    """Whether a secret opens the newest backup that was sealed to its sheet. No where none was made yet."""
    mine = source()
    for one in folder.backups(mine.to)[:1]:
        label = folder.label_of(mine.to, one)
        if label and name in label.sheets:
            return archive.opens(mine.to / f"{one}{folder.SEALED}", secret)
    return False


def what_is_wrong(tries: list[Try], at: datetime | None = None) -> str:
    """One sentence for whoever looks after it, or nothing when all is well."""
    now = at or timezone.now()
    if room.is_short(settings.DATA):
        return "The disk of this computer is almost full."
    if not have_keys():
        return "There is no backup: nobody has printed the recovery sheets yet."
    if way := mark.jumped(settings.DATA, settings.KEY, now):
        return JUMPED[way]
    if tries and tries[0].outcome == "damaged":
        return "The database is damaged. The backups from before were left alone."
    return _about_the_newest(tries, now) or _about_the_second(tries, now)


def _about_the_newest(tries: list[Try], now: datetime) -> str:
    kept = next((one for one in tries if one.is_kept), None)
    if kept is None or abs(now - kept.when) > LATE_AFTER:  # also where the clock was put back
        return "The last night brought no backup."
    return "" if kept.is_good else "The newest backup is of a record that is no longer whole."


def _about_the_second(tries: list[Try], now: datetime) -> str:
    if not settings.SECOND_BACKUPS:
        return ""
    seen = next((one.when for one in tries if one.second == "copied"), None)
    if seen is None:
        return "The second folder for backups was never seen."
    days = (now - seen).days
    if days >= 7:
        full = tries[0].second == NOT_WRITTEN
        what = "could not be written to (is it full?)" if full else "was not seen"
        return f"The second folder for backups {what} for {days} days."
    return SAME_DISK if _is_on_one_disk(settings.BACKUPS, Path(settings.SECOND_BACKUPS)) else ""


def _is_on_one_disk(first: Path, second: Path) -> bool:
    """Where a stick is not plugged in, the folder it appears in is often there, on our own disk."""
    if cloud_service(second.resolve()):
        return False  # which copies it to somewhere else
    try:
        return _disk_of(first) == _disk_of(second)
    except OSError:
        return False


def _disk_of(folder: Path) -> int:
    return folder.stat().st_dev


def needs_attention(member: Member, at: datetime) -> list[tuple[str, str]]:
    """What today says of backups to those who look after them: a title and a sentence. One query."""
    if not may_see_backups(member):
        return []
    wrong = what_is_wrong(last_tries(), at)
    said = [(wrong, "The page of backups says what to do, step by step.")] if wrong else []
    if wrong and wrong != SAME_DISK:
        return said
    # That may stand there for years, and must hide nothing else that is to be done.
    return said + _to_be_tried(member, at)


def _to_be_tried(member: Member, at: datetime) -> list[tuple[str, str]]:
    """What has to be done now and then, where backups are made. One query."""
    since = timezone.localdate(at) - TRY_EACH
    drills = RestoreDrill.objects.readable_by(member).filter(done_on__gt=since, went_well=True)
    unread = BackupSheet.objects.readable_by(member).unread().filter(name__in=names_of_keys())
    row = Setting.objects.filter(pk=member.setting_id).values_list(Exists(unread), Exists(drills))
    is_unread, was_tried = row.get()
    if is_unread:
        return [("Read the backup sheets back", READ_BACK)]
    why = "Nobody has restored one on another computer for a term. It takes an hour."
    return [] if was_tried else [("Try out a backup", why)]
