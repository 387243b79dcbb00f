"""Kinds of addresses: those of two cases are of one kind."""

import re

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
STEP = re.compile(r"(<id>/procedures/<id>|technical/<id>)/[\w-]+/")
WHERE = re.compile(r"^/at/[\w-]+/")


def kind_of(address: str) -> str:
    """The address inside its setting, with a mark for each id and for the step of a procedure."""
    kind = ID.sub("<id>", WHERE.sub("", address))
    return STEP.sub(r"\1/<step>/", kind)
