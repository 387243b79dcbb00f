"""An anchor as people keep it: the whole mail, saved by Windows or forwarded; and one that is none."""

import subprocess
import sys
from pathlib import Path

import pytest

from safeguarding.audit import anchors, checkpoints
from safeguarding.audit.checkpoints import text_of
from safeguarding.audit.tests.signed import signing_key
from safeguarding.audit.tests.test_verify_command import told

__all__ = ["signing_key"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROOT = Path(__file__).parents[3]
KNOWN = Path(__file__).parent / "known"
LINES = (KNOWN / "anchor.txt").read_text(encoding="ascii")
MAIL = f"\ufeffFrom: Märchen\n\nPlease keep this mail.\n\n{LINES}\n--\nCleo".replace("\n", "\r\n")
FORWARDED = "".join(f"> {line} \n" for line in ["For a computer:", "", *LINES.splitlines()])


@pytest.mark.parametrize("kept", [MAIL, FORWARDED], ids=["saved whole", "forwarded"])
def test_a_whole_mail_is_read_by_both_verifiers(
    kept: str, tmp_path: Path, signing_key: Path
) -> None:
    code, said = by_the_file(tmp_path, kept)
    assert (code, "It holds every anchor you gave" in said) == (0, True), said

    made = text_of(checkpoints.make())
    (tmp_path / "mail.txt").write_text(kept.replace("\r\n", "\n").replace(LINES, made), "utf-8")
    forwarded = "".join(f"> {line}\n" for line in made.splitlines())
    assert anchors.look_at(forwarded).checkpoint
    if LINES in kept.replace("\r\n", "\n"):
        assert "holds this anchor" in told("--anchor", str(tmp_path / "mail.txt"))


def test_what_is_no_anchor_says_nothing_against_the_record(tmp_path: Path) -> None:
    """Whoever took the wrong file must not be told that the record was changed."""
    for none in ("Dear all, see you on Monday.", LINES[:-9], ""):
        code, said = by_the_file(tmp_path, none)
        assert code == 2, said
        assert "NOT whole" not in said
        assert "five lines" in said


def test_an_anchor_that_is_not_held_is_still_an_alarm(tmp_path: Path) -> None:
    code, said = by_the_file(tmp_path, LINES.replace("\n20", "\n21"))
    assert (code, "NOT whole" in said) == (1, True)


def by_the_file(folder: Path, anchor: str) -> tuple[int, str]:
    """What bin/verify-export says of the known copy and this anchor."""
    kept = folder / "kept.txt"
    kept.write_bytes(anchor.encode())
    tool, copy = str(ROOT / "bin" / "verify-export"), str(KNOWN / "trail.txt")
    done = subprocess.run(  # noqa: S603  our own command
        (sys.executable, tool, copy, "--anchor", str(kept)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout
