"""What the list of an area says, beside what a setting made of it."""

from typing import Any

from safeguarding.directory.areas import Default, defaults
from safeguarding.directory.models import Contact
from safeguarding.people.models import Setting


def to_take_over(setting: Setting) -> list[Contact]:
    """The versions, not saved yet, that bring a setting's list to what its area's says now. One query.

    What a person wrote, checked or took off the list is theirs, and is left as it is.
    """
    listed = defaults(setting.local_area)
    newest = {one.slug: one for one in Contact.objects.filter(setting=setting).newest()}
    new = [_said(setting, one, 1) for slug, one in listed.items() if slug not in newest]
    ours = [one for one in newest.values() if one.written_by_id is None]
    gone = [one for one in ours if one.slug not in listed and not one.removed]
    differ = [one for one in ours if one.slug in listed and not _says(one, listed[one.slug])]
    return [
        *new,
        *(_said(setting, listed[one.slug], one.version + 1) for one in differ),
        *(_taken_off(one) for one in gone),
    ]


def for_whom(audience: tuple[str, ...]) -> dict[str, bool]:
    """The columns that say who a contact is for."""
    return {
        "for_setting": "setting" in audience,
        "for_parents": "parent" in audience,
        "for_children": "child" in audience,
    }


def _columns(one: Default) -> dict[str, Any]:
    said = one.model_dump()
    return said | for_whom(said.pop("audience"))


def _says(contact: Contact, one: Default) -> bool:
    same = all(getattr(contact, name) == value for name, value in _columns(one).items())
    return same and not contact.removed


def _said(setting: Setting, one: Default, version: int) -> Contact:
    return Contact(setting=setting, version=version, **_columns(one))


def _taken_off(contact: Contact) -> Contact:
    kept = {f.attname: getattr(contact, f.attname) for f in Contact._meta.concrete_fields}
    same = {name: value for name, value in kept.items() if name not in {"id", "created_at"}}
    return Contact(**{**same, "version": contact.version + 1, "removed": True})
