"""Who to call. Each setting keeps its own list; a change is a new row, and the newest counts."""

from collections.abc import Iterable
from itertools import takewhile
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from safeguarding.directory import permissions
from safeguarding.people.models import Member, SettingRecord

STAY = ("lado", "social-care")  # where allegations and referrals go
DECIDES = ("name", "phone", "email", "link", "when_to_use")  # who is called, and how
WEB = Q(link="") | Q(link__startswith="https://") | Q(link__startswith="http://")


class ContactQuerySet(models.QuerySet["Contact"]):
    def readable_by(self, member: Member) -> Self:
        return self.filter(permissions.readable_by(member))

    def newest(self) -> Self:
        """The newest row of each contact, removed ones too."""
        newer = Contact.objects.filter(
            setting=OuterRef("setting"), slug=OuterRef("slug"), version__gt=OuterRef("version")
        )
        return self.filter(~Exists(newer))

    def current(self) -> Self:
        """What the directory says now, by name."""
        return self.newest().filter(removed=False).order_by("name")

    def taken_off(self) -> Self:
        """What was taken off the list, by name."""
        return self.newest().filter(removed=True).order_by("name")

    def to_be_called(self) -> Self:
        """Every version, first what counts: the newest that was checked, or else the newest there is.

        So that nobody alone turns a call about an allegation to another number (rule R23).
        """
        checked_first = F("checked_on").desc(nulls_last=True)
        return self.filter(removed=False).order_by(checked_first, "-version")

    def may_be_called(self) -> Self:
        """Versions that count by `to_be_called`: those that were checked, and the newest of each."""
        return self.filter(removed=False) & (self.exclude(checked_on=None) | self.newest())

    def takes_referrals(self) -> Self:
        """The agencies a case may be referred to now: the LADO and social care whatever is written."""
        takes = Q(takes_referrals=True) | Q(slug__in=STAY)
        return self.current().filter(takes, superseded_by="")

    def named(self, slugs: Iterable[str]) -> Self:
        """The agencies that a step of a procedure names, also those that were taken off the list since.

        A step that must be done would otherwise wait for somebody who cannot be chosen.
        """
        return self.newest().filter(slug__in=slugs).order_by("name")


class Contact(SettingRecord):
    """One way to get help, as it was from one moment on. A change is a new version."""

    class Kind(models.TextChoices):
        EMERGENCY = "emergency", "Immediate danger"
        REPORT = "report", "Report it"
        ADVICE = "advice", "Ask for advice"
        SUPPORT = "support", "Support"
        INFORMATION = "information", "Information"

    class Level(models.TextChoices):
        INTERNAL = "internal", "In this setting"
        LOCAL = "local", "In this area"
        NATIONAL = "national", "National"

    class Audience(models.TextChoices):
        SETTING = "setting", "People who work here"
        PARENT = "parent", "Parents and carers"
        CHILD = "child", "Children"

    slug = models.SlugField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    level = models.CharField(max_length=10, choices=Level.choices)
    for_setting = models.BooleanField(default=False)
    for_parents = models.BooleanField(default=False)
    for_children = models.BooleanField(default=False)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    link = models.CharField(max_length=500, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    when_to_use = models.CharField(max_length=300)
    source = models.CharField(max_length=200, blank=True)
    takes_referrals = models.BooleanField(default=False)
    checked_on = models.DateField(null=True, blank=True)
    superseded_by = models.SlugField(max_length=60, blank=True)
    removed = models.BooleanField(default=False)
    written_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "slug", "version"], name="one_contact_of_a_version"
            ),
            models.CheckConstraint(condition=WEB, name="contact_link_is_a_web_address"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stays(self) -> bool:
        """Whether allegations or referrals go there: it is changed, and never taken off the list."""
        return self.slug in STAY

    @property
    def verified(self) -> bool:
        """Whether a person here has checked it."""
        return self.checked_on is not None

    def writers_to_check(self) -> list[Member | None]:
        """Whoever wrote what decides who is called, where it is not what was checked last. One query.

        Not only of the newest version: another person may have written only the hours into that.
        """
        rows = Contact.objects.filter(setting=self.setting_id, slug=self.slug)
        versions = list(rows.select_related("written_by__user").order_by("-version"))
        last = next((one for one in versions if one.verified), None)
        return [
            self._writer_of(name, versions)
            for name in DECIDES
            if last is None or getattr(last, name) != getattr(self, name)
        ]

    def _writer_of(self, name: str, newest_first: Iterable["Contact"]) -> Member | None:
        same = takewhile(lambda one: getattr(one, name) == getattr(self, name), newest_first)
        return list(same)[-1].written_by

    @property
    def is_incomplete(self) -> bool:
        """Whether the setting still has to say how to reach them."""
        return not (self.phone or self.email or self.link or self.superseded_by)

    @property
    def phone_href(self) -> str:
        """The number alone: an extension is no part of it, nor is the nought after a country's code."""
        number, _, extension = self.phone.partition("ext")
        if number.startswith("+"):
            number = number.replace("(0)", "")
        inside = f";ext={_dialled(extension)}" if extension else ""
        return f"tel:{_dialled(number)}{inside}"

    @property
    def audience(self) -> list[str]:
        """Whom it is for, as the form's choices."""
        for_whom = {
            self.Audience.SETTING: self.for_setting,
            self.Audience.PARENT: self.for_parents,
            self.Audience.CHILD: self.for_children,
        }
        return [who.value for who, is_for in for_whom.items() if is_for]


def _dialled(written: str) -> str:
    return "".join(c for c in written if c in "+0123456789")
