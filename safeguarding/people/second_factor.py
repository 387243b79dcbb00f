"""The second check: who needs one, who has one, and its secrets, which are never kept in clear."""

from datetime import timedelta
from typing import Any

from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.core.cache import cache
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from foundation import fence
from safeguarding.audit.models import INSTALLATION, Entry

from . import sealing
from .models import Member, User
from .pages import passed_second_check
from .permissions import OPERATOR
from .roles import READS_CASES

BY_LINK = "by_link"  # in a session that was begun with the link mailed to its person
NEW_FOR = timedelta(days=7)
REMOVED_FOR = timedelta(hours=24)
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_second_factor(user: User) -> bool:
    """Whether the person has a code app or a passkey. Recovery codes alone do not count."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists())


def factors_of(user: str) -> Exists:
    """For a query whose field `user` names a person: whether they have a code app or a passkey."""
    return Exists(Authenticator.objects.filter(user=OuterRef(user), type__in=FACTORS))


def needs_second_factor(user: User, member: Member) -> bool:
    """Whether a role held here opens cases and the person has no second factor yet."""
    return bool(member.roles & READS_CASES) and not has_second_factor(user)


def may_set_up(request: HttpRequest) -> bool:
    """Whether this session may make a first second factor. A password alone is not enough for long.

    Nobody has used a new account yet, only its person reads the mail with the link, and whoever runs
    the installation asked who it is. Whoever has a factor is asked for that one instead.
    """
    user = request.user
    if not isinstance(user, User):
        return False
    proven = bool(request.session.get(BY_LINK)) or passed_second_check(request)
    is_new = user.created_at > timezone.now() - NEW_FOR
    return proven or is_new or has_second_factor(user) or _removed_at_the_machine(user)


def _removed_at_the_machine(user: User) -> bool:
    """Whether `remove_second_check` was run for them within a day: the trail knows."""
    removed = Entry.objects.filter(
        setting_id=INSTALLATION,
        subject_id=user.pk,
        event="second_factor.removed",
        actor_id=None,
        actor_name=OPERATOR,
        at__gt=timezone.now() - REMOVED_FOR,
    )
    with fence.inside(INSTALLATION):
        return removed.exists()


class SealedActivateTOTPForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """allauth's form, with the secret sealed while it waits in the session for the first code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adapter, secret = get_adapter(), str(getattr(self, "secret"))  # noqa: B009  allauth sets it
        self.secret = adapter.decrypt(secret) if sealing.is_sealed(secret) else secret
        context.request.session[SECRET_SESSION_KEY] = adapter.encrypt(self.secret)

    def clean_code(self) -> str:
        """The first code, which opens nothing more."""
        code = str(super().clean_code())
        _spend(self.user, code)
        return code


class OnceOnly(BaseAuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """A code opens once, for as long as a clock we allow for may show it: allauth forgets it sooner."""

    def clean_code(self) -> str:
        if _spent(self.user, self.cleaned_data["code"]) in cache:
            # None at all: refused, told of and counted as any other that is wrong.
            self.cleaned_data["code"] = ""
        code = str(super().clean_code())
        _spend(self.user, code)
        return code


class OnceAuthenticateForm(OnceOnly, AuthenticateForm):  # type: ignore[misc]
    """The code after signing in."""


class OnceReauthenticateForm(OnceOnly, ReauthenticateForm):  # type: ignore[misc]
    """The code before a case is read."""


def _spend(user: User, code: str) -> None:
    """Note that this code was used, until no clock shows it any more."""
    shown_for = (2 * app_settings.TOTP_TOLERANCE + 1) * app_settings.TOTP_PERIOD
    cache.set(_spent(user, code), "y", timeout=shown_for)


def _spent(user: User, code: str) -> str:
    return f"second_check.spent?user={user.pk}&code={normalize_user_code(code)}"
