"""How figures are shown to those who must not tell single events from them (rule R31)."""

FEWEST = 5


def coarse(number: int) -> str:
    """Up to four as one, more rounded to five: nobody can tell one event from it."""
    if number < FEWEST:
        return "0 to 4"
    return f"about {round(number / FEWEST) * FEWEST}"


def shown(number: int, *, exactly: bool) -> str:
    """The figure as this reader may see it."""
    return str(number) if exactly else coarse(number)
