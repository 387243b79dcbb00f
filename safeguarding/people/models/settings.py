"""Settings: the walls no data crosses; the groups they belong to; when they are open."""

import calendar
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.validators import RegexValidator
from django.db import models
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils.text import slugify

from foundation.models import Record

if TYPE_CHECKING:
    from safeguarding.people.roles import Role

    from .members import Member, MemberQuerySet


class Group(Record):
    """A trust, chain or authority that answers for several settings."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)

    def __str__(self) -> str:
        return self.name


class Setting(Record):
    """A pre-school, nursery, childminder or school: the wall no data crosses."""

    class Kind(models.TextChoices):
        PRESCHOOL = "preschool", "Pre-school"
        NURSERY = "nursery", "Nursery"
        CHILDMINDER = "childminder", "Childminder"
        SCHOOL = "school", "School"

    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="settings")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.PRESCHOOL)
    local_area = models.CharField(max_length=60, default="england")
    brand_colour = models.CharField(
        max_length=7, default="#0b5563", validators=[RegexValidator(r"^#[0-9a-f]{6}$")]
    )

    def __str__(self) -> str:
        return self.name

    @classmethod
    def free_slug(cls, name: str) -> str:
        """An address made from the name that no other setting has."""
        base = slug = slugify(name)[:40] or "setting"
        number = 1
        while cls.objects.filter(slug=slug).exists():
            number += 1
            slug = f"{base}-{number}"
        return slug

    @property
    def home(self) -> str:
        """The address of its first page."""
        return f"/at/{self.slug}/"

    @property
    def is_early_years(self) -> bool:
        """Whether every child here is of early-years age."""
        return self.is_of_early_years(self.kind)

    @classmethod
    def is_of_early_years(cls, kind: str) -> bool:
        """Whether every child of such a setting is of early-years age: more must be referred then."""
        return kind != cls.Kind.SCHOOL

    def holding(self, roles: "Iterable[Role]", on: date) -> "MemberQuerySet":
        """Members who hold any of these roles on a day."""
        return self.members.holding(roles, on)

    def holders(self, roles: "Iterable[Role]", on: date) -> "list[Member]":
        """By name, whoever holds any of these roles on a day, with their roles. Two queries."""
        from .members import holders

        return holders(self, roles, on)

    def earlier(self) -> "models.QuerySet[EarlierAbout]":
        """What it was called, and what it was, until that was put right; the latest first."""
        return EarlierAbout.objects.filter(setting=self).order_by("-created_at")

    def opening_hours(self) -> "models.QuerySet[OpeningHours]":
        """When it is open, Monday first. A day without a row is a day it is closed."""
        return OpeningHours.objects.filter(setting=self).order_by("weekday")

    def terms(self) -> "models.QuerySet[Term]":
        """Its terms, earliest first."""
        return Term.objects.filter(setting=self).order_by("starts")

    def term_began(self, on: date) -> date:
        """When the school term of a day began, or the last one before it; else the third of the year."""
        begun = self.terms().filter(starts__lte=on).values_list("starts", flat=True).last()
        month = next(month for month in (9, 4, 1) if month <= on.month)
        return begun or on.replace(month=month, day=1)

    def link_to(self, page: str, *args: Any) -> str:
        """The path of one of this setting's pages, whoever asks and wherever they are."""
        if all(isinstance(one, UUID) for one in args):
            return f"/at/{self.slug}{_page(page, len(args)).format(*args)}"
        prefix = get_script_prefix()
        set_script_prefix(f"/at/{self.slug}/")
        try:
            return reverse(page, urlconf="config.setting_urls", args=args)
        finally:
            set_script_prefix(prefix)


@cache
def _page(name: str, ids: int) -> str:
    """The address of a page within a setting, the same in all of them, with room for so many ids."""
    rooms = {UUID(int=number): f"{{{number}}}" for number in range(ids)}
    prefix = get_script_prefix()
    set_script_prefix("/")
    try:
        path = reverse(name, urlconf="config.setting_urls", args=list(rooms))
    finally:
        set_script_prefix(prefix)
    for one, room in rooms.items():
        path = path.replace(str(one), room)
    return path


class SettingRecord(Record):
    """A record that belongs to one setting, and goes wherever that setting's data goes."""

    # Indexes that begin with it are made where lists need them. Alone it would mislead the planner.
    setting = models.ForeignKey(Setting, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class EarlierAbout(SettingRecord):
    """What a setting was called, and what it was, until that was put right."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Setting.Kind.choices)
    brand_colour = models.CharField(max_length=7)
    # Empty: whoever runs the installation.
    changed_by = models.ForeignKey("Member", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class OpeningHours(SettingRecord):
    """When a setting is open on one day of the week (0 is Monday)."""

    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "weekday"], name="one_opening_a_weekday"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="weekday_is_real"),
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")), name="closes_after_opening"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opens:%H:%M} to {self.closes:%H:%M}"

    @property
    def day(self) -> str:
        return calendar.day_name[self.weekday]


class Term(SettingRecord):
    """One school term: first and last day that children attend."""

    name = models.CharField(max_length=60)
    starts = models.DateField()
    ends = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="term_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.name
