"""The kinds of access there are, what each rests on, and what to do in the world when it ends."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter

from foundation import strict_yaml
from safeguarding.agreements.audiences import SIGN, Audience
from safeguarding.people.roles import Role

Words = Annotated[str, StringConstraints(min_length=3, max_length=200)]


class AccessKind(BaseModel):
    """One kind. `sign` is an agreement, or `role`: whichever the person's roles ask for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Words
    sign: Literal["role", "social_media"]
    roles: frozenset[Role] = frozenset()
    training: bool = False
    carer: bool = False  # it is theirs because of a child they care for
    two_people: bool = False
    named: bool = False  # whoever gives it has to say what it is
    switch_off: Words
    by: Literal["manager", "technical"]

    @property
    def holders(self) -> frozenset[Role]:
        """The roles of which one is needed."""
        return self.roles or frozenset(role for who in SIGN.values() for role in who)

    def agreements_for(self, roles: frozenset[Role]) -> frozenset[Audience]:
        """What somebody with these roles must have signed for it."""
        by_role = frozenset(one for one, who in SIGN.items() if who & roles)
        return by_role | {Audience.SOCIAL_MEDIA} if self.sign == "social_media" else by_role


KINDS: dict[str, AccessKind] = strict_yaml.read(
    Path(__file__).with_name("kinds.yaml"), TypeAdapter(dict[str, AccessKind])
)
CHOICES = [(name, kind.title) for name, kind in KINDS.items()]
HINTS = {
    name: " ".join(
        sentence
        for sentence, applies in (
            (
                "Only for the manager and the deputies.",
                Role.PRACTITIONER not in kind.holders and kind.two_people,
            ),
            ("All training has to be up to date.", kind.training),
            ("A second person says yes.", kind.two_people),
        )
        if applies
    )
    for name, kind in KINDS.items()
}
