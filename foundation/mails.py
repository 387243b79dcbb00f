"""Whether mails go anywhere: without a mail server they are files in a folder of this computer."""

from django.conf import settings

INTO_A_FOLDER = "django.core.mail.backends.filebased.EmailBackend"


def leave_this_computer() -> bool:
    """Whether there is a mail server to hand them to."""
    return bool(settings.EMAIL_BACKEND != INTO_A_FOLDER)
