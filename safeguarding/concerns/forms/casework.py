"""Forms for what is written on a case. Each gives `values()`: the arguments of its action."""

from datetime import UTC, datetime, time
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from foundation.forms import Choice, ClockTime, DropDown, Form, Line, UKDate, Words
from safeguarding.concerns.deadlines import end_of
from safeguarding.concerns.models import Case, Entry
from safeguarding.directory.models import Contact
from safeguarding.law.calendar import LONDON
from safeguarding.people.models import Child, Member

NO_SUCH_TIME = (
    "The clocks went forward over that time: no clock showed it. Write the time that was shown."
)


class CaseForm(Form):
    """A form on a case, for one member; some ask when it happened."""

    def __init__(
        self, typed: QueryDict | None, *, case: Case, member: Member, **kwargs: Any
    ) -> None:
        super().__init__(typed, **kwargs)
        self.case, self.member = case, member

    def values(self) -> dict[str, Any]:
        """What the action takes. Only for a valid form."""
        data = dict(self.cleaned_data)
        if "on" in data:
            on, at = data.pop("on"), data.pop("at")
            data["happened_at"] = on if at is None else moment(on, at)
        return data


class WhenForm(CaseForm):
    """Asks when it happened, apart from when it is written down."""

    on = UKDate(label="When did this happen?", not_future=True, initial=timezone.localdate)
    at = ClockTime(
        label="At about what time?", required=False, help_text="Leave empty if you do not know."
    )

    field_order: list[str] | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        on, at = data.get("on"), data.get("at")
        if on and at and _was_skipped(on, at):
            self.add_error("at", NO_SUCH_TIME)
        elif on and at and moment(on, at) > timezone.now():
            self.add_error("at", "That time has not come yet. Write when it happened.")
        return data


def _was_skipped(day: Any, clock: time) -> bool:
    """Whether the clocks went forward over this time that night."""
    there = datetime.combine(day, clock, LONDON)
    return there.astimezone(UTC).astimezone(LONDON).time() != clock


def moment(day: Any, clock: time | None) -> datetime:
    """A day and perhaps a time, as a moment in London; today without a time is now."""
    now = timezone.localtime()
    if clock is None:
        return now if day == now.date() else datetime.combine(day, time(12), LONDON)
    return datetime.combine(day, clock, LONDON)


class EntryForm(WhenForm):
    kind = Choice(
        label="What are you writing down?",
        choices=[
            (kind.value, kind.label)
            for kind in (
                Entry.Kind.NOTE,
                Entry.Kind.CALL,
                Entry.Kind.MEETING,
                Entry.Kind.CHILDS_WORDS,
            )
        ],
        initial=Entry.Kind.NOTE,
    )
    text = Words(label="What happened?", missing="Write what happened.", rows=8)
    field_order = ["kind", "text", "on", "at"]


class CorrectionForm(CaseForm):
    text = Words(
        label="What should it say?",
        missing="Write what should be corrected.",
        help_text="The entry stays as it is. Your correction is shown beside it.",
    )


class DecisionForm(WhenForm):
    to_act = Choice(
        label="Is this a decision to act, or not to act?",
        choices=[("yes", "To act"), ("no", "Not to act")],
        missing="Say whether this is a decision to act or not to act.",
    )
    text = Words(label="What was decided?", missing="Write what was decided.", rows=3)
    reasons = Words(
        label="Why?",
        missing="Give the reasons. They matter most for a decision not to act.",
    )
    field_order = ["to_act", "text", "reasons", "on", "at"]

    def values(self) -> dict[str, Any]:
        return {**super().values(), "to_act": self.cleaned_data["to_act"] == "yes"}


class ReferralForm(WhenForm):
    agency = DropDown(label="Which agency?", missing="Choose the agency.")
    route = Line(
        label="How?",
        missing="Say how, for example by telephone or on the portal.",
        most=160,
        help_text="For example: telephone 101, online portal, e-mail",
    )
    person = Line(label="Whom did you speak to?", required=False, most=160)
    reference = Line(label="Their reference number", required=False, most=80, width=20)
    text = Words(
        label="What did you tell them, and what did they say?", missing="Write what was said."
    )
    reply_on = UKDate(
        label="By when should they reply?",
        required=False,
        help_text="Leave empty if no reply is expected.",
    )
    field_order = ["agency", "route", "person", "reference", "text", "on", "at", "reply_on"]

    def __init__(self, *args: Any, only: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Contact.objects.readable_by(self.member)
        agencies = here.named(only) if only else here.takes_referrals()
        self.agencies = {one.slug: one for one in agencies}
        field = self.fields["agency"]
        if isinstance(field, DropDown):
            field.choices = [("", "Choose one"), *((s, c.name) for s, c in self.agencies.items())]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        asked, due = data.get("on"), data.get("reply_on")
        if asked and due and due < asked:
            self.add_error(
                "reply_on", "That day is before the referral. Check the day and the year."
            )
        return data

    def values(self) -> dict[str, Any]:
        data = super().values()
        reply_on = data.pop("reply_on")
        data["agency"] = self.agencies[data["agency"]]
        data["reply_due"] = end_of(reply_on) if reply_on else None
        return data


class ReplyForm(WhenForm):
    text = Words(label="What did they answer?", missing="Write what they answered.")
    field_order = ["text", "on", "at"]


class ParentsInformedForm(WhenForm):
    were_told = Choice(
        label="Have parents or carers been told?",
        choices=[("yes", "Yes"), ("no", "No, not now")],
        hints={
            "no": "For example because it could put a child at greater risk, or police asked us to wait."
        },
        missing="Say whether parents or carers have been told.",
    )
    who = Line(label="Who was told?", required=False, most=200)
    told_by = Line(label="Who told them?", required=False, most=160)
    text = Words(
        label="What were they told, or why were they not?",
        missing="Write what they were told, or why they were not.",
    )
    field_order = ["were_told", "who", "told_by", "text", "on", "at"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("were_told") == "yes" and not data.get("who"):
            self.add_error("who", "Write who was told.")
        return data

    def values(self) -> dict[str, Any]:
        return {**super().values(), "were_told": self.cleaned_data["were_told"] == "yes"}


class SupportForm(WhenForm):
    whom = DropDown(label="For which child?", required=False, blank="Somebody else (write below)")
    for_whom = Line(label="For whom, if not one of these children?", required=False, most=160)
    text = Words(
        label="What support was given or arranged?", missing="Write what support was given."
    )
    field_order = ["whom", "for_whom", "text", "on", "at"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.children = {str(child.pk): child for child in children_of(self.case)}
        field = self.fields["whom"]
        if isinstance(field, DropDown):
            names = [(pk, str(child)) for pk, child in self.children.items()]
            field.choices = [("", "Somebody else (write below)"), *names]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("whom") and not data.get("for_whom"):
            self.add_error("whom", "Choose the child, or write who the support was for.")
        return data

    def values(self) -> dict[str, Any]:
        data = super().values()
        data["child"] = self.children.get(data.pop("whom"))
        return data


def children_of(case: Case) -> list[Child]:
    """The children involved in a case, each once, by name."""
    named = Child.objects.filter(setting=case.setting_id)
    there = case.everyone_involved().filter(in_error=False)
    return sorted(named.filter(pk__in=there.values("child")), key=str)
