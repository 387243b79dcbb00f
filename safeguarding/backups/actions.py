"""What people do about backups in the product. Making and restoring them are commands."""

from datetime import date
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation import sealed
from foundation.errors import RuleBroken
from safeguarding.audit.trail import System, record
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member, Setting
from safeguarding.people.permissions import require

from . import ours, permissions, recovery
from .models import BackupSheet, RestoreDrill, SheetRead
from .recovery import Sheet
from .tasks import back_up

SHARED = (
    "Several settings share this installation, and these sheets would open the records of all of them. "
    "Whoever runs it makes them, with bin/manage backup_keys --to and a folder. Nothing was changed."
)
BY_COMMAND = (
    "There are sheets already. Whoever looks after the technical side made them, with bin/manage "
    "backup_keys: ask them who keeps the two envelopes. Nothing was changed. Was one lost, or opened by a "
    "stranger? They make new ones: bin/manage backup_keys --replace --to and a folder."
)
RIGHT = (
    "These are the right words: this sheet opens the backups made now. It was made with bin/manage "
    "backup_keys, so no list is kept here of who has it. Put it back into its envelope."
)
THERE_ARE = (
    "There are sheets already, and they were read back. Nothing was changed. Was one lost, or opened by a "
    "stranger? Whoever looks after the technical side makes new ones: bin/manage backup_keys --replace --to "
    "and a folder."
)
NOT_OURS = (
    "These are the words of a sheet, but not of one that opens the backups made now. Look at the eight "
    "letters at the foot of the sheet, and compare them with the page of backups."
)


@transaction.atomic
def record_drill(
    *, by: Member, done_on: date, sheet: str, went_well: bool, note: str = ""
) -> RestoreDrill:
    """Put on record that a backup was restored on another computer, and whether all was there."""
    require(permissions.may_record_drill, by)
    if done_on > timezone.localdate():
        raise RuleBroken("Restoring cannot have been done in the future.")
    if not went_well and not note:
        raise RuleBroken("Say what did not work, so that somebody can put it right.")
    drill = RestoreDrill.objects.create(
        setting=by.setting,
        done_on=done_on,
        sheet=sheet,
        went_well=went_well,
        note=note,
        recorded_by=by,
    )
    record("restore_drill.recorded", drill, by=by, sheet=sheet, went_well=went_well)
    return drill


@transaction.atomic
def make_sheets(*, by: Member, kept_by: tuple[str, str]) -> list[Sheet]:
    """Make the two sheets that open the backups, and have the first one made. Their words are kept nowhere.

    Until somebody has typed both back they may be made anew: the paper may have jammed.
    """
    require(permissions.may_make_sheets, by)
    _refuse_replacing()
    if kept_by[0].casefold() == kept_by[1].casefold():
        raise RuleBroken("Name two different people or places: one fire must not take both sheets.")
    made = [recovery.new_sheet(), recovery.new_sheet()]
    for number, (sheet, keeper) in enumerate(zip(made, kept_by, strict=True), start=1):
        BackupSheet.objects.create(
            setting=by.setting, number=number, name=sheet.name, kept_by=keeper, made_by=by
        )
    record("backup_sheets.made", by.setting, by=by, sheets=" ".join(one.name for one in made))
    _tell(by, by.setting)
    back_up.enqueue()
    recovery.keep_public_keys(settings.DATA, [sheet.public for sheet in made])
    return made


@transaction.atomic
def note_sheets(*, by: System, setting: Setting, names: list[str]) -> None:
    """Put on record, and tell, that whoever runs the installation made sheets that open the backups."""
    record("backup_sheets.made", setting, by=by, sheets=" ".join(names))
    _tell(by, setting)


@transaction.atomic
def read_back(*, by: Member, typed: str) -> SheetRead:
    """Show that a sheet can be read: its words are typed, they open the backups, and are forgotten."""
    require(permissions.may_make_sheets, by)
    try:
        secret = recovery.secret_from(typed)
    except recovery.NotASecret:
        raise RuleBroken(
            "These are not the words of a sheet: one is missing, or has a slip. Look at each again."
        ) from None
    name = recovery.name_of(sealed.public_of(secret))
    sheet = BackupSheet.objects.readable_by(by).filter(name=name).first()
    if name not in ours.names_of_keys():
        raise RuleBroken(NOT_OURS)
    if sheet is None:
        raise RuleBroken(RIGHT)
    if hasattr(sheet, "read_back"):
        raise RuleBroken(f"Sheet {sheet.number} was read back already. Put it into its envelope.")
    opened = ours.opens_the_newest(secret, name)
    read = SheetRead.objects.create(setting=by.setting, sheet=sheet, read_by=by, opened_one=opened)
    record("backup_sheet.read_back", sheet, by=by, name=name, opened_one=opened)
    return read


def _refuse_replacing() -> None:
    if ours.is_shared():
        raise RuleBroken(SHARED)
    names = ours.names_of_keys()
    made_here = BackupSheet.objects.filter(name__in=names)
    if names and not made_here.unread().exists():
        raise RuleBroken(THERE_ARE if made_here.exists() else BY_COMMAND)


def _tell(by: Member | System, setting: Setting) -> None:
    """Nobody makes what opens the backups unseen."""
    holders = setting.holding(permissions.SEES, timezone.localdate())
    others = [one for one in holders.select_related("user", "setting") if one != by]
    path = setting.link_to("backups:backups")
    notify("backup_sheets_made", others, subject_id=uuid4(), path=path)
