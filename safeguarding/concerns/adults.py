"""The adults of a setting, and finding the one whom a written name means."""

import re
import unicodedata

from django.utils import timezone

from safeguarding.people.models import Member, Setting
from safeguarding.people.roles import STAFF, TEMPORARY


class AdultsHere:
    """Everyone who works or helps at a setting, fetched once for a whole page."""

    def __init__(self, setting: Setting) -> None:
        today = timezone.localdate()
        found = setting.holders(STAFF | TEMPORARY, today)
        self.adults = {str(adult.pk): adult for adult in found}

    def named(self, name: str) -> Member | None:
        """The one adult here whose full name was written instead of chosen, so that they are shut out."""
        wanted = words_of(name)
        found = [one for one in self.adults.values() if words_of(one.display_name) == wanted]
        return found[0] if len(found) == 1 else None

    def sounds_like(self, name: str) -> list[Member]:
        """Adults here who share a word with a name that was written: perhaps they are meant."""
        wanted = {word for word in words_of(name) if len(word) >= 3}
        return [one for one in self.adults.values() if wanted & words_of(one.display_name)]


def words_of(name: str) -> frozenset[str]:
    """The words of a name without accents, capitals and full stops, in no order."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return frozenset(re.findall(r"[^\W\d_]+", letters))
