"""How often one place sends something. It decides how soon we tell of it, never whether we keep it."""

from django.http import HttpRequest

from safeguarding.people.models import Setting
from safeguarding.people.places import count, place_of, recent

HOUR = 60 * 60
FROM_ONE_PLACE = 3  # reports in an hour; further ones may be misuse
IN_ONE_SETTING = 12
WRONG_CODES = 20  # in ten minutes from one place, then all have to wait
WRONG_WITHIN = 10 * 60


def is_too_often(request: HttpRequest, setting: Setting) -> bool:
    """Count a report, and say whether there were many of late: from this place, or for this setting."""
    here = count(f"portal/told/{place_of(request, setting)}", HOUR) > FROM_ONE_PLACE
    all_here = count(f"portal/told/{setting.pk}", HOUR) > IN_ONE_SETTING
    return here or all_here


def must_wait(request: HttpRequest, setting: Setting) -> bool:
    """Whether so many wrong codes came from this place that it has to wait, with right ones too."""
    return len(recent(f"portal/wrong/{place_of(request, setting)}", WRONG_WITHIN)) >= WRONG_CODES


def note_wrong_code(request: HttpRequest, setting: Setting) -> None:
    count(f"portal/wrong/{place_of(request, setting)}", WRONG_WITHIN)
