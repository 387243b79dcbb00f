"""Everything of ours that reads what somebody wrote, to be fed directly: no page, no server, no sign-in.

Each reader draws its own input from a lot, reads it, and may refuse only as it says it does. What it
gives back is looked at: whoever uses it trusts that much of it.
"""

import unicodedata
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation, ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from foundation import arrival, codes, moments, paging, spreadsheets
from foundation import words as plain
from foundation.errors import RuleBroken
from foundation.forms import Words
from safeguarding.documents import kinds as files_kept
from safeguarding.people.forms import EmailLine
from safeguarding.people.importing import columns, dates, lists, reading
from safeguarding.policies.importing import kinds as policies_kept

from .inputs import HEADERS, KINDS, as_sent
from .odd import Lot, changed, words

Refusals = tuple[type[Exception], ...]


@dataclass(frozen=True)
class Reader:
    """What is fed, how often in a thousand, and how it may refuse."""

    feed: Callable[[Lot], object]
    share: int
    refuses: Refusals = ()


# --- The questions of forms -----------------------------------------------------------------------
DAYS = ["1", "31", "29", "2", "02", "Feb", "february", "2026", "2024", "1st", "30", "12", "0", "13"]
TIMES = [
    "9:05",
    "9.05am",
    "0905",
    "2pm",
    "noon",
    "midnight",
    "24:00",
    "12 noon",
    "9 h 05",
    "1 a.m.",
]
SKIPPED = (forms.ModelChoiceField, forms.FileField)  # they ask the database, or a page


@cache
def questions() -> list[tuple[str, str, forms.Field]]:
    """Every question of every form there is: its form, its name, and what reads its answer."""
    import_module(settings.ROOT_URLCONF)
    found, waiting = [], [forms.Form]
    while waiting:
        form = waiting.pop()
        waiting += sorted(form.__subclasses__(), key=lambda one: f"{one.__module__} {one.__name__}")
        if form.__module__.startswith(("safeguarding", "foundation")):
            base: dict[str, forms.Field] = getattr(form, "base_fields", {})
            found += [(form.__name__, name, deepcopy(one)) for name, one in base.items()]
    return [one for one in found if not isinstance(one[2], SKIPPED)]


def a_question(lot: Lot) -> None:
    """An answer to one question, as a browser sends it, and what would stand in its box again."""
    _, name, question = lot.choice(questions())
    sent = QueryDict(mutable=True)
    for ending in ("", "_day", "_month", "_year", "_0", "_1"):
        if lot.random() < 0.8:
            sent.setlist(
                name + ending, [words(lot, DAYS + TIMES) for _ in range(lot.choice([1, 1, 2]))]
            )
    value = question.widget.value_from_datadict(sent, MultiValueDict(), name)
    question.bound_data(value, None)
    kept = question.clean(value)
    if isinstance(kept, str) and isinstance(question, Words):
        assert plain.visible(kept) == kept, "what cannot be seen is kept"
        assert plain.without_pictures(kept) == kept, "a picture is kept"
    assert "\0" not in (kept if isinstance(kept, str) else ""), "no database takes it"


def a_date(lot: Lot) -> None:
    boxes = [lot.choice(DAYS[:6]), lot.choice(DAYS[:7]), lot.choice(["2026", "2024", "1899", "26"])]
    if lot.random() < 0.6:
        boxes[lot.randrange(3)] = words(lot, DAYS)
    assert 1900 <= moments.read_date(*boxes).year <= 2100


def a_time(lot: Lot) -> None:
    text = lot.choice(TIMES) if lot.random() < 0.3 else words(lot, TIMES)
    assert moments.read_time(text).tzinfo is None


def a_date_of_another_program(lot: Lot) -> None:
    text = lot.choice("/-. ").join(lot.choice(DAYS) for _ in "dmy") + lot.choice(
        ["", "", " 00:00:00", "x"]
    )
    text = words(lot, DAYS) if lot.random() < 0.3 else text
    dates.must_ask([text, text[:3]])
    assert 1900 <= dates.read(text, day_first=lot.random() < 0.5).year <= 2100


# --- Words ----------------------------------------------------------------------------------------
PASTED = [
    "data:image/png;base64,",
    "iVBORw0KGgo" + "aB3" * 90,
    "<svg ",
    "</svg>",
    "JFIF\x00",
    "a b",
]


def some_words(lot: Lot) -> None:
    text = words(lot, PASTED)
    once = plain.visible(text)
    assert plain.visible(once) == once
    assert not any(unicodedata.category(one) == "Cc" and one not in "\n\t" for one in once)
    assert "\n" not in plain.one_line(text)
    cleaned = plain.without_pictures(text)
    assert plain.without_pictures(cleaned) == cleaned, "a second look finds another picture"


def a_cell(lot: Lot) -> None:
    text = spreadsheets.inert(words(lot, ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "'x", "|", "%"]))
    assert not text.lstrip().startswith(tuple("=+-@|%\0")), "a formula"


def a_code(lot: Lot) -> None:
    text = words(lot, ["7KQM-2XWD-0HTZ-9PRS-4V3B", "oil", "ILOU"])
    assert set(codes.plain(text)) <= set(codes.SIGNS)
    assert len(codes.plain(text)) <= 200
    assert codes.plain(codes.code_of_form(text))[-1] == codes.check_of(
        codes.plain(codes.code_of_form(text))[:-1]
    )


def a_page_number(lot: Lot) -> None:
    rows: Any = range(1000)
    assert 1 <= paging.page_of(rows, words(lot, ["1", "2", "99"])).number <= paging.FURTHEST


# --- Lists ----------------------------------------------------------------------------------------
HEADINGS = {
    "children": ["First name", "Last name", "Full name", "Known as", "Date of birth", "Room",
        "Family name", "Carer 1 name", "Carer 1 relation"],
    "staff": ["Name", "E-mail", "Role", "First day", "Last day"],
}  # fmt: skip
CELLS = ["Rowan", "Ash Vale", "27/03/2022", "2022-03-27", "Oaks", "mother", "a@b.example", "Deputy DSL",
    "Volunteer", '"', '""', '"a,b"', "=1", "n/a", "-", "Practitioner, DSL", "01/13/2022"]  # fmt: skip


def a_list(lot: Lot) -> None:
    """Bytes of a list, through all its steps up to what it would say of each line."""
    kind, sign = lot.choice([*HEADINGS]), lot.choice(",;\t")
    heads = lot.sample(HEADINGS[kind], lot.randrange(1, len(HEADINGS[kind]) + 1))
    lines = [
        [lot.choice(CELLS) if lot.random() < 0.9 else words(lot) for _ in heads] for _ in range(3)
    ]
    text = "\r\n".join(sign.join(line) for line in [heads, *lines])
    content = text.encode(lot.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]), "replace")
    sheet = columns.sheet_of(
        reading.rows_of(reading.decode(changed(lot, content) if lot.random() < 0.5 else content)),
        kind,
    )
    fields = columns.guess(sheet.headings, kind)
    found, problems = lists.read(sheet, fields, kind, day_first=lot.random() < 0.5)
    shown = "".join(one.value + one.what for one in problems)
    assert "\0" not in shown
    assert len({one.line for one in found}) == len(found)


# --- Names of files, and what they say they are ---------------------------------------------------
NAMES = [
    *(
        "policy.docx",
        "policy.pdf",
        "a.txt",
        "a.eml",
        "..",
        "../x.pdf",
        "a.pdf\u202e",
        "CON",
        "a" * 300,
    )
]
BEGINNINGS = [b"%PDF-1.7\n%%EOF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"From: a@b\r\n\r\nHi",
    b"Words.", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"MZ", b"\xff\xfeW\0", b"Content-Type: multipart/mixed\r\n"
    b"From: a@b\r\nMIME-Version: 1.0\r\n\r\n--x"]  # fmt: skip


def a_name_of_a_file(lot: Lot) -> None:
    name = files_kept.safe_name(words(lot, NAMES))
    assert not set(name) & files_kept.UNSAFE_IN_A_NAME
    assert name.strip(" .") == name
    assert len(name) <= files_kept.LONGEST_NAME


def a_kind_of_file(lot: Lot) -> None:
    name = words(lot, NAMES) + lot.choice([".pdf", ".txt", ".eml", ".docx", ".md", ".html", ""])
    content = lot.choice(BEGINNINGS) + words(lot).encode("utf-8", "replace")
    content = changed(lot, content) if lot.random() < 0.5 else content
    (policies_kept.kind_of if lot.random() < 0.4 else files_kept.look_at)(name, content)


# --- Requests and mails ---------------------------------------------------------------------------
BODIES = [b"a=1&b=%ff&%", b"--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n", b"{}",
    b"--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"../x\"\r\n\r\n1\r\n--b--"]  # fmt: skip
NEAR = "127.0.0.1"


def a_request(lot: Lot) -> None:
    """Headers, cookies and a body, through what looks at them before anything else does."""
    meta = {f"HTTP_{name.upper().replace('-', '_')}": said for name, said in HEADERS.items()}
    chosen = {name: lot.choice(said) for name, said in meta.items() if lot.random() < 0.3}
    chosen["HTTP_COOKIE"] = words(lot, ["sessionid=x;", "a=b;", "=;"])
    chosen["QUERY_STRING"] = words(lot, ["a=1", "&", "%ff"])
    body, kind = changed(lot, lot.choice(BODIES)), lot.choice(KINDS)
    request = RequestFactory().generic("POST", "/", body, kind)
    request.META.update({name: as_sent(said) for name, said in chosen.items()})
    request.META["REMOTE_ADDR"] = lot.choice([NEAR, "", "203.0.113.9", words(lot)])
    answer = arrival.by_the_proxy(arrival.by_our_pages(_looks_at_all))(request)
    assert answer.status_code in {200, 403}
    assert not [name for name in request.META if name.startswith("HTTP_X_FORWARDED")], (
        "hearsay is kept"
    )


def _looks_at_all(request: HttpRequest) -> HttpResponse:
    request.get_host()
    seen = [request.GET, request.COOKIES, request.POST, request.FILES]
    return HttpResponse(str(len(seen)))


ADDRESSES = [
    "alex@example.org",
    "a.b+c@x.example",
    "@",
    "a@b",
    '"a b"@c.example',
    "a@[127.0.0.1]",
    "<a@b.example>",
]
EMAIL = EmailLine()


def an_address(lot: Lot) -> None:
    """Whatever address a form takes can be written to, and puts nothing else into the mail."""
    address = EMAIL.clean(words(lot, ADDRESSES))
    mail = EmailMessage("Something waits", "Sign in.", "hedgerow@example.org", [address]).message()
    assert mail["To"].count("@") == address.count("@")
    assert {one.lower() for one in mail.keys()} == {  # noqa: SIM118  a mail is no mapping
        *("content-type", "mime-version", "content-transfer-encoding"),
        *("subject", "from", "to", "date", "message-id"),
    }


UNREADABLE: Refusals = (moments.Unreadable,)
READERS = {
    "a question": Reader(a_question, 330, (ValidationError,)),
    "a date": Reader(a_date, 90, UNREADABLE),
    "a time": Reader(a_time, 50, UNREADABLE),
    "a date of another program": Reader(a_date_of_another_program, 60, UNREADABLE),
    "words": Reader(some_words, 70),
    "a cell": Reader(a_cell, 40),
    "a code": Reader(a_code, 25),
    "a page number": Reader(a_page_number, 20),
    "a list": Reader(a_list, 70, (RuleBroken,)),
    "a name of a file": Reader(a_name_of_a_file, 40),
    "a kind of file": Reader(a_kind_of_file, 30, (RuleBroken,)),
    "a request": Reader(a_request, 25, (BadRequest, SuspiciousOperation, MultiPartParserError)),
    "an address": Reader(an_address, 30, (ValidationError,)),
}
