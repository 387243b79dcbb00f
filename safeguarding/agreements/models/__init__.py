"""Agreements and what was answered to them; access and how it ended."""

from .access import Grant, GrantEnded, SwitchedOff
from .agreements import Agreement, Extension, Published, Signature, SpokenFor, digest_of

__all__ = [
    "Agreement",
    "Extension",
    "Grant",
    "GrantEnded",
    "Published",
    "Signature",
    "SpokenFor",
    "SwitchedOff",
    "digest_of",
]
