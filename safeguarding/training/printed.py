"""What is given out about training: the register, and a certificate for what was learnt here."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone

from foundation.moments import say_date
from safeguarding.documents.typeset import pdf
from safeguarding.people.models import Member, Setting

from .library import ready_topics
from .models import Attendance, TrainingTopic

HERE = Path(__file__).parent / "papers"
HEADINGS = (
    "Name",
    "Day",
    "What",
    "Topics",
    "How",
    "Given by",
    "Certificate until",
    "State",
    "Confirmed by",
)
Line = Sequence[str]
STATES = {
    "confirmed": "Counts",
    "waiting": "Waits to be confirmed",
    "absent": "Was not there",
    "taken back": "Taken back: written down in error",
}


def lines(rows: Iterable[Attendance]) -> list[Line]:
    """A line of the register for each time somebody learnt something, or should have."""
    return [_line(row) for row in rows]


def _line(row: Attendance) -> Line:
    training = row.training
    confirmed = getattr(row, "confirmed", None)
    return (
        row.member.display_name,
        training.done_on.isoformat(),
        training.title,
        "; ".join(one.name for one in training.topics.all()),
        training.get_how_display(),
        training.provider,
        training.until.isoformat() if training.until else "",
        STATES[row.state],
        confirmed.confirmed_by.display_name if confirmed else "",
    )


def register(setting: Setting, rows: Iterable[Attendance], *, about: Member | None = None) -> bytes:
    """The register on paper, of everybody or of one person."""
    whose = about.display_name if about else "everybody"
    return pdf(
        HERE / "register.typ",
        {
            "title": f"Training of {whose}",
            "name": setting.name,
            "on": say_date(timezone.localdate()),
            "lines": [
                [line[0], say_date(row.training.done_on), *line[2:4], line[7], line[8]]
                for row, line in ((row, _line(row)) for row in rows)
            ],
        },
    )


def certificate(row: Attendance) -> bytes:
    """That somebody took part in a training here, what it covered and who confirmed it."""
    return pdf(
        HERE / "certificate.typ",
        {
            "title": f"Certificate: {row.training.title}",
            "name": row.setting.name,
            "who": row.member.display_name,
            "what": row.training.title,
            "on": say_date(row.training.done_on),
            "how": row.training.get_how_display(),
            "provider": row.training.provider,
            "topics": [_covered(one) for one in row.training.topics.order_by("name")],
            "confirmed_by": row.confirmed.confirmed_by.display_name,
        },
    )


def _covered(topic: TrainingTopic) -> dict[str, Any]:
    """A topic by name, with the points of it that were covered."""
    ready = ready_topics().get(topic.topic)
    points = [one.text for one in (ready.points if ready else ()) if one.id in topic.points]
    return {"name": topic.name, "points": points}
