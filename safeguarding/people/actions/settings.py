"""Opening a setting, and when it is open."""

from collections.abc import Iterable

from django.db import transaction

from safeguarding.audit.models import INSTALLATION
from safeguarding.audit.trail import System, record, record_knock
from safeguarding.people import meanwhile, permissions
from safeguarding.people.given import Opening, Person, TermDates
from safeguarding.people.models import Member, OpeningHours, Setting, Term
from safeguarding.people.permissions import require

from ._adding import add


@transaction.atomic
def open_setting(
    *,
    by: System,
    name: str,
    kind: str = Setting.Kind.PRESCHOOL,
    people: Iterable[Person] = (),
    hours: Iterable[Opening] = (),
    terms: Iterable[TermDates] = (),
    slug: str = "",
) -> Setting:
    """Open a setting under the id its actor carries, with its first people, hours and terms.

    Of two who finish the first set-up at once, the second waits for the first, and is then refused.
    """
    if by.name == permissions.FIRST_SET_UP:  # this line holds the installation's chain: the wait
        record_knock("first_set_up.finished", by.setting_id, by=by, setting_id=INSTALLATION)
    require(permissions.may_open_setting, by)
    slug = slug or Setting.free_slug(name)
    setting = Setting.objects.create(pk=by.setting_id, name=name, kind=kind, slug=slug)
    for person in people:
        add(setting, person, granted_by=None)
    _replace_hours(setting, hours)
    _replace_terms(setting, terms)
    record("setting.opened", setting, by=by, slug=slug)
    return setting


@transaction.atomic
def set_opening_hours(*, by: Member, hours: Iterable[Opening], seen: str = "") -> None:
    """Replace the opening hours of the member's setting, if they are still those that were `seen`."""
    require(permissions.may_change_setting, by, by.setting)
    here = _locked(by.setting)
    meanwhile.refuse_if_changed(meanwhile.hours_in_words(here.opening_hours()), seen)
    _replace_hours(by.setting, hours)
    record("opening_hours.set", by.setting, by=by)


@transaction.atomic
def set_terms(*, by: Member, terms: Iterable[TermDates], seen: str = "") -> None:
    """Replace the terms of the member's setting, if still those `seen`. Deadlines counted in them follow."""
    require(permissions.may_change_setting, by, by.setting)
    here = _locked(by.setting)
    meanwhile.refuse_if_changed(meanwhile.terms_in_words(here.terms()), seen)
    _replace_terms(by.setting, terms)
    record("terms.set", by.setting, by=by)


def _locked(setting: Setting) -> Setting:
    """The second of two who save at once waits here for the first."""
    return Setting.objects.select_for_update().get(pk=setting.pk)


def _replace_hours(setting: Setting, hours: Iterable[Opening]) -> None:
    OpeningHours.objects.filter(setting=setting).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(setting=setting, weekday=one.weekday, opens=one.opens, closes=one.closes)
        for one in hours
    )


def _replace_terms(setting: Setting, terms: Iterable[TermDates]) -> None:
    Term.objects.filter(setting=setting).delete()
    Term.objects.bulk_create(
        Term(setting=setting, name=one.name, starts=one.starts, ends=one.ends) for one in terms
    )
