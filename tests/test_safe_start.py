"""A start that would put records at risk is refused, in a sentence that says what to do."""

import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from demo.apps import no_demo_on_real_records
from demo.cast import Nursery
from foundation import keys, safe_start
from safeguarding.people.models import Setting

ROOT = Path(__file__).parents[1]


@pytest.fixture
def good(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """As one setting has it: on its own computer, with a key and a folder of its own."""
    monkeypatch.delenv("HEDGEROW_KEY", raising=False)
    tmp_path.chmod(0o700)
    keys.make(tmp_path / "hedgerow.key")
    settings.DATA, settings.SECRET_KEY = tmp_path, secrets.token_hex(32)
    settings.PASSWORD_HASHERS = [safe_start.ARGON2]
    settings.ALLOWED_HOSTS, settings.PLAIN_FROM_AFAR = ["localhost"], False
    return settings


def said() -> list[str]:
    return [str(one.msg) for one in safe_start.these_settings()]


@pytest.mark.once
def test_as_it_comes_it_starts(good: Any) -> None:
    assert said() == []


TESTS_KEY = keys.derive(keys.read(safe_start.TESTS_KEY), "django").hex()
UNSAFE: list[tuple[dict[str, Any], str]] = [
    ({"DEBUG": True}, "DEBUG is on"),
    ({"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}, "kept weakly"),
    ({"SECRET_KEY": "a" * 64}, "others know or can guess"),
    ({"SECRET_KEY": "django-insecure-4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c"}, "others know"),
    ({"SECRET_KEY": TESTS_KEY}, "others know"),
    ({"ALLOWED_HOSTS": ["*"]}, "answer to any name"),
    ({"ALLOWED_HOSTS": [".example"]}, "answer to any name"),
    ({"ALLOWED_HOSTS": []}, "answer to any name"),
    ({"ADDRESS": "http://hedgerow.example"}, "without encryption"),
    ({"ALLOWED_HOSTS": ["192.168.1.5"]}, "without encryption"),
    ({"PLAIN_FROM_AFAR": True}, "without encryption"),
    ({"MFA_SUPPORTED_TYPES": ["recovery_codes"]}, "without a second check"),
    ({"SECOND_FACTOR_HOURS": 24 * 365}, "without a second check"),
    ({"IDLE_MINUTES": 0}, "stay signed in"),
    ({"IDLE_MINUTES": 600}, "stay signed in"),
]


@pytest.mark.once
@pytest.mark.parametrize(("changes", "sentence"), UNSAFE, ids=[str(one) for one, _ in UNSAFE])
def test_an_unsafe_setting_is_refused(good: Any, changes: dict[str, Any], sentence: str) -> None:
    for name, value in changes.items():
        setattr(good, name, value)

    assert sentence in " ".join(said())


@pytest.mark.once
@pytest.mark.skipif(os.name == "nt", reason="Windows keeps such rights elsewhere")
@pytest.mark.parametrize(
    ("name", "mode"), [("hedgerow.key", 0o644), ("former-keys", 0o644), ("", 0o755)]
)
def test_a_key_or_folder_that_everybody_may_read_is_refused(
    good: Any, name: str, mode: int
) -> None:
    (good.DATA / "former-keys").touch(0o600)
    (good.DATA / name).chmod(mode)

    assert ["Everybody on this computer" in one for one in said()] == [True]
    assert str(good.DATA / name) in said()[0]


@pytest.mark.once
def test_with_encryption_it_may_be_reached_from_afar(good: Any) -> None:
    good.ADDRESS, good.ALLOWED_HOSTS, good.HTTPS = "https://h.example", ["h.example"], True

    assert said() == []


def test_the_demo_never_stands_beside_real_records(sunflowers: Nursery, settings: Any) -> None:
    settings.DEMO = True
    assert no_demo_on_real_records() == []
    Setting.objects.create(name="Little Acorns", slug="little-acorns")
    assert len(no_demo_on_real_records()) == 1
    settings.DEMO = False
    assert no_demo_on_real_records() == []


@pytest.mark.once
def test_the_web_process_says_all_that_is_wrong_and_does_not_start(tmp_path: Path) -> None:
    keys.make(tmp_path / "hedgerow.key")
    tmp_path.chmod(0o700)
    ours = {"HEDGEROW_DATA": str(tmp_path), "HEDGEROW_HOSTS": "*", "HEDGEROW_IDLE_MINUTES": "0"}
    done = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **ours},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "did not start, and nothing was changed" in done.stderr
    assert "HEDGEROW_HOSTS" in done.stderr
    assert "HEDGEROW_IDLE_MINUTES" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.postgresql
@pytest.mark.django_db
def test_a_postgresql_that_forgets_in_a_crash_is_refused() -> None:
    assert list(safe_start._forgetful()) == []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    assert ["synchronous_commit is off" in what for what, _ in safe_start._forgetful()] == [True]
