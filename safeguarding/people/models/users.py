"""Who signs in, and the typing we keep for them when their sign-in runs out."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode

from foundation.models import Record


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address; Django and allauth expect these names."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, Record):
    """A person who signs in. What they may do depends on their membership of a setting."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    # Counted on when what they may do ends: every session begun before it ends with the next request.
    sessions_round = models.PositiveIntegerField(default=0)
    # When a colleague saw a link with which the password could be chosen. It opens no cases then.
    link_shown_at = models.DateTimeField(null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    @property
    def display_name(self) -> str:
        return self.name or self.email

    @property
    def itself(self) -> Self:
        """The account, also where something only stands for it, as `request.user` does."""
        return self

    def end_sessions(self) -> None:
        """End all their sessions, on all servers, from the next request on (rule R9)."""
        User.objects.filter(pk=self.pk).update(sessions_round=F("sessions_round") + 1)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django compares this on each request with what the session began with."""
        what_it_hangs_on = f"{self.password} {self.sessions_round}"
        salt = "safeguarding.people.models.users.sessions"
        return salted_hmac(salt, what_it_hangs_on, secret=secret, algorithm="sha256").hexdigest()


class HeldFormQuerySet(models.QuerySet["HeldForm"]):
    def forgotten(self, at: datetime) -> Self:
        """Typing that nobody came back for."""
        return self.filter(created_at__lt=at - HeldForm.KEEP)

    def beyond_the_newest(self, user: User) -> Self:
        """Older typing of somebody who has left more than anyone comes back for."""
        theirs = self.filter(user=user).order_by("-created_at").values_list("pk", flat=True)
        return self.filter(pk__in=list(theirs[HeldForm.MOST : 2 * HeldForm.MOST]))


class HeldForm(Record):
    """What somebody had typed when their sign-in ran out, sealed, for them alone (rule R1)."""

    KEEP = timedelta(days=7)
    MOST = 30  # for one person; whoever types on after each idle lock keeps far fewer

    user = models.ForeignKey(User, models.CASCADE, related_name="held_forms")
    page = models.CharField(max_length=300)  # where the form stands
    path = models.CharField(max_length=300)  # where it was being sent
    sealed = models.BinaryField()

    objects = HeldFormQuerySet.as_manager()

    def __str__(self) -> str:
        return f"typing kept for {self.user}"

    @property
    def address(self) -> str:
        """The page, with this typing back in its form."""
        return f"{self.page}?{urlencode({'held': str(self.pk)})}"
