"""Marks on the body as plain values: where each is drawn, and the same as a list."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string

from safeguarding.concerns import body
from safeguarding.concerns.models import BodyMark

from .hiding import Hide


def marked(marks: Iterable[BodyMark], hide: Hide) -> dict[str, Any]:
    """The figure and the list of the marks of one report or entry; both empty where there are none."""
    known = list(marks)
    return {
        "figure": [_side(one) for one in body.figure(known)] if known else [],
        "marks": [
            {
                "number": one.number,
                "place": one.place,
                "looks": [[label, hide(words)] for label, words in one.looks],
            }
            for one in known
        ],
    }


def drawn(side: dict[str, Any]) -> dict[str, Any]:
    """The same view with its picture, as the page draws it."""
    return {**side, "svg": render_to_string("concerns/_figure.html", {"side": side}).strip()}


def _side(side: body.Side) -> dict[str, Any]:
    dots = [
        {"number": one.number, "x": one.x, "y": one.y, "text_y": one.text_y} for one in side.dots
    ]
    return {"name": side.name, "label": side.label, "dots": dots}
