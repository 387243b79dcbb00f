"""What a setting answered: its choices and its facts, with our suggestions where it has not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from . import library


@dataclass(frozen=True)
class Given:
    """Choices by id, and facts by id; only what was answered."""

    choices: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """As it was kept. What we no longer ask, or no longer offer, is left out."""
        chosen = kept.get("choices", {}).items()
        choices = {
            name: option
            for name, option in chosen
            if name in library.choices() and library.choices()[name].option(option).id == option
        }
        known = kept.get("facts", {}).items()
        return cls(choices, {name: said for name, said in known if name in library.facts()})

    def kept(self) -> dict[str, dict[str, str]]:
        """As it is kept."""
        return {"choices": self.choices, "facts": self.facts}

    def and_also(self, choices: Mapping[str, str], facts: Mapping[str, str]) -> Self:
        """With what was answered on one more page."""
        return type(self)({**self.choices, **choices}, {**self.facts, **facts})

    def chosen(self) -> dict[str, str]:
        """An option for every choice: theirs, or the one we suggest."""
        return {
            name: self.choices.get(name, choice.suggested)
            for name, choice in library.choices().items()
        }

    def fact(self, name: str) -> str:
        """Theirs, or the words we suggest."""
        return self.facts.get(name, library.facts()[name].suggested)
