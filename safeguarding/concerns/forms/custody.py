"""Devices in custody: taking one, handing it on, what the police said, why it is kept."""

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from foundation.forms import Choice, DropDown, Form, Line, UKDate, Words, YesBox
from safeguarding.concerns.actions import Device, Receiver
from safeguarding.concerns.deadlines import those_who_lead
from safeguarding.concerns.models import Case, CustodyItem, Offer
from safeguarding.concerns.permissions import is_shut_out_of_case, may_lead
from safeguarding.people import access
from safeguarding.people.models import Member
from safeguarding.people.roles import STAFF

from .casework import WhenForm, moment

PLACE = "Where will it be locked away?"


WHEN_IT_CAME = (
    "Write at about what time it came to you. The record of a device has no hour left open."
)


TWO_ANSWERS = (
    "You chose a device that is with us already, and also wrote what it is or where. Choose “No, it comes to "
    "us now”, or empty those boxes: what changed since stands on the page of its number."
)


class CustodyForm(WhenForm):
    """Whoever sends this has the device now."""

    what = Line(
        label="Which device?",
        missing="Write which device it is.",
        most=200,
        help_text="Do not switch it on, unlock it or look through it.",
    )
    whose = Choice(
        label="Whose is it?",
        choices=CustodyItem.Whose.choices,
        missing="Say whose device it is.",
    )
    owner = Line(label="Their name, if you know it", required=False, most=160)
    taken_from = Line(
        label="Who handed it to you, or where was it found?",
        missing="Write who handed it to you, or where it was found.",
        most=200,
    )
    place = Line(
        label="Where is it locked away?",
        missing="Write where the device is locked away.",
        most=200,
        help_text="Technical staff see this place. Do not write anything about the case here.",
    )
    seal = Line(label="Bag or seal number", required=False, most=60, width=20)
    text = Words(label="Anything else about how you got it", required=False, rows=3)
    quarantine = YesBox(
        label="Keep it in quarantine until the police advise",
        help_text="In a case about pictures this is always so.",
        required=False,
    )
    field_order = [
        *("what", "whose", "owner", "taken_from", "place", "seal", "text", "quarantine"),
        *("on", "at"),
    ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        on, is_known = data.get("on"), data.get("already")
        if on and not is_known and on != timezone.localdate() and not data.get("at"):
            self.add_error("at", WHEN_IT_CAME)
        return data

    def values(self) -> dict[str, Any]:
        data = super().values()
        # From when to when somebody had a device is told to the minute: today without a time is now.
        if not isinstance(data["happened_at"], datetime):
            data["happened_at"] = None
        device = {name: data.pop(name) for name in ("what", "whose", "owner", "taken_from")}
        return {**data, "device": Device(**device)}


class DescribeForm(Form):
    """What a device is in truth, where it was described wrongly."""

    what = Line(label="Which device is it?", missing="Write which device it is.", most=200)
    whose = Choice(
        label="Whose is it?", choices=CustodyItem.Whose.choices, missing="Say whose device it is."
    )
    owner = Line(label="Their name, if you know it", required=False, most=160)
    taken_from = Line(
        label="Who handed it in, or where was it found?",
        missing="Write who handed it in, or where it was found.",
        most=200,
    )
    seal = Line(
        label="Bag or seal number, if that was written wrongly",
        required=False,
        most=60,
        width=20,
        help_text="Of the bag it is in now. Everybody who sees the device sees this. Leave it empty if "
        "its log is right.",
    )
    reason = Words(
        label="Why is it put right?",
        missing="Write why it is put right. For example: the name on the back was misread.",
        rows=3,
    )
    DEVICE = ("what", "whose", "owner", "taken_from")

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return {"device": Device(**{name: data.pop(name) for name in self.DEVICE}), **data}


class CustodyStepForm(CustodyForm):
    """A step of a procedure about a device, which may be in our custody since an earlier step."""

    field_order = ["already", *CustodyForm.field_order]
    OF_A_NEW_ONE = ("what", "whose", "owner", "taken_from", "place", "seal")

    def __init__(self, typed: QueryDict | None, **kwargs: Any) -> None:
        super().__init__(typed, **kwargs)
        found = CustodyItem.objects.of(self.case).in_custody()
        self.items = {str(one.pk): one for one in found}
        if self.items:
            self.fields["already"] = DropDown(
                label="Is it a device that is in our custody already?",
                blank="No, it comes to us now",
                choices=[
                    (pk, f"{one.number}: {one.described.what}") for pk, one in self.items.items()
                ],
                required=False,
                help_text="Then you need not say again what it is and where: its number and its log go on.",
            )
            self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("already"):
            for name in self.OF_A_NEW_ONE:
                self.errors.pop(name, None)
            if any(data.get(name) for name in self.OF_A_NEW_ONE):
                self.add_error("already", TWO_ANSWERS)
        return data

    def values(self) -> dict[str, Any]:
        item = self.items.get(self.cleaned_data.pop("already", ""))
        if item is None:
            return super().values()
        said = WhenForm.values(self)
        kept = ("text", "happened_at", "quarantine")
        return {"item": item, **{name: said[name] for name in kept}}


class HandOverForm(Form):
    """To whom, and who is the second person: the receiver; or for somebody outside, a witness."""

    purpose = Choice(
        label="To whom does it go?",
        choices=Offer.Purpose.choices,
        hints={
            "keep": "They say yes while signed in as themselves.",
            "police": "A second person here sees it and says so.",
            "owner": "Not while it is in quarantine. A second person here sees it and says so.",
        },
        missing="Say to whom it goes.",
    )
    to = DropDown(label="To somebody here: who?", required=False)
    name = Line(label="To somebody outside: their name", required=False, most=160)
    organisation = Line(
        label="Where are they from?",
        required=False,
        most=160,
        help_text="For example: Kent Police, or the child’s mother",
    )
    number = Line(label="Collar or staff number", required=False, most=60, width=20)
    witness = DropDown(label="Who of us sees it handed over?", required=False)
    place = Line(label=PLACE, missing="Write where it will be.", most=200)
    seal = Line(label="Bag or seal number", required=False, most=60, width=20)
    why = Line(
        label="Why does whoever has it not hand it over themselves?", required=False, most=300
    )

    def __init__(self, typed: QueryDict | None, *, item: CustodyItem, member: Member) -> None:
        super().__init__(typed)
        self.adults = {str(one.pk): one for one in _second_people(item, member)}
        keeps = {pk: one for pk, one in self.adults.items() if access.scopes(one.roles, "C5", "L")}
        for name, people in (("to", keeps), ("witness", self.adults)):
            field = self.fields[name]
            if isinstance(field, DropDown):
                names = [(pk, one.display_name) for pk, one in people.items()]
                field.choices = [("", "Choose a person"), *names]
        if item.now.holder_id == member.pk:
            del self.fields["why"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("purpose") == "keep":
            self._ask_for(data, to="Choose who receives it.")
        elif data.get("purpose"):
            self._ask_for(
                data,
                name="Write the name of whoever takes it.",
                organisation="Write where they are from.",
                witness="Choose who of us sees it handed over.",
            )
        if data.get("purpose") == "police":
            self._ask_for(data, number="Write the officer’s collar or staff number.")
        if "why" in self.fields:
            self._ask_for(data, why="Write why they cannot hand it over themselves.")
        return data

    def _ask_for(self, data: dict[str, Any], **missing: str) -> None:
        for name, sentence in missing.items():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, sentence)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        kept = {"place": data["place"], "seal": data["seal"], "why": data.get("why", "")}
        if data["purpose"] == "keep":
            return {**kept, "receiver": Receiver(to=self.adults[data["to"]])}
        receiver = Receiver(
            purpose=data["purpose"],
            name=data["name"],
            organisation=data["organisation"],
            number=data["number"],
            witness=self.adults[data["witness"]],
        )
        return {**kept, "receiver": receiver}


class AnswerOfferForm(Form):
    answer = Choice(
        label="Did this happen?",
        choices=[("yes", "Yes, just as it says here"), ("no", "No, or something is not right")],
        missing="Say whether this happened.",
    )
    reason = Line(label="If not: what is not right?", required=False, most=300)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("answer") == "no" and not data.get("reason"):
            self.add_error("reason", "Write what is not right, so that it can be put right.")
        return data


class AdviceLiftsForm(Form):
    """Only the police lift a quarantine: who said so, and how it can be found again."""

    officer = Line(label="Which officer advised it?", missing="Write the officer’s name.", most=160)
    force = Line(label="Police force", missing="Write the police force.", most=160)
    reference = Line(
        label="Their reference", missing="Write the police reference.", most=80, width=20
    )
    advice = Words(label="What did they say?", missing="Write what they said.", rows=4)
    on = UKDate(label="When did they say it?", not_future=True, initial=timezone.localdate)

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        day = data.pop("on")
        return {**data, "advised_at": moment(day, None)}


class KeepOnForm(Form):
    reason = Words(label="Why does it stay here?", missing="Write why it stays here.", rows=3)
    look_again_on = UKDate(label="When do you look at this again?")


class DestroyedForm(Form):
    officer = Line(label="Which officer said so?", missing="Write the officer’s name.", most=160)
    reference = Line(
        label="Their reference", missing="Write the police reference.", most=80, width=20
    )
    text = Words(label="What happened to it?", missing="Write what happened to it.", rows=3)


def _second_people(item: CustodyItem, member: Member) -> list[Member]:
    """Whom a giver may choose. Technical staff choose among those who lead the case and were let in.

    They know nothing of the case, so that a name left out must tell them nothing either.
    """
    today = timezone.localdate()
    case = item.case
    if Case.objects.readable_by(member).filter(pk=case.pk).exists():
        found = member.setting.holding(STAFF, today).with_roles(today)
        return [one for one in found if one.pk != member.pk]
    listed = case.need_to_know.current(today).values("member")
    found = member.setting.holding(STAFF, today).with_roles(today).filter(pk__in=listed)
    leading = [one for one in found if may_lead(one, case)]
    # Where nobody of the list is left, those who lead it by their role: a device is never stuck.
    able = [one for one in leading if not is_shut_out_of_case(one, case)] or those_who_lead(case)
    return [one for one in able if one.pk != member.pk]
