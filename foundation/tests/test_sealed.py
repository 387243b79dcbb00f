"""Sealing to keys."""

import pytest

from foundation.sealed import CannotOpen, new_identity, seal, unseal


def test_each_of_those_it_is_sealed_to_opens_it() -> None:
    dana, devi = new_identity(), new_identity()
    sealed = seal(b"what was seen", [dana.public, devi.public])

    assert [unseal(sealed, one.secret) for one in (dana, devi)] == [b"what was seen"] * 2
    assert b"what was seen" not in sealed


def test_nobody_else_opens_it() -> None:
    sealed = seal(b"what was seen", [new_identity().public])

    with pytest.raises(CannotOpen):
        unseal(sealed, new_identity().secret)


def test_a_changed_byte_anywhere_is_noticed() -> None:
    dana = new_identity()
    sealed = seal(b"what was seen", [dana.public])
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(CannotOpen):
            unseal(bytes(changed), dana.secret)


@pytest.mark.parametrize("keys", [[], ["not a key"], ["age1tooshort"]])
def test_nothing_is_sealed_to_nobody(keys: list[str]) -> None:
    with pytest.raises(ValueError, match="key"):
        seal(b"what was seen", keys)


def test_a_secret_is_not_shown() -> None:
    pair = new_identity()

    assert pair.secret not in repr(pair)
