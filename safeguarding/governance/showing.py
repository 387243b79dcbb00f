"""What the pages show of the board: which lines were asked for, the counts as a drawing, and one duty."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from foundation.evidence import Finding, sources
from safeguarding.concerns import in_error
from safeguarding.people.models import Member
from safeguarding.policies.duties import POLICIES, WHO, Duty
from safeguarding.policies.models import DutyAdoption

from .board import STATES, Line, State, counts
from .figures import shown
from .models import Attestation, WordRequest
from .permissions import sees_exact_figures
from .posts import holders, waits_for
from .words import WordState, by_word, words

# Told apart by a person who sees no colours as well: by how light they are, and by the table beside.
COLOURS: Mapping[State, str] = {
    "broken": "#6b0f0f",
    "overdue": "#a3294f",
    "due": "#e0a030",
    "not evidenced": "#c9cfd2",
    "attested": "#7fb5a8",
    "met": "#0b5563",
    "opted out": "#eceff1",
}
WIDE = 700


@dataclass(frozen=True)
class Bar:
    """One state in the drawing of counts."""

    state: State
    number: int
    x: float
    width: float

    @property
    def says(self) -> str:
        return STATES[self.state][0]

    @property
    def means(self) -> str:
        return STATES[self.state][1]

    @property
    def colour(self) -> str:
        return COLOURS[self.state]


def bars(found: Iterable[Line]) -> list[Bar]:
    """How many duties are in each state, side by side over the whole width."""
    counted = counts(found)
    every, x, drawn = sum(counted.values()) or 1, 0.0, []
    for state, number in counted.items():
        width = round(WIDE * number / every, 1)
        drawn.append(Bar(state, number, round(x, 1), width))
        x += width
    return drawn


def wanted(found: Iterable[Line], chosen: Mapping[str, Any], member: Member) -> list[Line]:
    """The lines that somebody asked for, the most pressing first."""
    order = list(STATES)
    kept = [one for one in found if _fits(one, chosen, member)]
    return sorted(kept, key=lambda one: order.index(one.state))


def struck(member: Member, at: datetime) -> tuple[date, str]:
    """Since when, and how often by then, something on an ordinary case was said to be recorded in error.

    By whole school terms (rule R30), and as exactly as this reader may see it. Two queries.
    """
    since = member.setting.term_began(timezone.localdate(at))
    from_then = timezone.make_aware(datetime.combine(since, time()))
    number = in_error.struck(member.setting_id, from_then, at)
    return since, shown(number, exactly=sees_exact_figures(member))


def _fits(line: Line, chosen: Mapping[str, Any], member: Member) -> bool:
    duty, section = line.duty, chosen.get("section")
    place = f"{duty.policy}-{duty.place.section.partition('.')[0]}"
    return (
        chosen.get("state", "") in {"", line.state}
        and chosen.get("part", "") in {"", duty.feature}
        and (not section or section == place)
        and (not chosen.get("mine") or bool(member.roles & duty.posts))
    )


def about(member: Member, line: Line | None, duty: Duty, at: datetime) -> dict[str, Any]:
    """Everything a page shows of one duty. The records' own pages only where the member may open them."""
    links = [one.page for one in sources(duty.id) if one.page and one.page.may_open(member)]
    return {
        "duty": duty,
        "line": line,
        "policy": POLICIES[duty.policy],
        "who": [WHO[one] for one in duty.who],
        "figures": _figures(member, line.finding) if line and line.finding else [],
        "how": [one.how for one in sources(duty.id)],
        "links": [(one.label, member.setting.link_to(one.name)) for one in dict.fromkeys(links)],
        "history": history(member, duty, at),
    }


def _figures(member: Member, found: Finding) -> list[tuple[str, str]]:
    exactly = sees_exact_figures(member)
    named = [("Kept", found.kept), ("Still owed", found.owed), ("Late", found.late)]
    return [(name, shown(number, exactly=exactly)) for name, number in named]


def history(member: Member, duty: Duty, at: datetime) -> list[dict[str, Any]]:
    """What was said, asked and decided about a duty until then, newest first. Three queries."""
    here = {"duty_id": duty.id, "created_at__lte": at}
    said = Attestation.objects.readable_by(member).filter(**here).select_related("given_by")
    asked = WordRequest.objects.readable_by(member).filter(**here)
    taken = DutyAdoption.objects.readable_by(member).filter(**here).select_related("adopted_by")
    rows = [
        *(_said(one) for one in said),
        *(_asked(one) for one in asked.select_related("asked", "asked_by")),
        *(_taken(one) for one in taken),
    ]
    return sorted(rows, key=lambda one: one["at"], reverse=True)


def _said(one: Attestation) -> dict[str, Any]:
    what = "confirmed it" if one.holds else "said that it is not so"
    by = "We ask again after" if one.holds else "To be put right by"
    text = {"words": one.text, "next": one.do_next, "day": f"{by} {_day(one.until)}."}
    return {"at": one.created_at, "what": f"{one.given_by.name} {what}", **text}


def _asked(one: WordRequest) -> dict[str, Any]:
    what = f"{one.asked_by.name} asked {one.asked.name} for their word"
    return {"at": one.created_at, "what": what, "day": f"By {_day(one.due_on)}."}


def _taken(one: DutyAdoption) -> dict[str, Any]:
    if one.opted_out_because:
        what = f"{one.adopted_by.name} decided not to take it on"
        return {"at": one.created_at, "what": what, "words": one.opted_out_because}
    every = f"At least every {one.interval_days} days." if one.interval_days else ""
    return {"at": one.created_at, "what": f"{one.adopted_by.name} took it on", "day": every}


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


def is_past(at: datetime) -> bool:
    """Whether this is not how it stands today."""
    return timezone.localdate(at) < timezone.localdate()


def wanted_of(member: Member, at: datetime) -> list[tuple[Duty, WordState, date]]:
    """The duties that wait for this member's word, with the day by which; the first one due first."""
    on, known = timezone.localdate(at), by_word()
    here = holders([member.setting_id], on).get(member.setting_id, {})
    mine = [
        (known[one.duty_id], one.state(on), one.day_for(member.pk))
        for one in words([member.setting_id], at)[member.setting_id].values()
        if one.is_wanted(on) and member in waits_for(known[one.duty_id], one.asked_id, here)
    ]
    return sorted(mine, key=lambda row: row[2])
