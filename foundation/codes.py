"""Random codes that a person can read out over the telephone."""

import secrets

# Without 0 O 1 I L, which people mix up.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def readable_code() -> str:
    """Eight random signs in two groups, such as 7KQM-2XWD: about 40 bits, never in sequence."""
    signs = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{signs[:4]}-{signs[4:]}"
