"""What is done in the background for sign-in. Safe to run twice."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from .models import HeldForm, User
from .passwords import link_for

SUBJECTS = {
    "reset": "A link to choose your password",
    "invitation": "Your link to sign in to Hedgerow",
    "added": "You have been added to a setting in Hedgerow",
    "sign_in_changed": "Your sign-in to Hedgerow was changed",
    "second_check_added": "A second check was added to your sign-in to Hedgerow",
}

WITH_LINK = {"reset", "invitation"}


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


@task()
def forget_typing() -> None:
    """Remove typing that was kept for somebody who did not come back within a week."""
    HeldForm.objects.forgotten(timezone.now()).delete()
