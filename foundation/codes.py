"""Random codes that a person can read out over the telephone."""

import hashlib
import secrets

# Without 0 O 1 I L, which people mix up.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def readable_code() -> str:
    """Eight random signs in two groups, such as 7KQM-2XWD: about 40 bits, never in sequence."""
    signs = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{signs[:4]}-{signs[4:]}"


# Crockford's: without I L O U, which people mix up.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 20, 4  # the last sign is a check: 95 random bits before it
MISREAD = str.maketrans("OILU", "011V")


def long_code(digest: bytes) -> str:
    """Twenty signs from the first bytes of a digest, such as 7KQM-2XWD-0HTZ-9PRS-4V3B; the last checks."""
    number = int.from_bytes(digest[:12]) >> 1
    signs = "".join(SIGNS[number >> 5 * place & 31] for place in range(LENGTH - 1))
    signs += check_of(signs)
    return "-".join(signs[place : place + GROUP] for place in range(0, LENGTH, GROUP))


def code_of_form(form: str, more: str = "") -> str:
    """The code for what was sent with a form. Only whoever has the form can make it."""
    return long_code(hashlib.sha256(f"hedgerow receipt code {form} {more}".encode()).digest())


def plain(code: str) -> str:
    """The signs of a long code alone, as they were printed and not as they were misread."""
    typed = code[:200].upper().translate(MISREAD)
    return "".join(sign for sign in typed if sign in SIGNS)


def check_of(signs: str) -> str:
    """Luhn's check in base 32: it finds every sign typed wrong and nearly every two changed round."""
    total = 0
    for place, sign in enumerate(reversed(signs)):
        value = SIGNS.index(sign) * (2 - place % 2)
        total += value // 32 + value % 32
    return SIGNS[-total % 32]
