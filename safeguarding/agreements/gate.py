"""Who has to sign before they go on: asked with the member, so that no page asks once more (ADR 0036)."""

from datetime import date, datetime
from pathlib import Path

from django.db.models import Case, CharField, Exists, OuterRef, Q, Value, When
from django.db.models.expressions import BaseExpression
from pydantic import TypeAdapter

from foundation import strict_yaml
from safeguarding.people.asked import asked_with_member
from safeguarding.people.models import Member

from .audiences import SIGN
from .models import Agreement, Extension, Signature
from .models.agreements import SignatureQuerySet

OPEN: dict[str, str] = strict_yaml.read(
    Path(__file__).with_name("gate.yaml"), TypeAdapter(dict[str, str])
)


@asked_with_member("agreement_audience")
def audience(_on: date, _at: datetime) -> BaseExpression:
    """The agreement that a role asks for; empty where it asks for none."""
    whens = [When(role__in=sorted(who), then=Value(one.value)) for one, who in SIGN.items() if who]
    return Case(*whens, default=Value(""), output_field=CharField())


@asked_with_member("owes_agreement")
def owes(on: date, _at: datetime) -> Q:
    """Whether the agreement of this role is in force and is not, or no longer, signed by its holder.

    The same as `standing.state_of`, as the database works it out.
    """
    begun = Agreement.objects.filter(
        setting=OuterRef("setting"),
        audience=OuterRef("agreement_audience"),
        published__in_force_from__lte=on,
    )
    return Q(Exists(begun), ~Exists(_newest_answers().counting(on)))


@asked_with_member("goes_on_unsigned")
def goes_on(_on: date, at: datetime) -> Q:
    """Whether the holder of this role goes on with cases for a few days, and these still run.

    A no, or a yes taken back, ends these days at once: they are for whoever has not come to it yet.
    """
    running = Extension.objects.filter(
        member=OuterRef("member"),
        agreement__audience=OuterRef("agreement_audience"),
        until__gt=at,
    )
    said_no = _newest_answers().exclude(answer=Signature.Answer.ACCEPTED)
    return Q(Exists(running), ~Exists(said_no))


def _newest_answers() -> SignatureQuerySet:
    """What the holder of a role last answered to the agreement that the role asks for."""
    return Signature.objects.newest().filter(
        member=OuterRef("member"), audience=OuterRef("agreement_audience")
    )


def is_shut(member: Member) -> bool:
    """Whether what this member does not sign shuts all but reporting, as their request was begun."""
    return any(
        getattr(held, "owes_agreement", False) and not held.goes_on_unsigned
        for held in getattr(member, "current_roles", ())
    )


def owes_but_goes_on(member: Member) -> bool:
    """Whether they go on for these days though something is not signed."""
    rows = getattr(member, "current_roles", ())
    owing = any(getattr(held, "owes_agreement", False) for held in rows)
    return owing and not is_shut(member)
