"""What tests change: a key of their own, memory for a database, and no slow passwords."""

import os
import tempfile
from pathlib import Path
from unittest import mock

# Only while the settings are read: what a test starts must not inherit these.
_FOR_TESTS = {
    "HEDGEROW_DATA": str(Path(tempfile.gettempdir()) / f"hedgerow-tests-{os.getpid()}"),
    "HEDGEROW_KEY": str(Path(__file__).parent.parent / "tests" / "hedgerow.key"),
    "HEDGEROW_HTTPS": "no",
    "HEDGEROW_DEMO": "",
}
with mock.patch.dict(os.environ, _FOR_TESTS):
    from config.settings import *  # noqa: F403
    from config.settings import DATABASES, MIDDLEWARE
    from foundation import fence

if DATABASES["default"]["ENGINE"] == "foundation.sqlcipher":
    DATABASES["default"] |= {"NAME": ":memory:", "TEST": {"NAME": ":memory:"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PERSON_KEY_COST = (1, 8, 1)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Nothing is collected in tests, and an empty place for static files is an error to WhiteNoise.
MIDDLEWARE = [one for one in MIDDLEWARE if not one.startswith("whitenoise")]
# What a test itself does and looks at stands on no side. Pages, jobs and commands say where they are.
fence.begin_as_owner()
PLAIN_FROM_AFAR = True  # strangers of the tests ask without encryption
