"""Settings as people type them: spaces after commas, a slash at the end, a wrong scheme."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from foundation import keys

ROOT = Path(__file__).parent.parent
PLACES = "from django.conf import settings as s; print(s.BACKUPS, s.STATIC_ROOT, s.SIGNING_KEY, s.ADDRESS)"
MAIL = "from django.conf import settings as s; print(s.EMAIL_USE_SSL, s.EMAIL_USE_TLS)"
SENDER = "from django.conf import settings as s; print(s.DEFAULT_FROM_EMAIL)"
LOOK = "from django.core.management import call_command; call_command('check', deploy=True)"
SAY = "from django.conf import settings as s; print(s.ALLOWED_HOSTS, s.PROXIES, s.ADDRESS)"


def said(data: Path, say: str = SAY, **variables: str) -> str:
    """What the settings became, or why they stopped."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith("HEDGEROW")}
    mine.pop("DJANGO_SETTINGS_MODULE", None)
    key = data / "a key" / "old.key"
    if not key.exists():
        keys.make(key)
    done = subprocess.run(  # noqa: S603  our own code
        (sys.executable, "manage.py", "shell", "--no-imports", "-v0", "-c", say),
        cwd=ROOT,
        env={**mine, "HEDGEROW_DATA": str(data), "HEDGEROW_KEY": str(key), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout + done.stderr


@pytest.mark.once
def test_a_space_and_a_slash_too_many_do_no_harm(tmp_path: Path) -> None:
    became = said(
        tmp_path,
        HEDGEROW_HOSTS="a.example, b.example",
        HEDGEROW_PROXY="10.0.0.1, ::1",
        HEDGEROW_ADDRESS="https://a.example/ ",
    )
    assert became.strip() == "['a.example', 'b.example'] ['10.0.0.1', '::1'] https://a.example"


@pytest.mark.once
def test_what_is_left_empty_is_as_good_as_not_there(tmp_path: Path) -> None:
    """A line `HEDGEROW_STATIC=` would else name the folder one stands in, and all in it were cleared."""
    names = ("HEDGEROW_BACKUPS", "HEDGEROW_STATIC", "HEDGEROW_SIGNING_KEY", "HEDGEROW_ADDRESS")
    became = said(tmp_path, PLACES, **dict.fromkeys(names, ""))
    places = [str(tmp_path / name) for name in ("backups", "static", "signing.key")]
    assert became.split() == [*places, "http://localhost:8000"]


@pytest.mark.once
@pytest.mark.parametrize(("port", "ways"), [("465", "True False"), ("587", "False True")])
def test_mail_is_encrypted_as_the_port_wants_it(tmp_path: Path, port: str, ways: str) -> None:
    mail = {"HOST": "mail.example", "PORT": port}
    became = said(
        tmp_path, MAIL, **{f"HEDGEROW_MAIL_{name}": value for name, value in mail.items()}
    )
    assert became.strip() == ways


@pytest.mark.once
@pytest.mark.parametrize(
    ("account", "sender", "comes_from"),
    [
        ("office@acorns.example", "", "office@acorns.example"),
        ("office@acorns.example", "safe@acorns.example", "safe@acorns.example"),
        ("acorns", "", "hedgerow@localhost"),
    ],
)
def test_mails_come_from_the_account_unless_somebody_says_otherwise(
    tmp_path: Path, account: str, sender: str, comes_from: str
) -> None:
    """A mail server refuses a sender that it does not know, and then no link reaches anybody."""
    mail = {"HEDGEROW_MAIL_USER": account, "HEDGEROW_MAIL_FROM": sender}
    assert said(tmp_path, SENDER, HEDGEROW_MAIL_HOST="mail.example", **mail).strip() == comes_from


@pytest.mark.once
@pytest.mark.parametrize("address", ["http://localhost:8000", "https://a.example"])
def test_what_is_wrong_now_is_nothing_where_all_is_as_it_should_be(
    tmp_path: Path, address: str
) -> None:
    at = {"HEDGEROW_ADDRESS": address, "HEDGEROW_HOSTS": address.split(":")[1].strip("/")}
    tmp_path.chmod(0o700)
    assert "identified no issues" in said(tmp_path, LOOK, **at)


@pytest.mark.once
def test_older_key_files_may_lie_in_a_folder_with_a_space(tmp_path: Path) -> None:
    said(tmp_path)
    one = tmp_path / "a key" / "old.key"
    for both in (str(one), f"{one}{os.pathsep}{one}"):
        assert "localhost" in said(tmp_path, HEDGEROW_OLD_KEYS=both)


@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "db.example/hedgerow"),
        ("DATABASE_URL", "mysql://db/hedgerow"),
        ("HEDGEROW_CLAMD", "clamd:abc"),
    ],
)
def test_what_cannot_be_right_stops_with_a_sentence(tmp_path: Path, name: str, value: str) -> None:
    assert f"{name} " in said(tmp_path, **{name: value})
    assert "localhost" not in said(tmp_path, **{name: value})
