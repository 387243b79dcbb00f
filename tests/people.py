"""Signing people of the cast in, for tests of pages."""

import time

from allauth.account.internal.flows import login
from django.test import Client

from safeguarding.people.models import Member


def signed_in(member: Member, *, second_check: bool = True) -> Client:
    """A browser in which this member is signed in; by default with the second check passed."""
    client = Client()
    member.user.refresh_from_db(fields=["sessions_round"])
    client.force_login(member.user)
    if second_check:
        session = client.session
        session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(member.user.pk)
        session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "mfa", "type": "totp", "at": time.time()}
        ]
        session.save()
    return client


def anew(member: Member) -> Member:
    """The same member as the next request would fetch them, knowing nothing from before."""
    return Member.objects.select_related("user", "setting").get(pk=member.pk)
