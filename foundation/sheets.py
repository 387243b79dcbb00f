"""A secret on three sheets of paper, of which any two give it back (SLIP-39: words with a checksum)."""

import os
from collections.abc import Sequence

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

SHEETS, NEEDED = 3, 2
BYTES = 32


class WrongSheet(Exception):  # noqa: N818  its text is for the person
    """What is wrong with the sheets, in words."""


def new() -> tuple[bytes, list[str]]:
    """A new secret, and the words of each sheet."""
    secret = os.urandom(BYTES)
    [words] = generate_mnemonics(1, [(NEEDED, SHEETS)], secret)
    return secret, words


def secret_of(sheets: Sequence[str]) -> bytes:
    """The secret, from the words of two sheets. Raises WrongSheet with a sentence."""
    typed = [" ".join(words.lower().split()) for words in sheets]
    shares = [_share(words, number) for number, words in enumerate(typed, start=1)]
    if len({one.identifier for one in shares}) > 1:
        raise WrongSheet(
            "These sheets do not belong together: one is of another installation, or older than the "
            "other. Nothing was changed. Compare the numbers of the sets printed on them."
        )
    if len({one.index for one in shares}) < NEEDED:
        raise WrongSheet("That is the same sheet twice. Take a second one. Nothing was changed.")
    try:
        return bytes(combine_mnemonics(typed))
    except MnemonicError:
        raise WrongSheet("These two sheets do not fit together. Nothing was changed.") from None


def set_number(words: str) -> str:
    """The number printed on every sheet of one set, so that people see which belong together."""
    return f"{Share.from_mnemonic(words).identifier:05}"


def _share(words: str, number: int) -> Share:
    unknown = [word for word in words.split() if word not in _KNOWN]
    if unknown:
        raise WrongSheet(
            f"On sheet {number} the word “{unknown[0][:30]}” is not one that our sheets use. "
            "Look at it again. Nothing was changed."
        )
    try:
        return Share.from_mnemonic(words)
    except MnemonicError:
        raise WrongSheet(
            f"Sheet {number} has a mistake: a word is missing, or two are changed round. "
            "Look at each line again. Nothing was changed."
        ) from None


_KNOWN = frozenset(WORDLIST)
