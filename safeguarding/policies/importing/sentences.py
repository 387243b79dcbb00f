"""A long clause shown in lines, so that one can say where another begins. Without script, too."""

import re

from .clauses import Piece

END = re.compile(r"(?<=[.;!?])\s+(?=[A-Z“\"'])")


def in_lines(piece: Piece) -> Piece:
    """The same clause with each sentence on a line of its own."""
    lines = [part for line in piece.text.split("\n") for part in END.split(line)]
    return Piece(
        piece.number, piece.heading, "\n".join(lines), piece.level, piece.is_ours, piece.at
    )
