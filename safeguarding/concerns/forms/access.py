"""Who is in a case, how it is guarded, and its end."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone

from foundation.forms import Choice, DropDown, Form, Line, UKDate, Words
from safeguarding.concerns.models import Case
from safeguarding.people.access import classes
from safeguarding.people.models import Member
from safeguarding.policies.models import PolicyVersion
from safeguarding.procedures.library import definitions, may_follow
from safeguarding.procedures.schema import Question

from .people import PersonForm, Roster
from .triage import WHO_READS, titles

YES_NO = [("yes", "Yes"), ("no", "No")]


class LetKnowForm(Form):
    member = DropDown(label="Who needs to know?", missing="Choose who needs to know.")
    reason = Line(label="Why?", missing="Write why they need to know.", most=300)
    until = UKDate(
        label="Until when?", required=False, help_text="Leave empty if you cannot say yet."
    )

    def __init__(self, typed: QueryDict | None, *, member: Member, case: Case) -> None:
        super().__init__(typed)
        self.roster = Roster(member)
        field = self.fields["member"]
        if isinstance(field, DropDown):
            able = self.roster.who_may_read(case.record_class)
            listed = {str(pk) for pk in _listed(case)}
            field.choices = [("", "Choose one"), *(one for one in able if one[0] not in listed)]

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return {**data, "member": self.roster.adults[data["member"]]}


def _listed(case: Case) -> Iterable[UUID]:
    now = case.need_to_know.current(timezone.localdate())
    return now.values_list("member_id", flat=True)


class PersonOnCaseForm(PersonForm):
    """One person to add to a case; here somebody must be named."""

    def __init__(self, typed: QueryDict | None, *, member: Member) -> None:
        super().__init__(typed, roster=Roster(member))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.is_blank and not self.errors:
            self.add_error("who", "Choose who this is, or write their name.")
        return data


class ReclassifyForm(Form):
    record_class = Choice(label="How closely is it guarded?")
    follow = DropDown(
        label="If it may be about a picture of a child: which procedure for pictures?",
        blank="I cannot say yet",
        required=False,
        help_text="Only for an imagery incident. It begins at once. Such a case is not closed until one was "
        "followed, or two people have said why none is needed.",
    )
    reason = Words(label="Why?", missing="Write why the class changes.", rows=3)

    def __init__(self, typed: QueryDict | None, *, case: Case) -> None:
        super().__init__(typed, initial={"record_class": case.record_class})
        field = self.fields["record_class"]
        if isinstance(field, Choice):
            field.choices = [(one, classes()[one]) for one in WHO_READS]
            field.widget.hints = WHO_READS
        pictures = [
            one for one in definitions().values() if one.imagery and one.record_class == "C4"
        ]
        procedure = self.fields["follow"]
        if isinstance(procedure, DropDown):
            procedure.choices = [("", "I cannot say yet"), *titles(pictures)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("follow") and data.get("record_class") != "C4":
            self.add_error("follow", "Leave this empty, or choose C4 above.")
        return data

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return {**data, "follow": definitions().get(data["follow"])}


class ReasonForm(Form):
    reason = Words(label="Why?", missing="Write why.", most=300, rows=3)


class SetAsideForm(Form):
    """Why a procedure was begun by mistake."""

    reason = Words(
        label="How was it begun by mistake?",
        missing="Write how it was begun by mistake, so that the second person can decide.",
        help_text="For example: the line above the right one was chosen. Nothing about a child: the second "
        "person may not know the case.",
        rows=3,
        most=300,
    )


class NoPictureForm(Form):
    """Why a case that was guarded as one about a picture is about none."""

    reason = Words(
        label="Why is it about no picture?",
        missing="Write why it is about no picture, so that the second person can decide.",
        help_text="How you came to know, and not what anything looked like. Nothing about a child: the "
        "second person may not know the case.",
        rows=3,
        most=300,
    )


class CloseForm(Form):
    outcome = Words(
        label="What was the outcome?",
        missing="Write what the outcome was.",
        help_text="How the concern was resolved, and what happens from here.",
        rows=5,
    )

    def __init__(self, typed: QueryDict | None, *, policies: Sequence[PolicyVersion] = ()) -> None:
        super().__init__(typed)
        self.policies = {str(one.policy_id): one.policy for one in policies}
        if policies:
            self.fields["policy"] = DropDown(
                label="Should a policy be looked at because of this?",
                blank="No",
                choices=[(str(one.policy_id), one.title) for one in policies],
                required=False,
                help_text="Those who lead reviews see that you ask, and nothing of this case.",
            )

    def said(self) -> dict[str, Any]:
        """What was filled in, for the action."""
        said = dict(self.cleaned_data)
        policy = self.policies.get(said.pop("policy", ""))
        return said | ({"policy": policy} if policy else {})


class StartProcedureForm(Form):
    procedure = Choice(label="Which procedure?", missing="Choose a procedure.")
    reason = Words(label="Why?", missing="Write why it is followed.", rows=3)

    def __init__(self, typed: QueryDict | None, *, case: Case) -> None:
        super().__init__(typed)
        under_way = {run.definition_id for run in case.runs if not run.set_aside}
        field = self.fields["procedure"]
        if isinstance(field, Choice):
            further = [
                one
                for one in definitions().values()
                if one.id not in under_way and may_follow(one, case.record_class)
            ]
            field.choices = titles(further)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"definition": definitions()[data["procedure"]], "reason": data["reason"]}


class TechnicalForm(Form):
    text = Words(
        label="What did you do?",
        missing="Write what you did.",
        help_text="Which device, account or address, and how. Nothing about what was on it.",
        rows=3,
    )

    def __init__(self, typed: QueryDict | None, *, questions: Sequence[Question] = ()) -> None:
        super().__init__(typed)
        self.asked = questions
        for question in questions:
            self.fields[question.id] = Choice(
                label=question.ask,
                help_text=question.hint or "",
                choices=YES_NO,
                missing=f"Answer yes or no: {question.ask}",
            )
        self.order_fields([*(question.id for question in questions), "text"])

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        answers = {question.id: data[question.id] == "yes" for question in self.asked}
        return {"text": data["text"], "answers": answers}


class ActionDoneForm(Form):
    note = Words(label="What was done?", missing="Write what was done.", rows=3)
