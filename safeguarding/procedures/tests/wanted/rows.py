"""The shape of what is wanted of one procedure."""

from dataclasses import dataclass, field

Waits = tuple[set[str], set[str]]  # earlier steps, and answers that have to be yes


@dataclass(frozen=True)
class Wanted:
    """By whom each step is done and what is needed of it, in order; and what goes with the steps.

    "when a, b else c": a must when a or b is answered yes, otherwise c.
    """

    record_class: str
    steps: dict[str, str]
    never: set[str]
    serves: set[str]
    imagery: bool = False
    at_once: list[str] = field(default_factory=list)
    rules: dict[str, str] = field(default_factory=dict)
    waits: dict[str, Waits] = field(default_factory=dict)
    starts: dict[str, list[str]] = field(default_factory=dict)
    apart: dict[str, list[str]] = field(default_factory=dict)
    outcomes: dict[str, set[str]] = field(default_factory=dict)


# What every procedure says about telling another setting, and how it ends.
OTHER_SETTING = "when other-setting else not_needed"


def other_setting(by: str) -> dict[str, str]:
    """The two steps without which nobody outside hears of it."""
    return {
        "advice-other-setting": f"{by}: {OTHER_SETTING}",
        "tell-other-setting": f"{by}: {OTHER_SETTING}",
    }


TOGETHER = {"work-together": "lead: if_appropriate", "review": "leadership: must"}
TOGETHER_ABOUT_AN_ADULT = {
    "work-together": "manager: if_appropriate",
    "review": "leadership: must",
}
# When the LADO has agreed, and not before, somebody is asked.
LADO_FIRST: Waits = ({"check-lado"}, {"lado-agrees"})
POLICE_FIRST: Waits = ({"check-release"}, {"police-said"})
