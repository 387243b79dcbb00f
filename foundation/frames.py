"""Room for the frames of a request, so that how fast a page is does not hang on how deep it was called.

From 3.11 on, Python keeps the frames of running functions in pieces of 16 KiB, asks the system for each, and
gives it back with the last frame in it. Where a piece ends in the middle of a loop, that is each time around:
some pages then took twice as long. A frame that asks for much more gets one large piece, and all that are
called from it find room in that.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Back = TypeVar("Back")
SLOTS = 33_000  # of 8 bytes: a little over 256 KiB, for which Python takes 512, so that half of it is free


def room_for_frames(call: Callable[Given, Back]) -> Callable[Given, Back]:
    """The same, with all that is called from it in one piece. As middleware: the outermost of all."""

    def called(*args: Given.args, **named: Given.kwargs) -> Back:
        return call(*args, **named)

    called.__code__ = called.__code__.replace(co_stacksize=SLOTS)
    return called
