"""The code that shows that whoever sets Hedgerow up may look at the machine it runs on."""

import re

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from foundation import keys
from safeguarding.audit.models import INSTALLATION
from safeguarding.audit.trail import System, record_knock
from safeguarding.people.permissions import FIRST_SET_UP

GIVEN = "set_up_code_given"
# Pauses, never locks. Together they make the code take decades to guess, from however many places.
PAUSES = {"set_up_code": "10/m/ip,300/m/key"}


def set_up_code() -> str:
    """Two groups of four, made from the installation's key: the same until there is a new key."""
    digits = keys.derive(settings.KEY, "welcome").hex()[:8]
    return f"{digits[:4]}-{digits[4:]}"


def may_try(request: HttpRequest) -> bool:
    """Whether there were few enough tries lately."""
    action, app = "set_up_code", "hedgerow"
    return bool(ratelimit.consume(request, app=app, action=action, config=PAUSES, key=action))


def is_right(typed: str) -> bool:
    """Whether this is the code, however it was spaced; the same time for every wrong one."""
    plain = re.sub(r"[\W_]", "", typed).lower()  # programs make other dashes of the one it has
    return constant_time_compare(plain, set_up_code().replace("-", ""))


def let_in(request: HttpRequest) -> None:
    """Remember in this session, under a new id, that the code was given."""
    request.session.cycle_key()
    request.session[GIVEN] = True


def is_let_in(request: HttpRequest) -> bool:
    return request.session.get(GIVEN) is True


def note_wrong_try() -> None:
    """A line in the trail of the installation, without what was typed."""
    record_knock("set_up_code.refused", INSTALLATION, by=System(FIRST_SET_UP, INSTALLATION))
