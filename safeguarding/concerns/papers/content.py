"""Reports and entries as plain values, in the words that stand on paper."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone

from foundation.errors import RuleBroken
from foundation.keyrings import unread_in
from foundation.templatetags.uk import uk_date, uk_datetime, uk_time
from safeguarding.concerns.models import Addendum, Concern, Entry, ReviewAction
from safeguarding.people.models import RoleEnded, RoleHeld

from .hiding import Hide, of_ours

Content = dict[str, Any]
A_PARENT = "a parent or carer"
BESIDE_AN_ENTRY = (
    *("written_by__user", "decision", "referral", "reply__referral", "parents_informed"),
    *("support__child", "case_file__file"),
)

ABOUT_A_FROZEN_FILE = {
    *(Entry.Kind.FROZEN, Entry.Kind.THAWED, Entry.Kind.DESTROYED, Entry.Kind.NOT_DESTROYED)
}
ACTIONS = Prefetch("actions", ReviewAction.objects.select_related("owner__user", "done"))


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content in its one canonical form: sorted keys, no spaces, UTF-8.

    Nothing is given out without it. Raises RuleBroken where any of it is not open: a paper would have holes.
    """
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if unread := unread_in(text):
        raise RuleBroken(f"Nothing was printed, since not all of it can be read. {unread}")
    return hashlib.sha256(text.encode()).hexdigest()


class Roles:
    """Which roles people held on a day. Two queries, for however many people and days.

    Those `outside` never worked or helped here: they sign as parents, without a name.
    """

    def __init__(self, members: Collection[UUID | None], *, outside: Collection[UUID] = ()) -> None:
        self.outside = outside
        endings = Prefetch("endings", RoleEnded.objects.select_related("confirmed", "role_held"))
        rows = RoleHeld.objects.filter(member__in=[one for one in members if one]).select_related(
            "confirmed"
        )
        self._rows = list(rows.prefetch_related(endings).order_by("role"))

    def on(self, member_id: UUID | None, day: date) -> str:
        """Such as "Deputy safeguarding lead, Practitioner"; empty where none is known."""
        held = [row for row in self._rows if row.member_id == member_id and _in_force(row, day)]
        return ", ".join(dict.fromkeys(row.get_role_display() for row in held))


def _in_force(row: RoleHeld, day: date) -> bool:
    in_time = row.starts <= day and (row.ends is None or day <= row.ends)
    ended = [one for one in row.endings.all() if one.counts]
    over = any(timezone.localdate(one.created_at) < day for one in ended)
    return in_time and row.is_confirmed and not over


def report(concern: Concern, people: list[str], roles: Roles, hide: Hide) -> Content:
    """One report as it was told: the boxes apart, the words that were heard marked as such."""
    return {
        "what": "report",
        "title": f"Report {concern.code}",
        "facts": [*_facts(concern, hide), *([["People", "\n".join(people)]] if people else [])],
        **_written(concern.reported_by_id, concern.reporter, concern, roles, hide),
        "boxes": [
            {**box, "words": hide(box["words"]), "verbatim": box["kind"] == "heard"}
            for box in concern.boxes
        ],
        "additions": [
            {"words": hide(one.text), **_written(one.added_by_id, one.writer, one, roles, hide)}
            for one in _additions(concern)
        ],
        "no_case": no_case(concern, hide),
    }


def _additions(concern: Concern) -> list[Addendum]:
    """What was added; but what came without an account stands in the chronology once there is a case."""
    in_case = hasattr(concern, "gathered")
    return [one for one in concern.addenda.all() if one.added_by_id or not in_case]


def _facts(concern: Concern, hide: Hide) -> list[list[str]]:
    at = f" at {uk_time(concern.happened_time)}" if concern.happened_time else ""
    facts = {
        "About": concern.kind_in_words,
        "Happened": f"{uk_date(concern.happened_on)}{at}" if concern.happened_on else "",
        "Where": hide(concern.place),
        "Kind of risk": concern.get_risk_area_display(),
        "A child in danger at that moment": "Yes" if concern.in_danger_now else "No",
        "Lead told in person": concern.get_told_lead_display(),
        "Web address": hide(concern.web_address),
        "Device": hide(concern.device),
    }
    return [[name, words] for name, words in facts.items() if words]


def no_case(concern: Concern, hide: Hide) -> str:
    """Why it was decided that a report needs no case; empty where it was not."""
    aside = getattr(concern, "not_taken_forward", None)
    return hide(aside.reasons) if aside else ""


class Numbers:
    """The place of each thing in a whole chronology, which stays the same when part of it is shown."""

    def __init__(self, rows: Iterable[Concern | Entry]) -> None:
        known = list(rows)
        self._places = {row.pk: place for place, row in enumerate(known, 1)}
        self._corrected: dict[UUID, list[int]] = {}
        self._errors: dict[UUID, Entry] = {}
        for row in known:
            if not isinstance(row, Entry) or not row.corrects_id:
                continue
            if row.kind == Entry.Kind.IN_ERROR:
                self._errors[row.corrects_id] = row
            else:
                self._corrected.setdefault(row.corrects_id, []).append(self._places[row.pk])

    def of(self, pk: UUID | None) -> int:
        """From 1; 0 for what is not there."""
        return self._places.get(pk, 0) if pk else 0

    def correcting(self, pk: UUID) -> list[int]:
        """The places of the corrections of an entry."""
        return self._corrected.get(pk, [])

    def in_error(self, pk: UUID) -> str:
        """Why an entry was recorded in error, and where that stands; empty where nobody said so."""
        said = self._errors.get(pk)
        return f"Recorded in error, see entry {self.of(said.pk)}: {said.text}" if said else ""


def entry(
    row: Entry, numbers: Numbers, roles: Roles, hide: Hide, *, with_pictures: bool = False
) -> Content:
    """One line of a chronology, with its number and the numbers of what it corrects or is corrected by.

    Where a picture may be, no file is named: a frozen one stands there by its code.
    """
    lines = [one for one in _lines(row) if not (with_pictures and _names_a_file(row, one[0]))]
    return {
        "what": "entry",
        "number": numbers.of(row.pk),
        "title": hide(_title(row)),
        "happened": row.when,
        **_written(row.written_by_id, row.writer, row, roles, hide),
        "text": hide(row.text),
        "verbatim": row.kind in {Entry.Kind.CHILDS_WORDS, Entry.Kind.TOLD_AGAIN},
        "lines": [[hide(label), hide(words)] for label, words in lines],
        "corrects": numbers.of(row.corrects_id),
        "corrected_by": numbers.correcting(row.pk),
        "in_error": hide(numbers.in_error(row.pk)),
    }


def _written(member_id: UUID | None, name: str, row: Any, roles: Roles, hide: Hide) -> Content:
    """When and by whom, in which role on that day."""
    at = uk_datetime(row.created_at)
    if member_id in roles.outside:
        return {"written": at, "by": A_PARENT, "role": ""}
    role = roles.on(member_id, timezone.localdate(row.created_at))
    return {"written": at, "by": of_ours(name, hide), "role": role}


def _title(row: Entry) -> str:
    """The kind of an entry, and what stands beside it in a word."""
    beside = [row.get_kind_display()]
    if found := getattr(row, "referral", None):
        beside.append(found.agency)
    if found := getattr(row, "reply", None):
        beside.append(found.referral.agency)
    found = getattr(row, "decision", None)
    if found and row.kind != Entry.Kind.OUTCOME:  # that says how it turned out, in words of its own
        beside.append("to act" if found.to_act else "not to act")
    if found := getattr(row, "parents_informed", None):
        beside.append("told" if found.were_told else "not told")
    return ": ".join(beside)


def _lines(row: Entry) -> list[tuple[str, str]]:
    """What stands beside the text of an entry, each with its label."""
    known = [*_beside(row), *((str(label), str(words)) for label, words in row.details)]
    return [(label, words) for label, words in known if words]


def _names_a_file(row: Entry, label: str) -> bool:
    return label == "Name" and row.kind in ABOUT_A_FROZEN_FILE


def actions(row: Entry) -> list[list[str]]:
    """What the setting decided to change after a case, by whom, and whether it was done."""
    return [["Action", _action(one)] for one in row.actions.all()]


def _action(one: ReviewAction) -> str:
    words = f"{one.text} ({one.owner}, by {uk_date(one.due_on)})."
    done = getattr(one, "done", None)
    return f"{words} Done {uk_datetime(done.created_at)}: {done.note}" if done else words


def _beside(row: Entry) -> Iterable[tuple[str, str]]:
    if found := getattr(row, "decision", None):
        yield "Because", found.reasons
    if found := getattr(row, "referral", None):
        yield "How", found.route
        yield "Spoke to", found.person
        yield "Their reference", found.reference
        yield "Reply due", uk_datetime(found.reply_due)
    if found := getattr(row, "parents_informed", None):
        yield "Who", found.who
        yield "Told by", found.told_by
    if found := getattr(row, "support", None):
        yield "For", ", ".join(str(one) for one in (found.child, found.for_whom) if one)
