"""Opening a setting, and when it is open."""

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction
from django.utils.text import slugify

from foundation.errors import RuleBroken
from safeguarding.audit.models import INSTALLATION
from safeguarding.audit.trail import System, record, record_knock
from safeguarding.people import meanwhile, permissions
from safeguarding.people.given import About, Opening, Person, TermDates
from safeguarding.people.models import EarlierAbout, Group, Member, OpeningHours, Setting, Term
from safeguarding.people.permissions import require

from ._adding import add

OTHER_AGES = (
    "Whether children of school age come to you decides which steps of a procedure must be done, so nobody "
    "here changes that alone. Ask whoever runs the installation: bin/manage change_setting does it. Nothing "
    "was changed."
)


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
    area: str = "england",
) -> Setting:
    """Open a setting under the id its actor carries, with its first people, hours and terms.

    `area` names the list of agencies it begins with.

    Of two who finish the first set-up at once, the second waits for the first, and is then refused.
    """
    if by.name == permissions.FIRST_SET_UP:  # this line holds the installation's chain: the wait
        record_knock("first_set_up.finished", by.setting_id, by=by, setting_id=INSTALLATION)
    require(permissions.may_open_setting, by)
    slug = slug or Setting.free_slug(name)
    setting = Setting.objects.create(
        pk=by.setting_id, name=name, kind=kind, slug=slug, local_area=area
    )
    for person in people:
        add(setting, person, granted_by=None)
    _replace_hours(setting, hours)
    _replace_terms(setting, terms)
    record("setting.opened", setting, by=by, slug=slug)
    return setting


@transaction.atomic
def describe_setting(*, by: Member | System, about: About, seen: str = "") -> Setting:
    """Put right what a setting is called, what kind it is, or its colour. What it was stays on record."""
    here = Setting.objects.select_for_update(no_key=True).get(pk=by.setting_id)
    require(permissions.may_change_setting, by, here)
    meanwhile.refuse_if_changed(meanwhile.about_in_words(here), seen)
    _refuse_other_ages(by, here, about.kind)
    if _about(here) == asdict(about):
        return here
    member = by if isinstance(by, Member) else None
    EarlierAbout.objects.create(setting=here, changed_by=member, **_about(here))
    for name, value in asdict(about).items():
        setattr(here, name, value)
    here.save(update_fields=[*asdict(about)])
    record("setting.described", here, by=by, kind=about.kind)
    return here


@transaction.atomic
def join_group(*, by: System, name: str) -> Setting:
    """Put a setting into the group of this name, which is made where there is none; no name: into none."""
    here = Setting.objects.select_for_update(no_key=True).get(pk=by.setting_id)
    require(permissions.may_change_setting, by, here)
    here.group = _group(name) if name else None
    here.save(update_fields=["group"])
    record("setting.grouped", here, by=by, group=here.group.slug if here.group else "")
    return here


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


def _about(here: Setting) -> dict[str, str]:
    return {"name": here.name, "kind": here.kind, "brand_colour": here.brand_colour}


def _refuse_other_ages(by: Member | System, here: Setting, kind: str) -> None:
    """Nobody here turns off the steps that must be done for children of early-years age."""
    other = Setting.is_of_early_years(kind) != here.is_early_years
    if other and isinstance(by, Member):
        raise RuleBroken(OTHER_AGES)


def _group(name: str) -> Group:
    slug = slugify(name)[:50]
    if not slug:
        raise RuleBroken("A group needs a name with letters or numbers in it. Nothing was changed.")
    return Group.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def _locked(setting: Setting) -> Setting:
    """The second of two who save at once waits here for the first."""
    return Setting.objects.select_for_update(no_key=True).get(pk=setting.pk)


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
