"""Taking in what was sent while the records were closed: each form once, through the usual actions."""

import logging
import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db.transaction import TransactionManagementError
from django.http import QueryDict
from django.utils import timezone

from foundation import drop, fence, refusing, sealed, standing
from safeguarding.audit.trail import System
from safeguarding.concerns.forms import ReportForm
from safeguarding.concerns.report import Report
from safeguarding.people import held
from safeguarding.people.models import Member, Setting
from safeguarding.portal.forms import TellForm
from safeguarding.portal.told import Told
from safeguarding.portal.ways import ways

from . import actions, around, drops
from .as_words import in_words
from .drops import Sent

WHERE = "at"
FURTHER = ("heard", "did", "think")
logger = logging.getLogger(__name__)


def look_after() -> int:
    """See that the drop can be used, that its pages know whom to call, and that nothing waits in it."""
    data, key = settings.DATA, settings.KEY
    drop.make_ready(data, key)
    around.write(
        data, around.Around(places=tuple(_place(one) for one in Setting.objects.order_by("slug")))
    )
    return 0 if standing.read_only(data, settings.LEAST_FREE) else take_all_in()


def take_all_in() -> int:
    """Take in whatever waits. What cannot be opened is put where a person looks at it; says how many were."""
    data = settings.DATA
    taken, stuck = 0, set()
    for place in drop.waiting(data):
        try:
            sent = drops.read(drop.opened(place, drop.identities(data, settings.KEY)))
            setting = _setting(sent)
        except (sealed.CannotOpen, ValueError):
            drop.settle(data, place, readable=False)
            continue
        error = _tried(sent, setting)
        if error is None:
            drop.settle(data, place)
            taken += 1
        elif not _is_for_later(error):
            stuck.add(str(setting.pk))
    drop.say_stuck(data, stuck)
    return taken


def _tried(sent: Sent, setting: Setting) -> Exception | None:
    """Take one in. What stood in the way is answered, not raised: the others must not wait for this one."""
    try:
        _take_in(sent, setting)
    except Exception as error:
        logger.exception("Something in the drop could not be taken in: %s", type(error).__name__)
        return error
    return None


def _is_for_later(error: Exception) -> bool:
    """Whether it was the database, which may take it the next time."""
    return refusing.is_refusal(error) or isinstance(error, TransactionManagementError)


def _take_in(sent: Sent, setting: Setting) -> None:
    """As it was sent. Where a fault of ours stands in the way, as words: somebody reads them today."""
    with fence.inside(setting.pk):
        try:
            _keep(sent, setting, content_of(sent, setting))
        except Exception as error:
            if _is_for_later(error):
                raise
            logger.exception("Taken in as words alone: %s", type(error).__name__)
            _keep(sent, setting, in_words(sent, setting, _writer(sent, setting)))


def _keep(sent: Sent, setting: Setting, content: actions.Content) -> None:
    by = System("drop", setting.pk)
    actions.take_in(by=by, setting=setting, sent=sent, content=content)


def content_of(sent: Sent, setting: Setting) -> actions.Content:
    """What was sent, as the usual actions take it."""
    found = report_of(sent, setting) if sent.form == drops.REPORT else None
    return found or told(sent, setting)


def told(sent: Sent, setting: Setting) -> Told:
    """What somebody without an account told us. Boxes that are not as the form wants them are kept too."""
    form = TellForm(typed(sent))
    if form.is_valid():
        heard, did, think = ("\n".join(sent.fields.get(name, [])) for name in FURTHER)
        abuse = sent.may_be_abuse or form.is_trapped
        said = form.told(setting, may_be_abuse=abuse, beside=f"{heard} {did} {think}")
        return replace(said, report=replace(said.report, heard=heard, did=did, think=think))
    return in_words(sent, setting, _writer(sent, setting))


def report_of(sent: Sent, setting: Setting) -> tuple[Member, Report] | None:
    """The report of a member, where the form says whose it is and holds what it needs."""
    member = _writer(sent, setting)
    if member is None:
        return None
    form = ReportForm(typed(sent), member=member)
    return (member, form.report()) if form.is_valid() else None


def typed(sent: Sent) -> QueryDict:
    back = QueryDict(mutable=True)
    for name, values in sent.fields.items():
        back.setlist(name, values)
    back["key"] = sent.key
    return back


def _writer(sent: Sent, setting: Setting) -> Member | None:
    """Whose form it was: the signed note in it says so, if it was not too old when it was sent.

    Nobody is signed in there. Somebody else may have found the note on a page that was left behind.
    """
    until_now = max(timezone.now() - sent.moment, timedelta())
    may_be = timedelta(hours=held.HOURS) + until_now
    try:
        said = sent.fields.get(held.FIELD, [""])[0]
        note = signing.loads(said, salt=held.SALT, max_age=may_be)
        user = UUID(note["user"])
    except (signing.BadSignature, ValueError, KeyError, TypeError, IndexError):
        return None
    here = Member.objects.with_roles(timezone.localdate()).filter(setting=setting, user=user)
    return here.select_related("user", "setting").first()


def _setting(sent: Sent) -> Setting:
    """Where it was sent to: by its address or the name that was written; or the only one there is.

    Raises ValueError.
    """
    if sent.setting:
        found = list(Setting.objects.filter(slug=sent.setting))
    else:
        found = list(Setting.objects.order_by("slug"))
        found = _named(found, sent) if len(found) > 1 else found
    if len(found) != 1:
        raise ValueError("It is not known for which setting this is.")
    return found[0]


def _named(settings_here: list[Setting], sent: Sent) -> list[Setting]:
    """Those that were meant by what was written where the page did not know which settings there are."""
    said = _plain(" ".join(sent.fields.get(WHERE, [])))
    exactly = [one for one in settings_here if said in {_plain(one.name), _plain(one.slug)}]
    return exactly or [one for one in settings_here if said and _is_part(said, _plain(one.name))]


def _is_part(said: str, name: str) -> bool:
    """“Sunflowers” for “Sunflowers Nursery”, and the other way round, by whole words."""
    return f" {said} " in f" {name} " or f" {name} " in f" {said} "


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _place(setting: Setting) -> around.Place:
    with fence.inside(setting.pk):
        lines = ways(setting)
    outside, beside = (
        [around.Line(**one) for one in lines[part]] for part in ("outside", "beside")
    )
    return around.Place(
        slug=setting.slug, name=setting.name, outside=tuple(outside), beside=tuple(beside)
    )
