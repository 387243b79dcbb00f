"""Choosing a password: the link, and what it must be: long and not made of what others know."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn

from foundation import fence
from foundation.templatetags.hedgerow import outside

from .models import Setting, User

SHORTEST, LONGEST = 12, 200
HARD_ENOUGH = 3  # of zxcvbn's 0 to 4: "safely unguessable" offline against a slow hash
ZXCVBN_READS = 72
LEFT_OVER = 8  # characters that must remain once known words are taken out

ADVICE = (
    "Use three or more random words that do not belong together, for example three things you can "
    "see from a bus. At least 12 characters. A password manager may choose one for you."
)
TOO_SHORT = "This is {length} characters; use at least 12. Three random words are easy to remember."
TOO_LONG = "This is longer than 200 characters. A shorter one is safe enough."
KNOWN = "This is mostly made of “{word}”, which others know. Use three random words instead."
EASY = "This is easy to guess. Use three random words that do not belong together."


def link_for(user: User) -> str:
    """A link with which whoever holds it chooses this person's password: once, within three days.

    Make it where it is sent or shown. Never put it in the database, nor where others could read it.
    """
    key = default_token_generator.make_token(user)
    return settings.ADDRESS + outside("account_reset_password_from_key", user.pk.hex, key)


class HardToGuess:
    """Django's password validator for every password there is."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError with the one sentence that helps most."""
        known = _known_words(user)
        if len(password) < SHORTEST:
            raise ValidationError(TOO_SHORT.format(length=len(password)), code="too_short")
        if len(password) > LONGEST:
            raise ValidationError(TOO_LONG, code="too_long")
        if word := _made_of(password, known):
            raise ValidationError(KNOWN.format(word=word), code="known")
        if zxcvbn(password[:ZXCVBN_READS], user_inputs=known)["score"] < HARD_ENOUGH:
            raise ValidationError(EASY, code="easy")

    def get_help_text(self) -> str:
        return ADVICE


def _known_words(user: AbstractBaseUser | None) -> list[str]:
    """Words of the person's name and e-mail and of their settings' names, longest first."""
    if not isinstance(user, User):
        return []
    places = Setting.objects.filter(members__user=user.pk).values_list("name", flat=True)
    with fence.across("the door"):
        said = [user.name, user.email.replace("@", " ").replace(".", " "), *places]
    words = {word.casefold() for text in said for word in text.split() if len(word) > 2}
    return sorted(words, key=len, reverse=True)


def _made_of(password: str, known: list[str]) -> str:
    """The first known word without which too little of the password would be left; or nothing."""
    rest, first = password.casefold(), ""
    for word in known:
        if word in rest:
            first = first or word
            rest = rest.replace(word, "")
    return first if len(rest) < LEFT_OVER else ""
