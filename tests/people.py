"""Signing people of the cast in, for tests of pages."""

import time

from allauth.account.internal.flows import login
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from demo.cast import Nursery
from foundation.sessions import SessionStore
from safeguarding.people import actions
from safeguarding.people.models import Member


def signed_in(member: Member, *, second_check: bool = True) -> Client:
    """A browser in which this member is signed in; by default with the second check passed."""
    client, session = Client(), SessionStore()
    member.user.refresh_from_db(fields=["sessions_round"])
    session[SESSION_KEY] = str(member.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.user.get_session_auth_hash()
    if second_check:
        session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(member.user.pk)
        session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "mfa", "type": "totp", "at": time.time()}
        ]
    session.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client


def anew(member: Member) -> Member:
    """The same member as the next request would fetch them, knowing nothing from before."""
    return Member.objects.select_related("user", "setting").get(pk=member.pk)


def left(at: Nursery, who: Member) -> None:
    """End every role they hold here; a second person confirms it where that is needed."""
    for held in who.roles_held.all():
        ending = actions.end_role(by=at.morgan, held=held, reason="Moves away.")
        if not ending.counts:
            actions.confirm_end(by=at.cleo, ending=ending)
