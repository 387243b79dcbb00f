"""Copies for outsiders: known answers, flipped bits, lost lines, and a key that was changed."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from safeguarding.audit import checkpoints, export
from safeguarding.audit.tests.given import a_trail
from safeguarding.audit.tests.verifiers import (
    LENGTH,
    by_ours,
    by_the_other,
    exported,
    held,
    signing_key,
)

__all__ = ["held", "signing_key"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]
KNOWN = Path(__file__).parent / "known"
OWN_KEY = b"somebody else's key of 32 bytes!"


@how(max_examples=150, deadline=None)
@given(where=st.integers(0, 10**9), bit=st.integers(0, 7))
def test_any_flipped_bit_of_a_copy_is_reported(sample: bytes, where: int, bit: int) -> None:
    place = where % len(sample)
    changed = bytearray(sample)
    changed[place] ^= 1 << bit

    assert by_the_other([], bytes(changed)) is not None


@pytest.fixture(scope="module")
def sample() -> bytes:
    """A copy that lies in the repository, with the anchors that belong to it."""
    return (KNOWN / "trail.txt").read_bytes()


def test_a_known_copy_and_its_anchor_are_whole(sample: bytes) -> None:
    """Known answers: if this fails, copies that others hold can no longer be checked."""
    anchor = (KNOWN / "anchor.txt").read_text(encoding="ascii")

    assert by_the_other([anchor], sample) is None
    assert by_the_other([anchor.replace("\n20", "\n21")], sample) == ("anchor", 1)


def test_a_copy_made_while_people_work_is_whole(
    held: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL reads each part of it at a moment of its own: an outsider must not see a false alarm."""
    lines = export.lines

    def meanwhile(setting_id: UUID) -> Iterator[str]:
        for line in lines(setting_id):
            yield line
            if line.startswith(f"entry {LENGTH} "):
                a_trail(2)
                checkpoints.make()

    monkeypatch.setattr(export, "lines", meanwhile)
    copy = exported()
    assert by_the_other(held, copy) is None
    assert copy.count(b"\nentry ") == LENGTH + 2


@pytest.mark.parametrize("line", [2, 4, 5, 9, -2])
def test_a_copy_with_a_line_gone_or_twice_is_not_believed(sample: bytes, line: int) -> None:
    lines = sample.splitlines(keepends=True)
    without, twice = [*lines], [*lines]
    del without[line]
    twice.insert(line, lines[line])

    assert by_the_other([], b"".join(without)) is not None
    assert by_the_other([], b"".join(twice)) is not None


def test_an_old_key_still_checks_what_it_sealed(
    held: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The installation was given another key; the one before is kept and named."""
    before = settings.TRAIL_KEY
    monkeypatch.setattr(settings, "TRAIL_KEY", OWN_KEY)
    a_trail(1)

    assert by_ours([], keyed=True) == ("seal", 1), "the key is not known any more"
    monkeypatch.setattr(settings, "TRAIL_KEYS_BEFORE", [before])
    assert by_ours(held, keyed=True) is None
    assert by_the_other(held) is None
