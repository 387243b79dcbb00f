"""What a report can be about: the definitions' own words, and the class each gives a record."""

from collections.abc import Iterable

from safeguarding.procedures.library import definitions
from safeguarding.procedures.schema import Definition, Group

OTHER = "other"
ALLEGATION, LOW_LEVEL = "allegation", "low-level-concern"
OTHER_AS = "Something else that worries me"
FALLBACK = "welfare-concern"  # the procedure for whatever has none of its own
LAST = "None of these"
# The headings under which kinds are offered, in this order.
GROUPS: dict[Group, str] = {
    "device": "A screen, telephone or device",
    "child": "A child and the internet",
    "message": "Messages and posts",
    "picture": "Sexual pictures of children",
    "us": "Our information and contacts",
    "adult": "An adult who works or helps here",
}
GUARD = {"C1": 1, "C2": 2, "C4": 3, "C3": 4}  # how closely each class is guarded


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Id and plain words of each kind under its heading, the most common first; "something else" last."""
    others = grouped([one for one in definitions().values() if one.id != FALLBACK])
    kinds = [
        (heading, [(one.id, one.report_as) for one in members if one.report_as])
        for heading, members in others
    ]
    last = (LAST, [(FALLBACK, in_words(FALLBACK)), (OTHER, OTHER_AS)])
    return [(heading, members) for heading, members in kinds if members] + [last]


def grouped(offered: Iterable[Definition]) -> list[tuple[str, list[Definition]]]:
    """Procedures under their headings, as forms list them. Without headings that hold none."""
    in_order = sorted(offered, key=lambda one: (one.order, one.title))
    found = [
        (heading, [one for one in in_order if one.group == group])
        for group, heading in GROUPS.items()
    ]
    return [(heading, members) for heading, members in found if members]


def definition_of(kind: str) -> Definition:
    """The procedure that a kind of report starts with."""
    return definitions().get(kind) or definitions()[FALLBACK]


def procedure_for(kind: str, record_class: str) -> str:
    """The procedure that a report most likely needs: about an adult here, the one for allegations."""
    definition = definition_of(kind)
    if record_class == "C3" and definition.record_class != "C3":
        return ALLEGATION
    return definition.id


def sheets() -> list[tuple[str, list[tuple[str, str]]]]:
    """The sheets of what to do first, under the headings of the form and in its words."""
    return [
        (heading, [(one, says) for one, says in members if one in definitions()])
        for heading, members in choices()
    ]


def in_words(kind: str) -> str:
    """What the reporter chose, in the words they saw."""
    chosen = definitions().get(kind)
    return (chosen.report_as or chosen.title) if chosen else OTHER_AS


def class_of(kind: str, *, about_an_adult_here: bool) -> str:
    """The class a report has from the moment it is sent: who may read it follows from this."""
    return "C3" if about_an_adult_here else definition_of(kind).record_class


def is_looser(record_class: str, than: str) -> bool:
    """Whether a class is guarded less closely than another."""
    return GUARD[record_class] < GUARD[than]


def is_about_an_adult(kind: str) -> bool:
    """Whether a report of this kind is about something that an adult here did."""
    return definition_of(kind).group == "adult"


def is_imagery(kind: str) -> bool:
    """Whether it may involve an indecent image of a child."""
    return definition_of(kind).imagery


def of_pictures() -> list[str]:
    """Every kind that may involve one."""
    return [one.id for one in definitions().values() if one.imagery]
