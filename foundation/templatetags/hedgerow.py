"""Tags that every page uses."""

from django import template
from django.conf import settings
from django.forms import BoundField
from django.urls import NoReverseMatch, reverse
from django.urls.base import get_script_prefix, set_script_prefix
from django.utils.safestring import SafeString

from foundation import mails

register = template.Library()


@register.simple_tag
def outside(name: str, *args: object) -> str:
    """The address of a page that belongs to no setting: sign-in, security, the quiet page.

    Inside a setting `{% url %}` speaks of that setting's own pages, so these need their own tag.
    A page that this installation does not have gives the home page rather than a broken one.
    """
    prefix = get_script_prefix()
    set_script_prefix(settings.FORCE_SCRIPT_NAME or "/")
    try:
        return reverse(name, urlconf=settings.ROOT_URLCONF, args=args)
    except NoReverseMatch:
        return settings.FORCE_SCRIPT_NAME or "/"
    finally:
        set_script_prefix(prefix)


@register.simple_tag
def mails_leave() -> bool:
    """Whether there is a mail server. Without one no page says that a mail is on its way."""
    return mails.leave_this_computer()


@register.simple_tag
def field(
    bound: BoundField, *, label: str = "", hint: str | None = None, asked: bool = False
) -> SafeString:
    """One question of a form, with another label or hint than its form gives it.

    `asked` leaves out "(optional)" where an empty answer is put right by itself.
    """
    bound.label = label or bound.label
    bound.help_text = bound.help_text if hint is None else hint
    bound.field.required = bound.field.required or asked
    return bound.as_field_group()
