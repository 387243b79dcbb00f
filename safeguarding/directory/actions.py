"""What can be done with the directory, and with a setting's own values for the rules."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from foundation.errors import RuleBroken
from safeguarding.audit.trail import System, record
from safeguarding.directory import permissions
from safeguarding.directory.areas import areas
from safeguarding.directory.models import Contact
from safeguarding.directory.taking_over import for_whom, to_take_over
from safeguarding.law.library import NoSuchRule
from safeguarding.law.local import refuse_looser, rule_for
from safeguarding.law.models import LocalRule, TakenBack
from safeguarding.law.values import Value
from safeguarding.people.models import Member, Setting
from safeguarding.people.one_person import is_any_of
from safeguarding.people.permissions import require
from safeguarding.people.turns import take_turn


@dataclass(frozen=True)
class Details:
    """What a contact says, as a form gives it."""

    name: str
    kind: str
    level: str
    audience: tuple[str, ...]
    when_to_use: str
    phone: str = ""
    email: str = ""
    link: str = ""
    hours: str = ""
    source: str = ""
    takes_referrals: bool = False


@transaction.atomic
def install_defaults(*, by: Member | System, setting: Setting) -> int:
    """Take over what the list of the setting's area says. What a person here wrote, checked or removed stays.

    Says how many contacts were added, changed or taken off.
    """
    require(permissions.may_install_defaults, by)
    if by.setting_id != setting.pk:
        raise RuleBroken("The directory of another setting is not yours to fill.")
    take_turn(setting.pk)
    new = Contact.objects.bulk_create(to_take_over(setting))
    record("directory.installed", setting, by=by, contacts=len(new))
    return len(new)


@transaction.atomic
def choose_area(*, by: Member, area: str) -> int:
    """Say where the setting is, and take over the list of agencies there. Says how many were changed."""
    require(permissions.may_add_contacts, by)
    if area not in areas():
        raise RuleBroken("There is no list for this area. Nothing was changed.")
    here = Setting.objects.select_for_update(no_key=True).get(pk=by.setting_id)
    here.local_area = area
    here.save(update_fields=["local_area"])
    record("setting.placed", here, by=by, area=area)
    return install_defaults(by=by, setting=here)


@transaction.atomic
def add_contact(*, by: Member, details: Details) -> Contact:
    """Put a new contact into the directory."""
    require(permissions.may_add_contacts, by)
    take_turn(by.setting_id)
    slug = _free_slug(by.setting, details.name)
    contact = Contact.objects.create(
        setting=by.setting, slug=slug, written_by=by, **_fields(details)
    )
    record("contact.added", contact, by=by, slug=slug)
    return contact


@transaction.atomic
def change_contact(*, by: Member, contact: Contact, details: Details) -> Contact:
    """Write what a contact says now. It counts as unchecked until somebody checks it."""
    require(permissions.may_change_contact, by, contact)
    changed = _next(contact, by=by, checked_on=None, **_fields(details))
    record("contact.changed", changed, by=by, slug=contact.slug, version=changed.version)
    return changed


@transaction.atomic
def check_contact(*, by: Member, contact: Contact) -> Contact:
    """Say that what the directory says about a contact was checked today.

    Where an allegation or a referral goes, a second person checks what the first one wrote.
    """
    require(permissions.may_change_contact, by, contact)
    if contact.is_incomplete and contact.level != Contact.Level.INTERNAL:
        raise RuleBroken("Fill in how to reach them before you say that it is checked.")
    if contact.stays and not contact.verified and _wrote_it(by, contact):
        raise RuleBroken(
            "You wrote this yourself, or part of it. Where allegations and referrals go is checked by "
            "somebody else: ask a person who wrote no name, number or address here to call and say that it "
            "is right."
        )
    checked = _next(contact, by=by, checked_on=timezone.localdate())
    record("contact.checked", checked, by=by, slug=contact.slug, version=checked.version)
    return checked


@transaction.atomic
def remove_contact(*, by: Member, contact: Contact) -> Contact:
    """Take a contact off the list. What it said stays on record."""
    require(permissions.may_change_contact, by, contact)
    if contact.stays:
        raise RuleBroken(
            "This is where allegations and referrals go, so it stays. Write what has changed instead; "
            "then a second person checks it."
        )
    removed = _next(contact, by=by, removed=True)
    record("contact.removed", removed, by=by, slug=contact.slug, version=removed.version)
    return removed


@transaction.atomic
def put_back_contact(*, by: Member, contact: Contact) -> Contact:
    """Put a contact back that was taken off, where procedures look for it. It counts as unchecked."""
    require(permissions.may_change_contact, by, contact)
    if not contact.removed:
        raise RuleBroken("This contact is on the list already. Nothing was changed.")
    back = _next(contact, by=by, removed=False, checked_on=None)
    record("contact.put_back", back, by=by, slug=contact.slug, version=back.version)
    return back


@transaction.atomic
def set_local_rule(
    *, by: Member, rule_id: str, value: Value, reason: str, starts: date
) -> LocalRule:
    """Give the setting its own value for a rule, from today or a later day, where the rule allows it."""
    require(permissions.may_change_rules, by)
    take_turn(by.setting_id)
    _check_first_day(by.setting_id, rule_id, starts)
    try:
        rule = rule_for(by.setting_id, rule_id, starts)
    except NoSuchRule as error:
        raise RuleBroken(
            "This rule is not in force on that day. Choose another first day. Nothing was changed."
        ) from error
    national = rule.model_copy(update={"value": rule.local.national}) if rule.local else rule
    refuse_looser(national, value)
    who = {"setting_id": by.setting_id, "set_by": by.pk}
    own = LocalRule.objects.create(
        **who, rule_id=rule_id, value=str(value), reason=reason, starts=starts
    )
    record("local_rule.set", own, by=by, rule=rule_id, value=str(value), starts=str(starts))
    return own


@transaction.atomic
def take_back_local_rule(*, by: Member, own: LocalRule) -> TakenBack:
    """Take back the setting's own value for a rule before its first day: it never counts."""
    require(permissions.may_change_rule, by, own)
    take_turn(by.setting_id)
    if own.starts <= timezone.localdate():
        raise RuleBroken(
            "This value has begun, so it stays on record. Set another one, from today or a later day. "
            "Nothing was changed."
        )
    if TakenBack.objects.filter(rule=own).exists():
        raise RuleBroken("This value was taken back already. Nothing was changed.")
    back = TakenBack.objects.create(setting_id=own.setting_id, rule=own)
    record("local_rule.taken_back", own, by=by, rule=own.rule_id, starts=str(own.starts))
    return back


def _check_first_day(setting_id: UUID, rule_id: str, starts: date) -> None:
    """What was counted until now stays as it was; and on one day one value begins."""
    today = timezone.localdate()
    if starts < today:
        raise RuleBroken(
            "That first day has passed, and what was counted until now stays as it was. Choose today or "
            "a later day. Nothing was changed."
        )
    coming = LocalRule.objects.standing_in(setting_id).to_come(today)
    if coming.filter(rule_id=rule_id, starts=starts).exists():
        raise RuleBroken(
            "Another value of yours begins on that day. Take that one back first, under “The rules "
            "Hedgerow counts by”. Nothing was changed."
        )


def _wrote_it(by: Member, contact: Contact) -> bool:
    return is_any_of(by, *contact.writers_to_check())


def _next(contact: Contact, *, by: Member, **changes: Any) -> Contact:
    """The next version of a contact. Refused when somebody else was quicker."""
    take_turn(
        contact.setting_id
    )  # as whoever takes over the list of the area, which writes versions, too
    versions = Contact.objects.filter(setting=contact.setting, slug=contact.slug)
    if versions.filter(version__gt=contact.version).exists():
        raise RuleBroken("Somebody changed this contact a moment ago. Look at it again first.")
    kept = {f.attname: getattr(contact, f.attname) for f in Contact._meta.concrete_fields}
    fresh = {"id", "created_at", "version", "written_by_id"}
    same = {name: value for name, value in kept.items() if name not in fresh}
    return Contact.objects.create(
        **{**same, **changes, "version": contact.version + 1, "written_by": by}
    )


def _fields(details: Details) -> dict[str, Any]:
    said = asdict(details)
    return said | for_whom(said.pop("audience"))


def _free_slug(setting: Setting, name: str) -> str:
    """A slug that no contact of this setting ever had."""
    taken = set(Contact.objects.filter(setting=setting).values_list("slug", flat=True))
    stem = slugify(name)[:50] or "contact"
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in taken)
