"""What the pages know while the records are closed: the settings, and whom to call outside.

Written in clear into the data folder while the records are open. It holds what stands on the poster at
the door and in the directory for everybody, and nothing else.
"""

import json
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from foundation import durable

NAME = "while-closed.json"


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Line(Part):
    """Somebody to call."""

    name: str
    number: str
    href: str
    when: str


class Place(Part):
    """One setting, as everybody may know it."""

    slug: str
    name: str
    outside: tuple[Line, ...] = Field(strict=False)
    beside: tuple[Line, ...] = Field(strict=False)


class Around(Part):
    version: Literal[1] = 1
    places: tuple[Place, ...] = Field(default=(), strict=False)

    def place(self, slug: str) -> Place | None:
        """The setting with this address; without one, the only setting there is."""
        if not slug and len(self.places) == 1:
            return self.places[0]
        return next((one for one in self.places if one.slug == slug), None)


def read(data: Path) -> Around:
    """What was written last. Nothing where it is missing or damaged: then the national lines stand."""
    try:
        return Around.model_validate_json((data / NAME).read_bytes())
    except (OSError, ValidationError):
        return Around()


def write(data: Path, around: Around) -> None:
    """Write it, if it says something new."""
    content = json.dumps(around.model_dump(mode="json"), indent=1).encode()
    place = data / NAME
    if not place.is_file() or place.read_bytes() != content:
        durable.write(place, content)
