"""A calendar file, as the standard asks for it (RFC 5545)."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from icalendar import Alarm, Calendar, Event, vText

from safeguarding.people.models import Setting

from .entries import Entry

KIND = "text/calendar; charset=utf-8"
AGAIN = timedelta(hours=12)  # how often a program should ask
BEFORE = timedelta(days=-7)
SEE = "Sign in to see what it is: {}"


def drawn(setting: Setting, entries: Iterable[Entry]) -> bytes:
    """Whole days, so that no time zone can move them."""
    calendar = Calendar()
    calendar.add("prodid", "-//Hedgerow//Policies and training//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", vText(setting.name))  # as text: a line end in it begins no other line
    calendar.add("x-wr-calname", vText(setting.name))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    for one in entries:
        calendar.add_component(_event(setting, one))
    return bytes(calendar.to_ical())


def _event(setting: Setting, one: Entry) -> Event:
    event = Event()
    event.add("uid", f"{one.key}@{setting.pk}.hedgerow")
    event.add("dtstamp", one.changed)
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    event.add("summary", f"{one.words} ({setting.name})")
    event.add("description", SEE.format(settings.ADDRESS + one.path))
    event.add("url", settings.ADDRESS + one.path)
    event.add("transp", "TRANSPARENT")  # the day stays free
    event.add("class", "PRIVATE")
    if one.day >= timezone.localdate():
        event.add_component(_reminder(one))
    return event


def _reminder(one: Entry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one.words)
    alarm.add("trigger", BEFORE)
    return alarm
