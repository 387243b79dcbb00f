"""Values of the environment, as people type them. What cannot be right stops the start with a sentence."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

POSTGRESQL = ("postgres://", "postgresql://")


def env_flag(name: str, *, default: bool) -> bool:
    """A yes or no from the environment; anything else is refused, not guessed."""
    value = os.environ.get(name, "")
    if value not in {"", "yes", "no"}:
        raise ImproperlyConfigured(f"{name} is {value!r}. Use yes or no.")
    return value == "yes" if value else default


def env_number(name: str, *, default: int) -> int:
    """A whole number from the environment."""
    value = os.environ.get(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}. Use a whole number.")
    return int(value)


def env_place(name: str, *, default: Path) -> Path:
    """A file or a folder. Left empty it is as good as not there, and never the folder one stands in."""
    value = os.environ.get(name, "").strip()
    return Path(value) if value else default


def env_names(name: str, *, default: str) -> list[str]:
    """Names with commas between. Spaces around them are not part of them."""
    said = os.environ.get(name, default)
    return [one.strip() for one in said.split(",") if one.strip()]


def env_address(name: str, *, default: str) -> str:
    """How people reach it. Paths are put behind it, so that a slash at its end would be one too many."""
    return (os.environ.get(name, "").strip() or default).rstrip("/")


def postgresql(name: str) -> str:
    """The address of a PostgreSQL database, or nothing. It is not repeated: it holds a password."""
    value = os.environ.get(name, "").strip()
    if value and not value.startswith(POSTGRESQL):
        raise ImproperlyConfigured(
            f"{name} is not the address of a PostgreSQL database. Write it as "
            "postgres://user@server/database, or leave it out to keep the records in a file here."
        )
    return value


def port_of(name: str, place: str) -> tuple[str, int]:
    """A name with a port, as `name:port`."""
    host, _, port = place.rpartition(":")
    if not host or not port.isdecimal():
        raise ImproperlyConfigured(f"{name} is {place!r}. Write it as name:port, or as a path.")
    return host, int(port)
