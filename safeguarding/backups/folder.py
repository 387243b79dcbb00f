"""The folder backups lie in: their names, their labels, which are kept, and what became of each try."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from .durable import sync_folder, write_whole
from .manifest import Label

FORM = "hedgerow-%Y%m%dT%H%M%S%fZ"
SEALED, LABEL = ".age", ".json"
JOURNAL = "journal.txt"
VERIFIED, NOT_WHOLE = "verified", "not whole"
WHOLE_DAYS = timedelta(days=2)  # of these, every backup is kept


@dataclass(frozen=True)
class Keep:
    """How many are kept, at least: one a day, one a week, one a month."""

    daily: int = 14
    weekly: int = 8
    monthly: int = 12


@dataclass(frozen=True)
class Try:
    """What became of one try. `outcome` is "verified", NOT_WHOLE, or one word for why none was kept."""

    at: str
    outcome: str
    name: str = ""
    second: str = ""  # the same for the copy in the second folder; empty where none is set

    @property
    def when(self) -> datetime:
        return datetime.fromisoformat(self.at)

    @property
    def is_good(self) -> bool:
        return self.outcome == VERIFIED

    @property
    def is_kept(self) -> bool:
        """Whether there is a backup: of a record that is no longer whole it is better than none."""
        return self.outcome in {VERIFIED, NOT_WHOLE}


def name_at(moment: datetime) -> str:
    """The name of a backup: when it was made, and nothing else."""
    return moment.astimezone(UTC).strftime(FORM)


def moment_of(name: str) -> datetime | None:
    """When a backup was made, by its name; None for what is not one of ours."""
    try:
        return datetime.strptime(name, FORM).replace(tzinfo=UTC)
    except ValueError:
        return None


def backups(folder: Path) -> list[str]:
    """The names of the backups that are there, newest first."""
    names = (place.stem for place in folder.glob(f"hedgerow-*{SEALED}"))
    return sorted((name for name in names if moment_of(name)), reverse=True)


def label_of(folder: Path, name: str) -> Label | None:
    """What stands beside a backup; None where nothing readable does."""
    try:
        return Label.read((folder / f"{name}{LABEL}").read_bytes())
    except (OSError, ValueError, TypeError):
        return None


def to_keep(names: Iterable[str], keep: Keep) -> set[str]:
    """Of these, the newest, the last two days', and the last of each day, week and month."""
    newest_first = sorted((name for name in names if moment_of(name)), reverse=True)
    kept = set(newest_first[:1])
    if kept:
        since = _moment(newest_first[0]) - WHOLE_DAYS
        kept |= {name for name in newest_first if _moment(name) >= since}
    for form, many in (("%Y-%j", keep.daily), ("%G-%V", keep.weekly), ("%Y-%m", keep.monthly)):
        last: dict[str, str] = {}
        for name in newest_first:
            last.setdefault(_moment(name).strftime(form), name)
        kept |= set(islice(last.values(), many))
    return kept


def _moment(name: str) -> datetime:
    moment = moment_of(name)
    assert moment is not None  # noqa: S101  names were sifted before
    return moment


def prune(folder: Path, keep: Keep) -> list[str]:
    """Remove what need not be kept. Called only once a new backup was checked.

    Only those like the newest: once the record is no longer whole, all from before are proof of what
    stood there.
    """
    every = backups(folder)
    names = [name for name in every if _is_whole(folder, name) == _is_whole(folder, every[0])]
    gone = sorted(set(names) - to_keep(names, keep))
    for name in gone:
        (folder / f"{name}{SEALED}").unlink(missing_ok=True)
        (folder / f"{name}{LABEL}").unlink(missing_ok=True)
    if gone:
        sync_folder(folder)
    return gone


def _is_whole(folder: Path, name: str) -> bool:
    label = label_of(folder, name)
    return label is None or label.is_whole


def newest_whole(folder: Path, *, before: str) -> str:
    """The newest from before another whose record was whole; empty where there is none."""
    older = (name for name in backups(folder) if name < before)
    return next((name for name in older if _is_whole(folder, name)), "")


def note(folder: Path, tried: Try) -> None:
    """Add a line to the journal. It is a file, since it must also say that the database is damaged."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lines = _lines(folder)[-999:]
    said = json.dumps(asdict(tried), sort_keys=True)
    write_whole(folder / JOURNAL, ("\n".join([*lines, said]) + "\n").encode())


def journal(folder: Path) -> list[Try]:
    """Every try that was noted, newest first. A line that cannot be read is passed over."""
    found = []
    for line in reversed(_lines(folder)):
        try:
            found.append(Try(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return found


def _lines(folder: Path) -> list[str]:
    try:
        return (folder / JOURNAL).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
