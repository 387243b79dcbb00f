"""The recovery keys: public ones on this computer, secret ones only on the sheets that were printed.

A backup is sealed to all of them, and any one opens it. This computer cannot open its own backups.
"""

from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from foundation import sealed

from .durable import write_whole

FILE = "backup-keys.txt"
FEWEST = 2
MANY = 33  # words on a sheet
KNOWN = set(WORDLIST)
LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"  # of Bech32, the writing of age's keys
HUMAN = "age-secret-key-"
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
NO_KEYS = (
    "There are no recovery keys yet, so no backup can be made. Make and print the sheets on the "
    "page Backups, or with bin/manage backup_keys --to and a folder, and start again. Nothing was changed."
)


class NotASecret(ValueError):  # noqa: N818  reads as a sentence
    """What was typed is not what stands on a sheet. Its text says where it goes wrong."""


@dataclass(frozen=True)
class Sheet:
    """What is printed once and kept nowhere else."""

    public: str
    secret: str
    words: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Sheet({self.public})"

    @property
    def name(self) -> str:
        """Eight letters of the public key: they say which sheet it is, and open nothing."""
        return name_of(self.public)


def name_of(public: str) -> str:
    """Eight letters that tell one sheet from another."""
    return public[-8:].upper()


def public_keys(data: Path) -> list[str]:
    """The keys backups are sealed to. Raises ImproperlyConfigured for fewer than two, or a wrong one."""
    file = data / FILE
    if not file.is_file():
        raise ImproperlyConfigured(NO_KEYS)
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    found = list(dict.fromkeys(line for line in lines if line and not line.startswith("#")))
    if len(found) < FEWEST or not all(map(sealed.is_key, found)):
        raise ImproperlyConfigured(
            f"The file {FILE} in the data folder should hold two or more public keys, one to a "
            "line. No backup was made. Make new ones: bin/manage backup_keys --replace --to and a folder."
        )
    return found


def keep_public_keys(data: Path, keys: list[str]) -> None:
    """Remember the public keys. Whoever reads them can seal, and open nothing."""
    text = "# Backups are sealed to these. The secret halves are on the printed sheets.\n"
    write_whole(data / FILE, (text + "\n".join(keys) + "\n").encode())


def new_sheet() -> Sheet:
    """A new pair, with its secret as the words that are printed."""
    pair = sealed.new_identity()
    words = generate_mnemonics(1, [(1, 1)], _bytes_of(pair.secret))[0][0].split()
    return Sheet(pair.public, pair.secret, tuple(words))


def secret_from(typed: str) -> str:
    """The secret from what stands on a sheet: its words, or its line that begins with AGE."""
    text = " ".join(typed.split())
    if text.upper().startswith(HUMAN.upper()):
        return _checked(text.upper().replace(" ", ""))
    try:
        secret = combine_mnemonics([text.lower()])
    except MnemonicError as wrong:
        raise NotASecret(f"These are not the words of a sheet. {wrong}") from None
    return _checked(_written(secret))


def words_from(typed: list[str], *, after: int) -> list[str]:
    """Some of the words of a sheet. Raises NotASecret with the number of the first that is on none."""
    for number, word in enumerate(typed, after + 1):
        if word not in KNOWN:
            raise NotASecret(
                f"Word {number} is not a word of any sheet. None of this row was taken."
            )
    return typed


def _checked(secret: str) -> str:
    try:
        sealed.public_of(secret)
    except sealed.CannotOpen:
        raise NotASecret("This is not a whole line of a sheet. Look for a slip in it.") from None
    return secret


def _bytes_of(secret: str) -> bytes:
    """The 32 bytes of a secret that age wrote."""
    values = [LETTERS.index(letter) for letter in secret.lower().removeprefix(f"{HUMAN}1")[:-6]]
    bits = "".join(f"{value:05b}" for value in values)[:256]
    return int(bits, 2).to_bytes(32, "big")


def _written(secret: bytes) -> str:
    """The 32 bytes as age writes them: Bech32, with its six letters of checksum."""
    bits = f"{int.from_bytes(secret, 'big'):0256b}".ljust(260, "0")
    values = [int(bits[place : place + 5], 2) for place in range(0, 260, 5)]
    human = [ord(letter) >> 5 for letter in HUMAN] + [0] + [ord(letter) & 31 for letter in HUMAN]
    rest = _polymod([*human, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    check = [(rest >> 5 * (5 - place)) & 31 for place in range(6)]
    return f"{HUMAN}1{''.join(LETTERS[value] for value in [*values, *check])}".upper()


def _polymod(values: list[int]) -> int:
    rest = 1
    for value in values:
        top = rest >> 25
        rest = (rest & 0x1FFFFFF) << 5 ^ value
        for place, number in enumerate(GENERATOR):
            rest ^= number if (top >> place) & 1 else 0
    return rest
