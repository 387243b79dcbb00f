"""How people like the pages to help them. Each choice is a row; the newest counts."""

from typing import TYPE_CHECKING, Self

from django.db import models

from safeguarding.people import permissions

from .settings import SettingRecord

if TYPE_CHECKING:
    from .members import Member


class PreferenceQuerySet(models.QuerySet["Preference"]):
    def readable_by(self, member: "Member") -> Self:
        return self.filter(permissions.preferences_readable_by(member))

    def newest_of(self, about: str) -> Self:
        """What somebody chose last. Who chose nothing wants this help."""
        return self.filter(about=about).order_by("-created_at")[:1]


class Preference(SettingRecord):
    """What one member chose for themselves, from then on."""

    class About(models.TextChoices):
        WRITING_COACH = "writing_coach", "Suggestions on my words"

    member = models.ForeignKey(
        "people.Member", models.PROTECT, related_name="preferences", db_index=False
    )
    about = models.CharField(max_length=30, choices=About.choices)
    wanted = models.BooleanField()

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["member", "about", "-created_at"], name="newest_preference")
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {'on' if self.wanted else 'off'}"
