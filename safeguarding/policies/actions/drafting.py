"""Bringing a policy in: kept while somebody looks, changed step by step, then saved whole as a version."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import System, record
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.people.turns import take_turn
from safeguarding.policies.importing.clauses import Piece
from safeguarding.policies.importing.editing import MOVED
from safeguarding.policies.importing.reading import Brought
from safeguarding.policies.models import Draft, DraftState, Policy, PolicyVersion
from safeguarding.policies.permissions import may_work_on, may_write

from .versions import Part, write_version

MOST_PIECES = 3000


@transaction.atomic
def begin_draft(*, by: Member, brought: Brought, policy: Policy | None = None) -> Draft:
    """Keep what was read from a file, so that it can be looked at. The file itself is not kept."""
    require(may_write, by)
    if not brought.pieces:
        raise RuleBroken("We found no clause in it. Nothing was kept.")
    if len(brought.pieces) > MOST_PIECES:
        raise RuleBroken("We found more than 3,000 clauses in it. Bring it in in parts.")
    draft = Draft.objects.create(
        setting=by.setting,
        title=brought.title,
        policy=policy,
        kind=brought.kind,
        sha256=brought.sha256,
        source=brought.source,
        begun_by=by,
    )
    _leave(draft, by, 0, brought.pieces)
    record("policy_draft.begun", draft, by=by, kind=draft.kind, sha256=draft.sha256)
    return draft


@transaction.atomic
def change_draft(*, by: Member, draft: Draft, seen: int, pieces: Sequence[Piece]) -> DraftState:
    """Leave the clauses as somebody put them right. `seen` is the number of the state they looked at."""
    require(may_work_on, by, draft)
    state = _newest(draft)
    if state.number != seen:
        raise RuleBroken(MOVED)
    if not pieces:
        raise RuleBroken("This is the last clause. A policy needs at least one.")
    record("policy_draft.changed", draft, by=by, state=seen + 1, clauses=len(pieces))
    return _leave(draft, by, seen + 1, pieces)


@transaction.atomic
def undo_draft(*, by: Member, draft: Draft, seen: int) -> None:
    """Bring back how the clauses were before the last change."""
    require(may_work_on, by, draft)
    state = _newest(draft)
    if state.number != seen:
        raise RuleBroken(MOVED)
    if state.number == 0:
        raise RuleBroken("Nothing has been changed yet.")
    state.delete()
    # Whoever takes a change back goes on with it: what stands there again is not old.
    draft.states.filter(number=seen - 1).update(created_at=timezone.now())
    record("policy_draft.undone", draft, by=by, state=seen)


@transaction.atomic
def save_draft(
    *,
    by: Member,
    draft: Draft,
    seen: int,
    title: str,
    change_note: str = "",
    policy: Policy | None = None,
) -> PolicyVersion:
    """Write the clauses down as a version, exactly as they were looked at; the draft goes.

    `policy` is what it is a version of, where that was not said when it was brought in.
    """
    require(may_work_on, by, draft)
    take_turn(by.setting_id)  # as whoever writes a version does, before the draft is held
    state = _newest(draft)
    if state.number != seen:
        raise RuleBroken(MOVED)
    version = write_version(
        by=by,
        title=title,
        parts=[_part_of(Piece(**one)) for one in state.pieces],
        made=PolicyVersion.Made.IMPORTED,
        policy=draft.policy or policy,
        change_note=change_note,
        source_sha256=draft.sha256,
    )
    record("policy_draft.saved", draft, by=by, version=str(version.pk))
    draft.delete()
    return version


@transaction.atomic
def forget_draft(*, by: Member | System, draft: Draft) -> None:
    """Throw away what was brought in, or what nobody came back for in 60 days. No version comes of it."""
    require(may_work_on, by, draft)
    _newest(draft)
    require(may_work_on, by, draft)  # whom the clock waited for may have come back for it
    record("policy_draft.forgotten", draft, by=by)
    draft.delete()


def _part_of(piece: Piece) -> Part:
    return Part(piece.number, piece.heading, piece.text, piece.level, piece.is_ours)


def _newest(draft: Draft) -> DraftState:
    """The second of two who change it waits here."""
    if not Draft.objects.select_for_update(no_key=True, of=("self",)).filter(pk=draft.pk).exists():
        raise RuleBroken("This is saved or thrown away already. Look at the policies.")
    return draft.states.order_by("-number")[0]


def _leave(draft: Draft, by: Member, number: int, pieces: Sequence[Piece]) -> DraftState:
    return DraftState.objects.create(
        setting=draft.setting,
        draft=draft,
        number=number,
        pieces=[one.as_json() for one in pieces],
        left_by=by,
    )
