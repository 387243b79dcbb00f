"""What is added to a report about an adult may say who it was. Only actions use it."""

import re

from safeguarding.audit.trail import System, record
from safeguarding.concerns import seals
from safeguarding.concerns.adults import AdultsHere
from safeguarding.concerns.models import Case, Concern, Involvement
from safeguarding.people.models import Member
from safeguarding.people.roles import CONFIRMS

from ._leading import keep_in_hands
from ._telling import tell_the_next

WHY = "told because somebody who was told is mentioned in what was added"
ALLEGED = Involvement.Part.ALLEGED
# Whoever is greeted or thanked is written to and not about: "Dear Ms Okafor," or "Thank you Dana for it",
# and not "Hello, Dana slapped him".
GREETED = re.compile(
    r"\b(dear|hi|hello|hey|thanks|thank you)[\s,]+((mr|mrs|ms|miss|dr)\b\.?\s+)?\w+((?-i:\s+[A-Z])[\w-]*)?"
    r"(?=\s*([,.!\n]|$|for\b|so much\b|again\b))",
    re.IGNORECASE,
)


def shut_out_whom_it_mentions(concern: Concern, text: str, by: System) -> None:
    """Shut out whoever might be told and is mentioned, before a word of it is kept or told (R10).

    In full, always; by a part of their name, while nobody here is known to be meant.
    """
    if concern.record_class != "C3":
        return
    known = set(
        concern.involvements.filter(part=ALLEGED, member__isnull=False).values_list(
            "member", flat=True
        )
    )
    mentioned = [one for one in _mentioned(concern, text, known) if one.pk not in known]
    if not mentioned:
        return
    for one in mentioned:
        named = Involvement.objects.create(
            setting=concern.setting, concern=concern, part=ALLEGED, member=one
        )
        record("concern.person_named", concern, by=by, involvement=str(named.pk))
    seals.close_to(concern)
    tell_the_next(concern, WHY)
    for case in Case.objects.filter(gathered__concern=concern):
        seals.close_to(case)
        keep_in_hands(case)


def _mentioned(concern: Concern, text: str, known: object) -> list[Member]:
    here, said = AdultsHere(concern.setting), GREETED.sub(" ", text)
    meant = here.fully_named_in(said) if known else here.mentioned_in(said)
    return [one for one in meant if one.roles & CONFIRMS]
