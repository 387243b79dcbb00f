"""What is done in the background for sign-in. Safe to run twice."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from .models import HeldForm

SUBJECTS = {
    "reset": "A link to choose your password",
    "invitation": "Your link to sign in to Hedgerow",
    "added": "You have been added to a setting in Hedgerow",
    "sign_in_changed": "Your sign-in to Hedgerow was changed",
}


@task()
def send_letter(letter: str, to: str, link: str = "") -> None:
    """Send one of the letters about signing in. It names no setting, child or concern."""
    context = {"link": link, "address": settings.ADDRESS}
    body = render_to_string(f"people/letters/{letter}.txt", context)
    send_mail(SUBJECTS[letter], body, None, [to])


@task()
def forget_typing() -> None:
    """Remove typing that was kept for somebody who did not come back within a week."""
    HeldForm.objects.forgotten(timezone.now()).delete()
