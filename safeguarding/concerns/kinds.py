"""What a report can be about: the definitions' own words, and the class each gives a record."""

from safeguarding.procedures.library import definitions
from safeguarding.procedures.schema import Definition

OTHER = "other"
ALLEGATION, LOW_LEVEL = "allegation", "low-level-concern"
OTHER_AS = "Something else that worries me"
FALLBACK = "welfare-concern"  # the procedure for whatever has none of its own
GUARD = {"C1": 1, "C2": 2, "C4": 3, "C3": 4}  # how closely each class is guarded


def choices() -> list[tuple[str, str]]:
    """Id and plain words of each kind: children first, then adults here, with "something else" last."""
    found = [one for one in definitions().values() if one.id != FALLBACK]
    found.sort(key=lambda one: one.record_class == "C3")
    kinds = [(one.id, one.report_as) for one in found]
    return [*kinds, (FALLBACK, definitions()[FALLBACK].report_as), (OTHER, OTHER_AS)]


def definition_of(kind: str) -> Definition:
    """The procedure that a kind of report starts with."""
    return definitions().get(kind) or definitions()[FALLBACK]


def procedure_for(kind: str, record_class: str) -> str:
    """The procedure that a report most likely needs: about an adult here, the one for allegations."""
    definition = definition_of(kind)
    if record_class == "C3" and definition.record_class != "C3":
        return ALLEGATION
    return definition.id


def in_words(kind: str) -> str:
    """What the reporter chose, in the words they saw."""
    return dict(choices()).get(kind, OTHER_AS)


def class_of(kind: str, *, about_an_adult_here: bool) -> str:
    """The class a report has from the moment it is sent: who may read it follows from this."""
    return "C3" if about_an_adult_here else definition_of(kind).record_class


def is_looser(record_class: str, than: str) -> bool:
    """Whether a class is guarded less closely than another."""
    return GUARD[record_class] < GUARD[than]


def is_imagery(kind: str) -> bool:
    """Whether it may involve an indecent image of a child."""
    return definition_of(kind).imagery
