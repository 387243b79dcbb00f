"""Whether cases of a setting take pictures: off as it comes, and never in a case about one."""

from django.db import transaction
from django.utils import timezone

from foundation.errors import RuleBroken
from safeguarding.audit.trail import record
from safeguarding.concerns.models import PicturesChoice
from safeguarding.concerns.permissions import CHOOSE_PICTURES, may_choose_pictures
from safeguarding.notifications.outbox import notify
from safeguarding.people.models import Member
from safeguarding.people.permissions import require
from safeguarding.people.turns import take_turn


@transaction.atomic
def choose_pictures(*, by: Member, takes: bool, reason: str) -> PicturesChoice:
    """Choose whether cases about children take photographs, and say why. Those who may choose are told.

    A case of a picture, or about an adult, takes none whatever was chosen (rule R33).
    """
    require(may_choose_pictures, by)
    if not reason.strip():
        raise RuleBroken("Write why, in a few words. It stays on record.")
    take_turn(by.setting_id)
    if PicturesChoice.of(by.setting_id) == takes:
        raise RuleBroken("That is how it is already, so nothing was changed.")
    chosen = PicturesChoice.objects.create(
        setting=by.setting, takes=takes, reason=reason, chosen_by=by
    )
    others = [
        one for one in by.setting.holders(CHOOSE_PICTURES, timezone.localdate()) if one.pk != by.pk
    ]
    path = by.setting.link_to("concerns:pictures")
    notify("pictures_chosen", others, subject_id=chosen.pk, path=path)
    record("pictures.chosen", chosen, by=by, takes=takes)
    return chosen
