"""What a record said is proved by its entry, until it is lawfully erased: then nobody can even guess."""

from typing import ClassVar

import pytest
from django.db import IntegrityError, transaction

from safeguarding.audit import contents, export
from safeguarding.audit.models import Check, Entry, Salt
from safeguarding.audit.tests.given import IN_SUNFLOWERS, SUNFLOWERS, a_trail
from safeguarding.audit.tests.owner import triggers_removed
from safeguarding.audit.trail import erase, record
from safeguarding.audit.verify import verify

pytestmark = pytest.mark.django_db


class Note(Check):
    """A record with words: any table of ours will do."""

    committed: ClassVar[tuple[str, ...]] = ("wrong",)

    class Meta:
        proxy = True
        app_label = "audit"


def a_note(words: str = "He was very quiet.") -> Note:
    note = Note.objects.create(setting_id=SUNFLOWERS, is_whole=False, is_intact=True, wrong=words)
    record("note.written", note, by=IN_SUNFLOWERS, content=note)
    a_trail(1)
    return note


def found() -> list[tuple[int, str]]:
    return [(one.position, one.wrong) for one in verify(SUNFLOWERS).problems]


def test_an_entry_stands_for_the_words_of_a_record() -> None:
    note = a_note()
    entry, salt = Entry.objects.get(event="note.written"), Salt.objects.get()

    proof = contents.commitment(bytes.fromhex(salt.salt), contents.words_of(note))
    assert entry.commitment == proof
    assert found() == []


def test_words_changed_behind_our_back_are_found() -> None:
    note = a_note()
    Check.objects.filter(pk=note.pk).update(wrong="He was cheerful.")

    assert found() == [(1, contents.OTHER_WORDS)]


def test_a_record_that_vanished_is_found() -> None:
    Check.objects.filter(pk=a_note().pk).delete()

    assert found() == [(1, contents.RECORD_GONE)]


def test_a_salt_that_vanished_is_found() -> None:
    a_note()
    with triggers_removed():
        Salt.objects.all().delete()
        assert found() == [(1, contents.SALT_GONE)]


def test_a_lawful_erasure_leaves_the_chain_whole_and_nothing_to_guess_from() -> None:
    note, other = a_note(), a_note("She laughed.")
    before = Entry.objects.get(event="note.written", subject_id=note.pk)
    with transaction.atomic():
        erase(note, by=IN_SUNFLOWERS, reason="retention")
        Check.objects.filter(pk=note.pk).delete()

    assert found() == []
    assert Entry.objects.get(pk=before.pk).commitment == before.commitment
    assert Salt.objects.get(of_id=note.pk).salt == ""
    assert Salt.objects.get(of_id=other.pk).salt
    # The very words, the shortest salts, and none at all: without the salt no guess can be told right.
    for guess in (b"", bytes(32), *(bytes([n]) for n in range(256))):
        assert contents.commitment(guess, contents.words_of(note)) != before.commitment


def test_the_database_keeps_a_salt_until_its_erasure_was_written_down() -> None:
    note = a_note()
    attempts = (
        lambda: Salt.objects.filter(of_id=note.pk).update(salt=""),
        lambda: Salt.objects.filter(of_id=note.pk).update(salt="ab" * 32),
        lambda: Salt.objects.all().delete(),
        lambda: Salt.objects.all()._raw_delete("default"),
    )
    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    erase(note, by=IN_SUNFLOWERS, reason="retention")
    with pytest.raises(IntegrityError), transaction.atomic():
        Salt.objects.filter(of_id=note.pk).update(salt="ab" * 32)


def test_a_commitment_travels_to_outsiders_but_no_salt_and_no_word() -> None:
    note = a_note()
    entry, salt = Entry.objects.get(event="note.written"), Salt.objects.get()
    with pytest.raises(export.NothingSigned):
        list(export.lines(SUNFLOWERS))
    said = "\n".join(export.entries_of(SUNFLOWERS))

    assert entry.commitment in said
    for kept in (salt.salt, note.wrong, entry.actor_name, str(note.pk), str(entry.pk)):
        assert kept not in said
