"""What is done in the background for sign-in. Safe to run twice."""

from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from foundation import fence

from .models import HeldForm, ImportText, SentForm, User
from .passwords import link_for

SUBJECTS = {
    "reset": "A link to choose your password",
    "invitation": "Your link to sign in to Hedgerow",
    "theirs_alone": "Please choose a new password for Hedgerow",
    "added": "You have been added to a setting in Hedgerow",
    "address_changed": "Your address to sign in to Hedgerow",
    "address_left": "Your address to sign in to Hedgerow",
    "sign_in_changed": "Your sign-in to Hedgerow was changed",
    "second_check_added": "A second check was added to your sign-in to Hedgerow",
}

WITH_LINK = {"reset", "invitation", "theirs_alone"}


@task()
def send_letter(letter: str, to: str) -> None:
    """Send one of the letters about signing in. It names no setting, child or concern.

    `to` is the id of a person. The row of this job waits in the database, so a link is only made
    here, in the letter itself. Whoever has chosen a password meanwhile is not invited to again.
    """
    user = User.objects.filter(pk=to, is_active=True).first()
    if user is None or (letter == "invitation" and user.has_usable_password()):
        return
    link = link_for(user) if letter in WITH_LINK else ""
    context = {"link": link, "address": settings.ADDRESS}
    body = render_to_string(f"people/letters/{letter}.txt", context)
    send_mail(SUBJECTS[letter], body, None, [user.email])


def tell_old_address(email: str) -> bool:
    """Tell the mail box that somebody signed in with until now, at once: no job may hold an address.

    Whether it was sent. It may be a box that never was, which is why the address is changed.
    """
    body = render_to_string("people/letters/address_left.txt", {"address": settings.ADDRESS})
    try:
        send_mail(SUBJECTS["address_left"], body, None, [email])
    except (SMTPException, OSError, ValueError):
        return False
    return True


@task()
def forget_typing() -> None:
    """Remove typing that nobody came back for within a week; lists to bring in and sent forms after a day."""
    HeldForm.objects.forgotten(timezone.now()).delete()
    _forget(ImportText.objects.forgotten(timezone.now()))
    _forget(SentForm.objects.forgotten(timezone.now()))


def _forget(rows: QuerySet[Any]) -> None:
    """Remove rows of several settings, each inside its own."""
    with fence.across("what is due"):
        settings = set(rows.values_list("setting", flat=True))
    for setting in settings:
        with fence.inside(setting):
            rows.filter(setting=setting).delete()


@task()
def do_import_later(asked: str) -> None:
    """Do a list that was asked for. Killed in the middle, nothing of it is there, and it runs again."""
    from .importing import later

    later.do(asked)
