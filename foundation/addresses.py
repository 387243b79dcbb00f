"""E-mail addresses that a mail can be sent to."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode


def look_at(address: str) -> None:
    """Raise ValidationError for what no mail server could be found by, whatever it looks like."""
    validate_email(address)
    try:
        punycode(address.rpartition("@")[2])
    except UnicodeError:
        raise ValidationError("Enter a valid email address.", code="invalid") from None
