"""The second check: who needs one, who has one, and its secrets, which are never kept in clear."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY

from . import sealing
from .models import Member, User
from .roles import READS_CASES

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_second_factor(user: User) -> bool:
    """Whether the person has a code app or a passkey. Recovery codes alone do not count."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists())


def needs_second_factor(user: User, member: Member) -> bool:
    """Whether a role held here opens cases and the person has no second factor yet."""
    return bool(member.roles & READS_CASES) and not has_second_factor(user)


class SealedActivateTOTPForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """allauth's form, with the secret sealed while it waits in the session for the first code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adapter, secret = get_adapter(), str(getattr(self, "secret"))  # noqa: B009  allauth sets it
        self.secret = adapter.decrypt(secret) if sealing.is_sealed(secret) else secret
        context.request.session[SECRET_SESSION_KEY] = adapter.encrypt(self.secret)
