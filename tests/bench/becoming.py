"""What becomes of the reports of a filled nursery: put aside, or a case with its chronology."""

from collections.abc import Iterator
from datetime import timedelta

from demo.cast import Nursery
from safeguarding.concerns.models import (
    Case,
    Closure,
    Concern,
    Decision,
    Entry,
    Gathered,
    NeedToKnow,
    NotTakenForward,
    ParentsInformed,
    Referral,
)

from .filling import WORDS, Filling, message, sealed

LET_IN = {"open": 60, "closed": 200}  # cases that somebody without a role for all was let into


def decided(filling: Filling, concern: Concern) -> None:
    """Put aside, taken into a case of its own, or into the case before."""
    dana, at = filling.nursery.dana, {"created_at": concern.created_at + timedelta(minutes=30)}
    reporter, path = concern.reported_by, f"/at/sunflowers/concerns/mine/{concern.pk}/"
    assert reporter is not None
    seen = filling.chance.random() < 0.9
    message(filling, reporter, "report_acted_on", concern.pk, path, at=at["created_at"], seen=seen)
    if filling.chance.random() < 0.45:
        filling.add(NotTakenForward, concern=concern, decided_by=dana, reasons=WORDS[:160], **at)
        return
    if (
        filling.case is None
        or filling.case.record_class != concern.record_class
        or filling.chance.random() < 0.7
    ):
        _open(filling, concern)
    filling.add(Gathered, concern=concern, case=filling.case, gathered_by=dana, **at)


def _open(filling: Filling, concern: Concern) -> None:
    people, at = filling.nursery.people, {"created_at": concern.created_at + timedelta(minutes=30)}
    case = filling.case = filling.add(
        Case,
        reference=f"{filling.cases:x}".rjust(8, "K"),
        title=f"Video on a tablet, number {filling.cases}",
        record_class=concern.record_class,
        opened_by=people["dana"],
        aware_at=concern.created_at,
        **at,
    )
    sealed(case)
    filling.cases += 1
    for name in ("dana", *(() if concern.record_class == "C1" else ("devi",))):
        let_in = {"reason": "opened the case", "granted_by": people["dana"]}
        filling.add(NeedToKnow, case=case, member=people[name], **let_in, **at)
    for entry in _entries(filling, case, is_closed=filling.is_settled):
        _beside(filling, entry)
    if filling.is_settled:
        filling.add(Closure, case=case, closed_by=people["dana"], outcome=WORDS[:120], **at)


def _entries(filling: Filling, case: Case, *, is_closed: bool) -> Iterator[Entry]:
    """Lines of a chronology, so many that there are three to a concern over all."""
    filling.entries_left += 3 * filling.concerns / (0.4 * filling.concerns)
    often = ["note", "call", "meeting", "parents_informed", "referral", "advice", "support"]
    kind_of = ["opened", "gathered", "decision", *often, *often]
    count = int(filling.entries_left)
    filling.entries_left -= count
    for number in range(count):
        at = case.created_at + timedelta(hours=number)
        last = is_closed and number == count - 1
        yield filling.add(
            Entry,
            case=case,
            kind="closed" if last else kind_of[number],
            happened_at=at,
            created_at=at,
            written_by=filling.nursery.dana,
            text=WORDS,
        )


def _beside(filling: Filling, entry: Entry) -> None:
    if entry.kind == "decision":
        filling.add(Decision, entry=entry, to_act=True, reasons=WORDS[:160])
    elif entry.kind == "parents_informed":
        filling.add(ParentsInformed, entry=entry, were_told=True, who="Both parents")
    elif entry.kind == "referral":
        filling.add(
            Referral,
            entry=entry,
            agency_slug="front-door",
            agency="Front door",
            route="By telephone",
        )


def let_in(nursery: Nursery) -> None:
    """The deputy manager was let into some cases, spread over all the years."""
    dana, wren = nursery.dana, nursery.wren
    for which, most in LET_IN.items():
        rows = getattr(Case.objects.filter(setting=nursery.setting, record_class="C1"), which)()
        found = list(rows.order_by("created_at").values_list("pk", flat=True))
        NeedToKnow.objects.bulk_create(
            NeedToKnow(
                setting=nursery.setting,
                case_id=pk,
                member=wren,
                granted_by=dana,
                reason="Knows the family",
            )
            for pk in found[:: max(1, len(found) // most)][:most]
        )
