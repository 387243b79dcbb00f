"""A whole case, for paper."""

from django.db.models import Prefetch

from foundation.keyrings import give_keyring, keyring_of
from foundation.templatetags.uk import uk_date, uk_datetime
from safeguarding.concerns.explaining import shown_to
from safeguarding.concerns.models import Addendum, Case, Concern, Entry
from safeguarding.people.access import classes
from safeguarding.people.models import Member
from safeguarding.procedures.models import Run

from .content import ACTIONS, BESIDE_AN_ENTRY, Content, Numbers, Roles, actions, entry, report
from .files import listed
from .hiding import as_written
from .marks import marked


def content_of(case: Case, *, readers_for: Member | None = None) -> Content:
    """Everything that is written of a case, in the order in which it happened. The words are as written.

    With who was let in, as far as the list shows it to whoever makes the paper; for nobody, without.
    """
    concerns, entries = _reports(case), _entries(case)
    roles = Roles(
        {one.reported_by_id for one in concerns}
        | {added.added_by_id for one in concerns for added in one.addenda.all()}
        | {one.written_by_id for one in entries}
    )
    give_keyring([*concerns, *entries], keyring_of(case))
    numbers = Numbers(entries)
    people = case.everyone_involved().select_related("child", "member__user")
    imagery = case.is_imagery
    return {
        "title": case.title,
        "reference": case.reference,
        "setting": case.setting.name,
        "facts": _facts(case),
        "imagery": imagery,
        "people": sorted({str(one) for one in people}),
        "reports": [_report(one, roles) for one in concerns],
        "items": [_entry(one, numbers, roles, with_pictures=imagery) for one in entries],
        "files": listed([case], as_written),
        "readers": _readers(case, readers_for) if readers_for else [],
    }


def _entry(row: Entry, numbers: Numbers, roles: Roles, *, with_pictures: bool) -> Content:
    known = entry(row, numbers, roles, as_written, with_pictures=with_pictures)
    lines = [*known["lines"], *actions(row)]
    return {**known, "lines": lines, **marked(row.marks.all(), as_written)}


def _report(concern: Concern, roles: Roles) -> Content:
    people = sorted({str(one) for one in concern.involvements.all()})
    known = report(concern, people, roles, as_written)
    return {**known, **marked(concern.marks.all(), as_written)}


def _reports(case: Case) -> list[Concern]:
    rows = Concern.objects.filter(gathered__case=case).select_related(
        "reported_by__user", "not_taken_forward", "gathered"
    )
    added = Addendum.objects.select_related("added_by__user").order_by("created_at")
    people = ("involvements__child", "involvements__member__user")
    return list(
        rows.prefetch_related(Prefetch("addenda", added), "marks", *people).order_by("created_at")
    )


def _entries(case: Case) -> list[Entry]:
    rows = case.entries.standing().select_related(*BESIDE_AN_ENTRY)
    rows = rows.prefetch_related(ACTIONS, "marks")
    return list(rows.order_by("happened_at", "created_at"))


def _named(run: Run) -> str:
    return f"{run.title} (set aside: it was begun by mistake)" if run.set_aside else run.title


def _facts(case: Case) -> list[list[str]]:
    facts = [
        ["Guarded as", f"{case.record_class}, {classes()[case.record_class].lower()}"],
        ["The setting knew", uk_datetime(case.aware_at)],
        ["Opened", f"{uk_datetime(case.created_at)} by {case.opened_by}"],
        *[["Procedure", _named(run)] for run in case.runs],
    ]
    for one in case.closures.select_related("closed_by__user", "reopening__reopened_by__user"):
        facts.append(["Closed", f"{uk_datetime(one.created_at)} by {one.closed_by}: {one.outcome}"])
        if again := getattr(one, "reopening", None):
            said = f"{uk_datetime(again.created_at)} by {again.reopened_by}: {again.reason}"
            facts.append(["Reopened", said])
    return facts


def _readers(case: Case, reader: Member) -> list[list[str]]:
    """Who was let in, why, since when and until when: what the list of the case shows to this reader."""
    rows = case.need_to_know.select_related("member__user", "granted_by__user", "ended")
    return [
        [
            str(row.member),
            f"{row.reason} (by {row.granted_by or 'a rule'})",
            uk_datetime(row.created_at),
            f"Ended {uk_datetime(row.ended.created_at)}"
            if hasattr(row, "ended")
            else uk_date(row.until) or "Further notice",
        ]
        for row in shown_to(reader, rows.order_by("created_at"))
    ]
