"""The demo, which must never stand beside anybody's real records."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.db import DatabaseError

NURSERIES = {"sunflowers", "bluebells"}


class Demo(AppConfig):
    name = "demo"

    def ready(self) -> None:
        from foundation.safe_start import TAG

        checks.register(no_demo_on_real_records, TAG, deploy=True)


def no_demo_on_real_records(**_: Any) -> list[checks.CheckMessage]:
    """The pages of the demo show mails and codes, so they are only for people who are made up."""
    if not (settings.DEMO and has_real_settings()):
        return []
    what = "The pages of the demo would stand open beside real records."
    return [checks.Error(what, hint="Leave HEDGEROW_DEMO out, or set it to no.", id="demo.real")]


def has_real_settings() -> bool:
    from safeguarding.people.models import Setting

    try:
        return Setting.objects.exclude(slug__in=NURSERIES).exists()
    except DatabaseError:  # nothing has been made yet, so there is nothing to show
        return False
