"""The lists a new setting starts with: one for England, and one for each area that has its own."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from foundation import strict_yaml

FOLDER = Path(__file__).parent / "defaults"
ELSEWHERE = "england"
Words = Annotated[str, StringConstraints(min_length=3, max_length=300)]
Link = Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$")]


class Default(BaseModel):
    """One entry of a list. Nothing in it says that it was checked: only a person does that."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$", max_length=60)]
    name: Words
    kind: Literal["emergency", "report", "advice", "support", "information"]
    audience: Annotated[tuple[Literal["setting", "parent", "child"], ...], Field(min_length=1)]
    level: Literal["internal", "local", "national"]
    phone: str = ""
    email: str = ""
    link: Link = ""
    hours: str = ""
    when_to_use: Words
    source: Words
    takes_referrals: bool = False
    superseded_by: str = ""


@cache
def defaults(area: str) -> dict[str, Default]:
    """The list for an area by slug: England's, with the area's own entries in their place."""
    found = {one.slug: one for one in _read(ELSEWHERE)}
    if area in areas():
        found |= {one.slug: one for one in _read(area)}
    return found


def areas() -> frozenset[str]:
    """The areas that have a list of their own."""
    return frozenset(path.stem for path in FOLDER.glob("*.yaml"))


def choices() -> list[tuple[str, str]]:
    """Where a setting may be, by name, and last where there is no list but England's."""
    own = sorted(areas() - {ELSEWHERE})
    return [
        *((one, one.replace("-", " ").title()) for one in own),
        (ELSEWHERE, "Elsewhere in England"),
    ]


def _read(area: str) -> list[Default]:
    return strict_yaml.read(FOLDER / f"{area}.yaml", TypeAdapter(list[Default]))
