"""Kinds of addresses: those of two cases are of one kind."""

import re

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
STEP = re.compile(r"(<id>/procedures/<id>|technical/<id>)/[\w-]+/")
PROCEDURE = re.compile(r"^procedures/[\w-]+/(steps/[\w-]+/)?")
DUTY = re.compile(r"/(OSP|MTSM)-[\w.-]+/")
ANSWER = re.compile(r"=[^&]*")  # what a list was narrowed down to, or which page of it
WHERE = re.compile(r"^/at/[\w-]+/")


def kind_of(address: str) -> str:
    """The address inside its setting, with a mark for each id, duty, procedure, step of one, and answer."""
    kind = ANSWER.sub("=", DUTY.sub("/<duty>/", ID.sub("<id>", WHERE.sub("", address))))
    kind = PROCEDURE.sub(
        lambda found: f"procedures/<name>/{(found[1] and 'steps/<step>/') or ''}", kind
    )
    return STEP.sub(r"\1/<step>/", kind)
