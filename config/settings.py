"""One file of settings. Every variable it reads from the environment is in docs/settings.md."""

import os
from pathlib import Path

import dj_database_url

from config.environment import (
    env_address,
    env_flag,
    env_names,
    env_number,
    env_place,
    port_of,
    postgresql,
)
from config.policy import CONTENT_SECURITY_POLICY  # noqa: F401  a setting, kept apart
from foundation import former, headers, key_providers, keys, opening

BASE_DIR = Path(__file__).resolve().parent.parent
DATA = env_place("HEDGEROW_DATA", default=BASE_DIR / "var").resolve()
DEMO = env_flag("HEDGEROW_DEMO", default=False)
KEY = opening.key_of(DATA, os.environ.get("HEDGEROW_KEY"))
SECRET_KEY = keys.derive(KEY, "django").hex()
SECRETS_KEY = keys.derive(KEY, "secrets")  # second-factor secrets and held drafts
# Seals what is written in the trail.
TRAIL_KEY = opening.kept(DATA, KEY, "trail") or keys.derive(KEY, "trail")
# Keys that this installation had before: what they sealed is still checked with them, and read.
FORMER_KEYS = former.known(DATA, KEY, os.environ)
TRAIL_KEYS_BEFORE = [keys.derive(one, "trail") for one in FORMER_KEYS]
# What signs checkpoints: made once, at random, and kept apart from whatever is derived from the key.
SIGNING_KEY = env_place("HEDGEROW_SIGNING_KEY", default=DATA / "signing.key")
SIGNING_WRAP = opening.kept(DATA, KEY, "signing") or keys.derive(KEY, "signing key file")
SIGNING_WRAPS_BEFORE = [keys.derive(one, "signing key file") for one in FORMER_KEYS]
RECEIPTS_KEY = opening.kept(DATA, KEY, "receipts") or SECRETS_KEY  # outlives a change of the key
TEXT_KEYS_FROM = os.environ.get("HEDGEROW_TEXT_KEYS", "file")
# Words that people write, and what finds equal words again though they are encrypted.
TEXT_KEYS = key_providers.chosen(
    os.environ,
    opening.kept(DATA, KEY, "text") or keys.derive(KEY, key_providers.ROOT),
    FORMER_KEYS,
)
LIKENESS_KEY = opening.kept(DATA, KEY, "likeness") or keys.derive(KEY, "likeness")
FILES_KEY = opening.kept(DATA, KEY, "files") or keys.derive(KEY, "files")
FILES_KEYS_BEFORE = [keys.derive(one, "files") for one in FORMER_KEYS]
PERSON_KEY_COST = (3, 64 * 1024, 1)  # Argon2id: rounds, KiB, lanes
DEBUG = False
ADDRESS = env_address("HEDGEROW_ADDRESS", default="http://localhost:8000")
HTTPS = env_flag("HEDGEROW_HTTPS", default=ADDRESS.startswith("https://"))
ALLOWED_HOSTS = env_names("HEDGEROW_HOSTS", default="localhost,127.0.0.1")
# Which computers may say for whom they ask and how, by X-Forwarded-For and -Proto (see arrival).
PROXIES = env_names("HEDGEROW_PROXY", default="127.0.0.1,::1" if HTTPS else "")
# Whether other computers are answered without encryption: never but in tests.
PLAIN_FROM_AFAR = False

# The order is the architecture: each app may use the ones below it (see [tool.importlinter]).
INSTALLED_APPS = [
    "demo",
    "safeguarding.today",
    "safeguarding.governance",
    "safeguarding.lock",
    "safeguarding.portal",
    "safeguarding.concerns",
    "safeguarding.agreements",
    "safeguarding.training",
    "safeguarding.procedures",
    "safeguarding.policies",
    "safeguarding.approvals",
    "safeguarding.backups",
    "safeguarding.witness",
    "safeguarding.documents",
    "safeguarding.notifications",
    "safeguarding.directory",
    "safeguarding.people",
    "safeguarding.law",
    "safeguarding.audit",
    "foundation.jobs",
    "foundation",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "template_partials",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "foundation.frames.room_for_frames",
    "foundation.middleware.outside_every_setting",
    "django.middleware.security.SecurityMiddleware",
    "foundation.arrival.by_the_proxy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "foundation.headers.private_pages",
    "foundation.headers.ContentSecurity",
    "safeguarding.lock.middleware.FilingAlways",
    "safeguarding.people.middleware.as_a_stranger",
    "foundation.arrival.by_our_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "safeguarding.people.middleware.idle_lock",
    "safeguarding.people.opened.cookies",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "safeguarding.people.middleware.MembershipMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "safeguarding.agreements.middleware.AgreementGate",
    "foundation.middleware.RulesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "safeguarding.people.context.member",
                "safeguarding.today.context.surroundings",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

# --- Database -------------------------------------------------------------------------------------
if url := postgresql("DATABASE_URL"):
    DATABASES = {
        "default": dj_database_url.parse(
            url, engine="foundation.postgres", conn_max_age=None, conn_health_checks=True
        )
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "foundation.sqlcipher",
            "NAME": str(DATA / "hedgerow.db"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "key": keys.derive(KEY, "database").hex(),
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
            },
        }
    }
CACHES = {
    # Rate limits and spent codes are shared by every worker, so they live in the database.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Django's 300 would let a flood of wrong sign-ins push out the counters and spent codes.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Sign-in --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["safeguarding.people.sign_in.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "safeguarding.people.passwords.HardToGuess"}]
LOGIN_URL = "/accounts/login/"  # paths, since inside a setting these pages have no name
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "safeguarding.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # before a second factor is changed, as for other power
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# allauth's own generator would note every address as unproven and then refuse a second factor.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105  a class
# Pauses, never locks: whoever keeps guessing slows down only strangers' computers (see adapters).
ACCOUNT_RATE_LIMITS = {
    "login": None,  # counted by account_views, as passkeys are
    "login_failed": "30/m/ip,5/m/key",
    "reauthenticate": "10/m/user,30/h/user",
}
WRONG_AT_HOME = "5/m/key"  # from a computer its person used before, whatever address it shares
MFA_RATE_LIMITS = {"webauthn_login": None}
MFA_ADAPTER = "safeguarding.people.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "safeguarding.people.second_factor.SealedActivateTOTPForm",
    "authenticate": "safeguarding.people.second_factor.OnceAuthenticateForm",
    "reauthenticate": "safeguarding.people.second_factor.OnceReauthenticateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Hedgerow"
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds: a clock a little off, or a code typed as it changes
USERSESSIONS_TRACK_ACTIVITY = False
IDLE_MINUTES = env_number("HEDGEROW_IDLE_MINUTES", default=10)
SECOND_FACTOR_HOURS = 8
LEAST_FREE = env_number("HEDGEROW_LEAST_FREE_MB", default=200) * 1024 * 1024  # else read-only
SECOND_FACTOR_FRESH_MINUTES = 5  # before papers are given out, or power is

# --- Cookies and headers --------------------------------------------------------------------------
SESSION_ENGINE = "foundation.sessions"
HOST_ONLY = "__Host-" if HTTPS else ""  # browsers then take them from this address alone, encrypted
SESSION_COOKIE_NAME = f"{HOST_ONLY}session"
KEYRING_COOKIE = f"{HOST_ONLY}keyring"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = (
    "Lax"  # Strict would ask whoever follows a link in a mail to sign in again
)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = f"{HOST_ONLY}csrf"
CSRF_COOKIE_SAMESITE = "Strict"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # not in a cookie
CSRF_FAILURE_VIEW = "safeguarding.people.views.stale_form"
SECURE_SSL_REDIRECT = False  # the proxy in front does this
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# False alarms: the proxy sends plain HTTP on, and without HTTPS only this computer is answered (safe_start).
_FALSE = ("W008", "W021") if HTTPS else ("W008", "W021", "W004", "W012", "W016")
SILENCED_SYSTEM_CHECKS = [f"security.{one}" for one in _FALSE]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
BACKUPS = env_place("HEDGEROW_BACKUPS", default=DATA / "backups").resolve()
SECOND_BACKUPS = os.environ.get("HEDGEROW_SECOND_BACKUPS", "")  # a stick or another computer
BACKUPS_KEPT = {
    "daily": env_number("HEDGEROW_BACKUPS_DAILY", default=14),
    "weekly": env_number("HEDGEROW_BACKUPS_WEEKLY", default=8),
    "monthly": env_number("HEDGEROW_BACKUPS_MONTHLY", default=12),
}
FILES = DATA / "files"  # what people add, encrypted, beside the database
FILES_MOST = env_number("HEDGEROW_FILES_MB", default=4096) * 1024 * 1024  # of one setting
CLAMD = os.environ.get("HEDGEROW_CLAMD", "")  # a virus scanner: name:port, or a socket's path
FILE_UPLOAD_HANDLERS = ["foundation.uploads.RefuseFiles"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# --- Language, time, static files, mail -----------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
STATIC_ROOT = env_place("HEDGEROW_STATIC", default=DATA / "static")
WHITENOISE_ADD_HEADERS_FUNCTION = headers.for_a_static_file
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
EMAIL_HOST_USER = os.environ.get("HEDGEROW_MAIL_USER", "")
# Mail servers take few senders but the account itself.
ACCOUNT_THERE = EMAIL_HOST_USER if "@" in EMAIL_HOST_USER else "hedgerow@localhost"
DEFAULT_FROM_EMAIL = os.environ.get("HEDGEROW_MAIL_FROM") or ACCOUNT_THERE
MAIL_FOLDER = DATA / "mail"  # where mails lie that no server was there to send
if (mail_host := os.environ.get("HEDGEROW_MAIL_HOST", "").strip()) and not DEMO:
    EMAIL_HOST = mail_host
    EMAIL_PORT = env_number("HEDGEROW_MAIL_PORT", default=587)
    EMAIL_HOST_PASSWORD = os.environ.get("HEDGEROW_MAIL_PASSWORD", "")
    is_encrypted = env_flag("HEDGEROW_MAIL_TLS", default=True)
    EMAIL_USE_SSL = is_encrypted and EMAIL_PORT == 465  # where it is from the first word on
    EMAIL_USE_TLS = is_encrypted and not EMAIL_USE_SSL
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAIL_FOLDER
# --- Places outside -------------------------------------------------------------------------------
# The only ones anything here is sent to (foundation.egress refuses every other), as (name, port).
OUTBOUND: set[tuple[str, int]] = set()
if mail_host and not DEMO:
    OUTBOUND.add((mail_host, EMAIL_PORT))
if CLAMD and not CLAMD.startswith("/"):
    OUTBOUND.add(port_of("HEDGEROW_CLAMD", CLAMD))

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Logs carry no names, no words anyone typed and no addresses of records.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"private": {"()": "foundation.logs.PrivateFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "private"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
