"""The settings of the small process: no database, no session, no key. Only what its few pages need."""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

BASE_DIR = Path(__file__).resolve().parents[3]


def _names(variable: str, default: str) -> list[str]:
    """Names with commas between, read as config.settings reads them."""
    said = os.environ.get(variable, default)
    return [one.strip() for one in said.split(",") if one.strip()]


DATA = Path(os.environ.get("HEDGEROW_DATA") or BASE_DIR / "var").resolve()
SECRET_KEY = secrets.token_hex(32)  # signs nothing that lasts
DEBUG = False
ADDRESS = os.environ.get("HEDGEROW_ADDRESS", "").strip() or "http://localhost:8000"
ALLOWED_HOSTS = _names("HEDGEROW_HOSTS", "localhost,127.0.0.1")
# Behind a proxy everybody comes from its address: it says who asks, so that wrong tries are counted apart.
_BY_ADDRESS = "yes" if ADDRESS.startswith("https://") else "no"
HTTPS = (os.environ.get("HEDGEROW_HTTPS") or _BY_ADDRESS) == "yes"
PROXIES = _names("HEDGEROW_PROXY", "127.0.0.1,::1" if HTTPS else "")
PLAIN_FROM_AFAR = False
INSTALLED_APPS = ["foundation", "safeguarding.lock.gate", "django.forms"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "foundation.arrival.by_the_proxy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "foundation.headers.private_pages",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).resolve().parents[1] / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
ROOT_URLCONF = "safeguarding.lock.gate.urls"
DATABASES: dict[str, object] = {}
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
FILE_UPLOAD_HANDLERS = ["foundation.uploads.RefuseFiles"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"private": {"()": "foundation.logs.PrivateFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "private"}},
    "root": {"handlers": ["console"], "level": "ERROR"},
    "loggers": {"django.request": {"level": "CRITICAL"}},  # "locked" is an answer, not an error
}
