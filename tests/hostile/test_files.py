"""No file made to break in is kept, and one that is kept has been written anew (F28, F38)."""

import io
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from PIL import Image

from demo.cast import Nursery
from foundation.encrypted import OF_A_RECORD
from foundation.errors import RuleBroken
from safeguarding.documents import cleaning, files, kinds, workbench
from safeguarding.documents.models import Scan, StoredFile
from safeguarding.documents.tasks import scan_waiting

from .files import EICAR, MARK, REFUSED, bomb, drawn, pdf, png

FIRST = int(os.environ.get("FUZZ_FROM", "0"))
FILES = int(os.environ.get("FUZZ_FILES", "60"))
SAFE_NAME = re.compile(r'[^\x00-\x1f/\\:*?"<>|\u202a-\u202e]+')
A_LETTER = b"From her mother: she is sad on Mondays."


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are worked on in this process: a process for each of sixty takes a minute."""

    def worked_on(kind: str, content: bytes, *, pictures: bool) -> bytes:
        try:
            return workbench.worked_on(kind, content, pictures=pictures)
        except workbench.RefusedError as refused:
            raise RuleBroken(cleaning.WHY.get(refused.args[0], kinds.NOT_WHAT_IT_SAYS)) from None

    monkeypatch.setattr(cleaning, "_written_anew", worked_on)


@pytest.mark.once
@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", REFUSED)
def test_what_was_made_to_break_in_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(RuleBroken, match=r"Nothing of it was kept|never"):
        cleaning.clean(name, REFUSED[name]())


@pytest.mark.once
@pytest.mark.usefixtures("here")
def test_whatever_is_drawn_is_refused_or_clean() -> None:
    """The short form of `bin/fuzz --uploads`."""
    for seed in range(FIRST, FIRST + FILES):
        look_at_one(seed)


def look_at_one(seed: int) -> bool:
    """Whether the file of this seed was taken. Nothing but a sentence may come of one that was not."""
    name, content = drawn(seed)
    try:
        taken = cleaning.clean(name, content)
    except RuleBroken as refused:
        assert "kept" in str(refused), seed
        return False
    assert SAFE_NAME.fullmatch(taken.name), seed
    assert len(taken.name) <= kinds.LONGEST_NAME, seed
    assert MARK not in taken.content, seed
    return True


@pytest.mark.once
def test_a_pdf_is_written_anew_in_another_process_without_what_it_said_about_its_maker() -> None:
    def named(made: pikepdf.Pdf) -> None:
        made.docinfo["/Author"] = "Pat Parent"
        made.Root["/Metadata"] = made.make_stream(b"<x:xmpmeta>Pat Parent</x:xmpmeta>")

    sent = pdf(named) + b"%trailing words\n%%EOF"
    taken = cleaning.clean("letter.pdf", sent)

    with pikepdf.open(io.BytesIO(taken.content)) as opened:
        assert len(opened.pages) == 1
        assert not opened.docinfo
        assert "/Metadata" not in opened.Root
    assert b"trailing" not in taken.content
    assert cleaning.clean("letter.pdf", taken.content).content == taken.content


@pytest.mark.once
@pytest.mark.skipif(os.name == "nt", reason="there only the time is limited")
@pytest.mark.parametrize(
    "attempt",
    [
        "open('was-here', 'w').write('x' * 100_000)",
        "bytearray(2_000_000_000)",
        "[x for x in iter(int, 1)]",
        "[open('/dev/null') for _ in range(50)]",
        "print(__import__('os').environ['HEDGEROW_KEY'])",
    ],
)
def test_a_file_that_takes_over_its_reader_gets_nowhere(attempt: str, tmp_path: Path) -> None:
    """As the workbench does after its imports, and then what an attacker would."""
    code = f"import sys; sys.path.insert(0, {str(Path(workbench.__file__).parent)!r})\n"
    code += f"import workbench; workbench.SECONDS = 1; workbench.limit()\n{attempt}\nprint('done')"
    done = subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-I", "-c", code],
        env=cleaning._surroundings(),
        cwd=tmp_path,
        capture_output=True,
        timeout=20,
        check=False,
    )

    assert done.returncode != 0
    assert b"done" not in done.stdout
    assert not any(found.stat().st_size for found in tmp_path.iterdir())


@pytest.mark.once
def test_a_file_that_unpacks_to_far_more_is_stopped() -> None:
    with pytest.raises(RuleBroken, match="far more than it seems"):
        cleaning.clean("bomb.pdf", pdf(bomb))


@pytest.mark.once
def test_a_picture_is_refused_unless_allowed_and_then_drawn_anew() -> None:
    with pytest.raises(RuleBroken, match="cannot be added"):
        cleaning.clean("beach.png", png())
    taken = cleaning.clean("beach.png", png(), pictures=True)

    assert MARK not in taken.content
    with Image.open(io.BytesIO(taken.content)) as opened:
        assert (opened.size, opened.info) == ((2, 2), {})
    with pytest.raises(RuleBroken, match="far more"):
        cleaning.clean("huge.png", png(60_000, 60_000), pictures=True)


@pytest.fixture
def scanner(settings: Any, tmp_path: Path) -> Iterator[list[bytes]]:
    """A stand-in for clamd on this computer, which speaks its INSTREAM and knows EICAR."""
    settings.FILES = tmp_path / "files"
    seen: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.CLAMD = f"127.0.0.1:{server.getsockname()[1]}"
        threading.Thread(target=_answer, args=(server, seen), daemon=True).start()
        yield seen


def _answer(server: socket.socket, seen: list[bytes]) -> None:
    while True:
        try:
            talk, _ = server.accept()
        except OSError:
            return
        with talk, talk.makefile("rb") as said:
            said.read(len(b"zINSTREAM\0") if said.peek(1)[:1] == b"z" else len(b"nINSTREAM\n"))
            content = b""
            while size := int.from_bytes(said.read(4), "big"):
                content += said.read(size)
            seen.append(content)
            found = b"Eicar FOUND" if EICAR in content else b"OK"
            talk.sendall(b"stream: " + found + b"\n")


def test_a_file_stays_closed_until_the_scanner_has_answered(
    sunflowers: Nursery, scanner: list[bytes]
) -> None:
    letter = files.keep(sunflowers.setting, "letter.txt", A_LETTER)
    virus = files.keep(sunflowers.setting, "virus.txt", EICAR)
    with pytest.raises(RuleBroken, match="still waits for the virus scanner"):
        files.read(letter)

    scan_waiting.call()

    assert sorted(scanner) == sorted([A_LETTER, EICAR])
    assert files.read(letter) == A_LETTER
    with pytest.raises(RuleBroken, match="closed for good"):
        files.read(virus)
    scan_waiting.call()
    assert Scan.objects.count() == 2, "each is scanned once"


def test_a_file_whose_key_was_destroyed_waits_for_no_scanner(
    sunflowers: Nursery, scanner: list[bytes], caplog: pytest.LogCaptureFixture
) -> None:
    """It would be called one that cannot be opened, each half minute for ever."""
    files.destroy_key(files.keep(sunflowers.setting, "letter.txt", A_LETTER))

    scan_waiting.call()

    assert (scanner, caplog.messages) == ([], [])


def test_a_scanner_that_is_away_keeps_a_file_closed_and_nothing_else(
    sunflowers: Nursery, settings: Any, tmp_path: Path
) -> None:
    settings.FILES, settings.CLAMD = tmp_path / "files", "127.0.0.1:1"
    letter = files.keep(sunflowers.setting, "letter.txt", A_LETTER)

    scan_waiting.call()

    assert StoredFile.objects.get().is_quarantined
    with pytest.raises(RuleBroken, match="still waits"):
        files.read(letter)


def test_a_sealed_file_waits_for_a_reader_and_is_not_called_damaged_meanwhile(
    sunflowers: Nursery, scanner: list[bytes], caplog: pytest.LogCaptureFixture
) -> None:
    """The worker has no key to it. An error each half minute would send somebody looking for damage."""
    key = (f"{OF_A_RECORD}{uuid4()}", b"k" * 32)
    files.keep(sunflowers.setting, "letter.txt", A_LETTER, sealed_with=key)

    scan_waiting.call()

    assert not caplog.records
    assert (scanner, StoredFile.objects.get().is_quarantined) == ([], True)


def test_files_have_a_limit_together_and_another_setting_is_not_touched(
    sunflowers: Nursery, bluebells: Nursery, settings: Any, tmp_path: Path
) -> None:
    settings.FILES, settings.FILES_MOST = tmp_path / "files", len(A_LETTER) * 2
    for _ in range(2):
        files.keep(sunflowers.setting, "letter.txt", A_LETTER)
    with pytest.raises(RuleBroken, match="what you typed is still here"):
        files.keep(sunflowers.setting, "letter.txt", A_LETTER)

    files.keep(bluebells.setting, "letter.txt", A_LETTER)
    assert StoredFile.objects.filter(setting=bluebells.setting).count() == 1
