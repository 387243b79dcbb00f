"""What is added to a report may say who it was. Only actions use it."""

import re

from safeguarding.audit.trail import System, record
from safeguarding.concerns import seals
from safeguarding.concerns.adults import AdultsHere
from safeguarding.concerns.children_named import children_named_in
from safeguarding.concerns.models import Case, Concern, Involvement
from safeguarding.concerns.report import Person
from safeguarding.people.roles import CONFIRMS

from ._leading import keep_in_hands
from ._telling import tell_the_next

WHY = "told because somebody who was told is mentioned in what was added"
ALLEGED, HARMED = Involvement.Part.ALLEGED, Involvement.Part.HARMED
# Whoever is greeted or thanked is written to and not about: "Dear Ms Okafor," or "Thank you Dana for it",
# and not "Hello, Dana slapped him".
GREETED = re.compile(
    r"\b(dear|hi|hello|hey|thanks|thank you)[\s,]+((mr|mrs|ms|miss|dr)\b\.?\s+)?\w+((?-i:\s+[A-Z])[\w-]*)?"
    r"(?=\s*([,.!\n]|$|for\b|so much\b|again\b))",
    re.IGNORECASE,
)


def shut_out_whom_it_mentions(concern: Concern, text: str, by: System) -> None:
    """Shut out whoever might be told and is mentioned, before a word of it is kept or told (R10).

    In full, always; by a part of their name, while nobody here is known to be meant. A child somebody
    here is close to, in full, also where it is about no adult.
    """
    people = [*_adults(concern, text), *_children(concern, text)]
    if not people:
        return
    for one in people:
        named = Involvement.objects.create(
            setting=concern.setting, concern=concern, **one.as_columns()
        )
        record("concern.person_named", concern, by=by, involvement=str(named.pk))
    seals.close_to(concern)
    if concern.record_class == "C3" or Concern.objects.waiting().filter(pk=concern.pk).exists():
        tell_the_next(concern, WHY)
    for case in Case.objects.filter(gathered__concern=concern):
        seals.close_to(case)
        keep_in_hands(case)


def _adults(concern: Concern, text: str) -> list[Person]:
    if concern.record_class != "C3":
        return []
    named = concern.involvements.filter(part=ALLEGED, member__isnull=False)
    known = set(named.values_list("member", flat=True))
    here, said = AdultsHere(concern.setting), GREETED.sub(" ", text)
    meant = here.fully_named_in(said) if known else here.mentioned_in(said)
    those = [one for one in meant if one.roles & CONFIRMS and one.pk not in known]
    return [Person(ALLEGED, member=one) for one in those]


def _children(concern: Concern, text: str) -> list[Person]:
    known = set(concern.involvements.values_list("child", flat=True))
    named = children_named_in(text, concern.setting)
    return [Person(HARMED, child=one) for one in named if one.pk not in known]
