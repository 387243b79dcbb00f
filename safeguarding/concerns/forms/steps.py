"""The form of each kind of step."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from foundation.forms import Choice, DropDown, Form, Line, UKDate, Words
from foundation.rows import MOST, Rows
from safeguarding.concerns.models import Case
from safeguarding.concerns.permissions import is_shut_out_of_case
from safeguarding.people.models import Member
from safeguarding.people.one_person import is_one_name, is_one_person
from safeguarding.people.roles import LEADERSHIP
from safeguarding.policies.models import PolicyVersion
from safeguarding.procedures.engine import StepState
from safeguarding.procedures.schema import Definition

from .casework import (
    CaseForm,
    DecisionForm,
    ParentsInformedForm,
    ReferralForm,
    SupportForm,
    WhenForm,
)
from .custody import CustodyStepForm
from .people import Roster

YES_NO = [("yes", "Yes"), ("no", "No")]


class NoteForm(WhenForm):
    text = Words(label="What was done?", missing="Write what was done.")
    field_order = ["text", "on", "at"]


class DetailsForm(WhenForm):
    """Several questions whose answers are kept under their own headings."""

    asked: tuple[str, ...] = ()

    def values(self) -> dict[str, Any]:
        data = super().values()
        details = [(str(self.fields[one].label), str(data.pop(one) or "")) for one in self.asked]
        return {**data, "details": [pair for pair in details if pair[1]]}


class AdviceForm(DetailsForm):
    agency = Line(
        label="Who gave the advice?", missing="Write which agency gave the advice.", most=160
    )
    person = Line(label="Whom did you speak to?", required=False, most=160)
    text = Words(label="What did they say?", missing="Write what they said.")
    asked = ("agency", "person")
    field_order = ["agency", "person", "text", "on", "at"]


class RiskAssessmentForm(DetailsForm):
    vulnerability = Words(
        label="What makes each child involved vulnerable?",
        missing="Write what makes each child vulnerable, or that nothing is known.",
        rows=4,
    )
    checks = Words(
        label="What did other agencies know?",
        missing="Write which agencies were asked and what they knew.",
        rows=3,
    )
    text = Words(
        label="What is the risk now, and what lowers it?",
        missing="Write what the risk is now.",
        rows=4,
    )
    asked = ("vulnerability", "checks")
    field_order = ["vulnerability", "checks", "text", "on", "at"]


class ContainmentForm(DetailsForm):
    done_by = Line(label="Who did it?", missing="Write who did it.")
    text = Words(
        label="What was done?",
        missing="Write what was done.",
        help_text="Only what was done and where. Nothing about a picture.",
        rows=3,
    )
    asked = ("done_by",)
    field_order = ["done_by", "text", "on", "at"]


class ViewingForm(DetailsForm):
    second_person = DropDown(
        label="Which second senior person was present?",
        missing="Choose the second senior person who was present.",
    )
    text = Words(
        label="Why was there no other way?",
        missing="Write why there was no other way.",
        help_text="Do not describe the picture. Nothing may be copied, shared, saved or printed.",
    )
    asked = ("second_person",)
    field_order = ["second_person", "text", "on", "at"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leadership = self.member.setting.holding(LEADERSHIP, timezone.localdate())
        others = [
            adult.display_name
            for adult in leadership.select_related("user")
            if not is_one_person(adult, self.member) and not is_shut_out_of_case(adult, self.case)
        ]
        field = self.fields["second_person"]
        if isinstance(field, DropDown):
            field.choices = [("", "Choose one"), *((name, name) for name in others)]


class DeletionForm(DetailsForm):
    deleted_by = Line(
        label="Who deleted it?",
        missing="Write who deleted it.",
        help_text="On a device of somebody’s own only they do it, never a member of staff.",
    )
    witness = Line(label="Who saw that it was done?", missing="Write who saw that it was done.")
    text = Words(
        label="From where was it deleted?", missing="Write from where it was deleted.", rows=3
    )
    asked = ("deleted_by", "witness")
    field_order = ["deleted_by", "witness", "text", "on", "at"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if is_one_name(data.get("deleted_by") or "", data.get("witness") or ""):
            self.add_error("witness", "Write who else was there: two people know that it is gone.")
        return data


class AnswersForm(CaseForm):
    """Yes or no to each question of a step, and room for a note."""

    text = Words(label="Anything to add", required=False, rows=3)

    def __init__(
        self, typed: QueryDict | None, *, definition: Definition, state: StepState, **kwargs: Any
    ) -> None:
        super().__init__(typed, **kwargs)
        questions = {question.id: question for question in definition.questions}
        self.asked = [questions[one] for one in state.step.asks]
        for question in self.asked:
            self.fields[question.id] = Choice(
                label=question.ask,
                help_text=question.hint or "",
                choices=YES_NO,
                missing=f"Answer yes or no: {question.ask}",
            )
        self.order_fields([*state.step.asks, "text"])

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        answers = {question.id: data[question.id] == "yes" for question in self.asked}
        return {"answers": answers, "text": data["text"]}


class OutcomeForm(WhenForm):
    """One of the outcomes that the procedure names, and the reasons for it."""

    option = Choice(label="What was the outcome?", missing="Choose the outcome.")
    reasons = Words(
        label="Why?", missing="Give the reasons. They matter most for a decision not to act."
    )
    field_order = ["option", "reasons", "on", "at"]

    def __init__(self, typed: QueryDict | None, *, state: StepState, **kwargs: Any) -> None:
        super().__init__(typed, **kwargs)
        field = self.fields["option"]
        if isinstance(field, Choice):
            field.choices = [(one.id, one.says) for one in state.step.options]


class ActionForm(Form):
    text = Line(label="What should change?", required=False)
    owner = DropDown(label="Who does it?", required=False)
    due_on = UKDate(label="By when?", required=False)

    def __init__(self, *args: Any, roster: Roster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roster = roster
        field = self.fields["owner"]
        if isinstance(field, DropDown):
            field.choices = [("", "Choose one"), *roster.adult_choices]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        filled = [bool(data.get(name)) for name in ("text", "owner", "due_on")]
        if any(filled) and not all(filled) and not self.errors:
            self.add_error("text", "An action needs what, who and by when.")
        if data.get("due_on") and data["due_on"] < timezone.localdate():
            self.add_error("due_on", "That day is over. Choose today or a later day.")
        return data


ActionForms = forms.formset_factory(ActionForm, extra=3, max_num=MOST, absolute_max=MOST)


def policies_to_look_at(member: Member, case: Case) -> list[PolicyVersion]:
    """The policies in force, for the question whether one should change; none on an allegation."""
    if case.record_class == "C3":
        return []
    in_use = PolicyVersion.objects.readable_by(member).in_force()
    return list(in_use.select_related("policy").order_by("title"))


class ReviewForm(CaseForm):
    """How it was handled, what was learnt, and the actions that follow."""

    text = Words(
        label="How was it handled, and what did we learn?",
        missing="Write how it was handled and what was learnt.",
        help_text="Did policies, training or filtering need to change? Who was told?",
        rows=8,
    )

    def __init__(self, typed: QueryDict | None, **kwargs: Any) -> None:
        super().__init__(typed, **kwargs)
        self.policies = policies_to_look_at(self.member, self.case)
        if self.policies:
            self.fields["policy"] = DropDown(
                label="Should a policy change?",
                blank="No",
                choices=[(str(one.policy_id), one.title) for one in self.policies],
                required=False,
                help_text="Those who lead reviews are prompted to look at it, if they may read this case.",
            )
        self.roster = Roster(self.member)
        self.actions = ActionForms(
            typed if typed and "actions-TOTAL_FORMS" in typed else None,
            prefix="actions",
            form_kwargs={"roster": self.roster},
        )

    def is_valid(self) -> bool:
        actions = not self.actions.is_bound or self.actions.is_valid()
        if not actions and self.is_bound:
            self.add_error(None, "Look again at the actions: something there is not complete.")
        return super().is_valid() and actions

    def rows_within(self) -> Rows:
        return [("Action", self.actions)]

    def values(self) -> dict[str, Any]:
        rows = [row.cleaned_data for row in self.actions.forms] if self.actions.is_bound else []
        chosen = self.cleaned_data.get("policy")
        policies = {str(one.policy_id): one.policy for one in self.policies}
        return {
            "text": self.cleaned_data["text"],
            "policy": policies.get(chosen or ""),
            "actions": [
                (row["text"], self.roster.adults[row["owner"]], row["due_on"])
                for row in rows
                if row.get("text")
            ],
        }


class LeaveOutForm(CaseForm):
    reason = Words(label="Why?", missing="Give the reason. It is part of the record.", rows=3)


FORMS: dict[str, type[CaseForm]] = {
    "note": NoteForm,
    "decision": DecisionForm,
    "referral": ReferralForm,
    "advice": AdviceForm,
    "parents_informed": ParentsInformedForm,
    "support": SupportForm,
    "risk_assessment": RiskAssessmentForm,
    "custody": CustodyStepForm,
    "containment": ContainmentForm,
    "viewing": ViewingForm,
    "deletion": DeletionForm,
    "review": ReviewForm,
}


def form_for(
    state: StepState, typed: QueryDict | None, *, definition: Definition, case: Case, member: Member
) -> CaseForm:
    """The form that records this step."""
    if state.step.records == "answers":
        return AnswersForm(typed, definition=definition, state=state, case=case, member=member)
    if state.step.records == "outcome":
        return OutcomeForm(typed, state=state, case=case, member=member)
    if state.step.records == "referral":
        return ReferralForm(typed, only=state.step.to, case=case, member=member)
    return FORMS[state.step.records](typed, case=case, member=member)
