"""The adults of a setting, and finding the one whom a written name means."""

import itertools
import re
import unicodedata

from django.utils import timezone

from safeguarding.people.models import Member, Setting
from safeguarding.people.roles import STAFF, TEMPORARY

SHORTEST = 2  # letters of a name: Jo, Mo, Al
# Words of two letters that English uses all the time. In a sentence they are a name only with a capital.
WITHOUT_A_NAME = re.compile(
    r"\b(am|an|as|at|be|by|do|go|he|hi|if|in|is|it|me|my|no|of|oh|ok|on|or|so|to|up|us|we)\b"
)


class AdultsHere:
    """Everyone who works or helps at a setting, fetched once for a whole page."""

    def __init__(self, setting: Setting) -> None:
        today = timezone.localdate()
        found = setting.holders(STAFF | TEMPORARY, today)
        self.adults = {str(adult.pk): adult for adult in found}

    def named(self, name: str) -> Member | None:
        """The one adult here whose full name was written instead of chosen, so that they are shut out."""
        wanted = words_of(name)
        found = [one for one in self.adults.values() if wanted in map(words_of, one.names)]
        return found[0] if len(found) == 1 else None

    def sounds_like(self, name: str) -> list[Member]:
        """Adults here who share a word with a name that was written: perhaps they are meant."""
        wanted = spellings(name)
        return [one for one in self.adults.values() if wanted & spellings_of(one)]

    def mentioned_in(self, text: str) -> list[Member]:
        """Adults here one of whose names stands in some text: perhaps they are meant."""
        return self.sounds_like(WITHOUT_A_NAME.sub(" ", text))

    def fully_named_in(self, text: str) -> list[Member]:
        """Adults here of whom every name stands in some text, if they have two or more."""
        said = words_of(text)
        names = ((one, map(words_of, one.names)) for one in self.adults.values())
        return [one for one, of in names if any(len(name) > 1 and name <= said for name in of)]


def spellings_of(adult: Member) -> frozenset[str]:
    """The same for all the names that somebody has and had here."""
    return frozenset[str]().union(*map(spellings, adult.names))


def spellings(name: str) -> frozenset[str]:
    """The words of a name that say something, and each two of them as one: Anne-Marie, Annemarie."""
    words = in_order(name)
    together = {one + other for one, other in itertools.pairwise(words)}
    return frozenset(word for word in {*words, *together} if len(word) >= SHORTEST)


def words_of(name: str) -> frozenset[str]:
    """The words of a name without accents, capitals and full stops, in no order."""
    return frozenset(in_order(name))


def in_order(name: str) -> list[str]:
    """The same words, one after the other."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.findall(r"[^\W\d_]+", letters)
