"""How Python looks for memory that nobody uses any more."""

import gc

# So many new objects before it looks: a page makes ten thousand, and gives nearly all back by itself.
LOOKS_AFTER = (50_000, 20, 50)


def load() -> None:
    """Until `settle` everything is kept, as nearly all is: looking through it was a third of each start."""
    gc.disable()


def settle() -> None:
    """What is loaded by now stays. A page is a twentieth quicker where that is not looked through."""
    gc.freeze()
    gc.set_threshold(*LOOKS_AFTER)
    gc.enable()
