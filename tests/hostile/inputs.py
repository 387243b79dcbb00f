"""Requests made to break in, drawn by a seed: any address, method, header, cookie, body and encoding."""

import json
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django import forms
from django.conf import settings

from foundation.uploads import FIELD
from tests.architecture.addresses import Address, inside, outside
from tests.architecture.examples import Examples

MARK = "<fz"  # nothing of ours begins so: where it stands in a page, something was not escaped
WORDS = [
    *("", " ", "0", "-1", "9" * 400, "1e999", "NaN", "true", "null", "None", "\x00", "\ufeff", "\u202e"),
    *(f"{MARK} onload=alert(1)>", f"\"'>{MARK}>", f"{{{{7*7}}}}{MARK}>", f"{{% debug %}}{MARK}>"),
    *("' OR 1=1 --", "1;DROP TABLE people_user", "%' ESCAPE '", "$(id)", "| id", "../../../etc/passwd"),
    *(f"\r\nX-Fz-Injected: 1\r\n\r\n{MARK}>", "=cmd|' /C calc'!A0", "http://203.0.113.5/", "//evil.example"),
    *("javascript:alert(1)", "data:text/html,x", "\u00d8\u0000"),
    *("2026-13-45", "31/02/2026", "٣", "x" * 70_000, "😀" * 50, "a\u0301" * 100, "[]", "{}", "__proto__"),
    *("id__in", "setting__users__password__startswith", "-pk", "?", "%00", "%", "\\", "\u2028"),
]  # fmt: skip
ASKED = ["page", "q", "sort", "order_by", "next", "held", "kind", "about", "filter", "written_by",
    "from", "to", "step", "child", "case", "room", "format", "_method", "csrfmiddlewaretoken"]  # fmt: skip
METHODS = (
    ["GET"] * 8 + ["POST"] * 8 + ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"]
)
HEADERS = {
    "HX-Request": ["true", "x"],
    "HX-Current-URL": WORDS,
    "Accept": ["application/json", "*/*;q=x", "\x7f"],
    "Accept-Language": ["xx", "en" * 500],
    "Accept-Encoding": ["gzip;q=x", "br"],
    "Referer": WORDS,
    "Origin": ["null", "http://evil.example", "x"],
    "Host": ["evil.example", "localhost:99999", "[::1", "a b", "localhost."],
    "X-Forwarded-For": ["1.1.1.1", "x,y", ""],
    "X-Forwarded-Host": ["evil.example"],
    "X-HTTP-Method-Override": ["DELETE"],
    "Sec-Fetch-Site": ["cross-site", "same-origin", "x"],
    "If-Modified-Since": ["x", "Thu, 01 Jan 1970 00:00:00 GMT"],
    "If-None-Match": ['"x"', "*"],
    "Range": ["bytes=0-", "bytes=9-1,x"],
    "User-Agent": WORDS,
}
KINDS = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "application/json",
    "text/plain", "multipart/form-data", "application/x-www-form-urlencoded; charset=utf-7", "x"]  # fmt: skip


@dataclass
class Request:
    """What one seed sends. `who` is the place of somebody in the list of those who ask."""

    who: int
    method: str
    path: str
    headers: dict[str, str]
    cookies: dict[str, str]
    body: bytes = b""
    kind: str = ""
    route: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


@cache
def field_names() -> list[str]:
    """The names of all questions of all our forms."""
    found = {*ASKED, FIELD, "key", "text"}
    waiting: list[type[forms.BaseForm]] = [forms.Form]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        found |= set(getattr(form, "base_fields", {}))
    return sorted(found)


def drawn(seed: int, ours: Examples, theirs: Examples, people: int) -> Request:
    """The request of this seed, to an address with ids of ours, of another setting, or of nobody."""
    lot = random.Random(seed)  # noqa: S311  drawn again from its seed, not secret
    address, where = _address(lot)
    path = where(ours, address.filled(_values(lot, address, ours, theirs)))
    if lot.random() < 0.5:
        path += "?" + "&".join(
            f"{lot.choice(ASKED)}={_asked(lot)}" for _ in range(lot.randrange(4))
        )
    request = Request(
        who=lot.randrange(people),
        method=lot.choice(METHODS),
        path=path,
        headers={
            name: lot.choice(HEADERS[name]) for name in lot.sample([*HEADERS], lot.randrange(4))
        },
        cookies=_cookies(lot),
        route=str(address),
    )
    if request.method not in {"GET", "HEAD"}:
        request.kind, request.body = _body(lot, ours, theirs)
    return request


def _address(lot: random.Random) -> tuple[Address, Callable[[Examples, str], str]]:
    if lot.random() < 0.85:
        return lot.choice(inside()), Examples.path
    return lot.choice(outside()), lambda _, path: path


def _values(
    lot: random.Random, address: Address, ours: Examples, theirs: Examples
) -> dict[str, str]:
    values = dict(ours.of(address))
    for name in [*address.ids, *address.words]:
        chance = lot.random()
        if chance < 0.15:
            values[name] = theirs.of(address)[name]
        elif chance < 0.25:
            values[name] = str(uuid.UUID(int=lot.getrandbits(128)))
        elif chance < 0.35:
            values[name] = _quoted(lot.choice(WORDS)[:200])
    return values


def _quoted(text: str) -> str:
    plain = (sign if sign.isascii() and sign.isalnum() else "x" for sign in text)
    return "".join(plain) or "x"


def _asked(lot: random.Random) -> str:
    raw = lot.choice(WORDS)[:300].encode("utf-8", "surrogatepass")
    return "".join(f"%{byte:02X}" for byte in raw) if lot.random() < 0.9 else "%zz%"


def _cookies(lot: random.Random) -> dict[str, str]:
    if lot.random() < 0.9:
        return {}
    name = lot.choice(
        [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages", "known_device"]
    )
    return {name: _quoted(lot.choice(WORDS)[:4000])}


def _body(lot: random.Random, ours: Examples, theirs: Examples) -> tuple[str, bytes]:
    ids = [*ours.ids.values(), *theirs.ids.values()]
    names = lot.sample(field_names(), lot.randrange(1, 12))
    pairs = [
        (name, lot.choice(ids) if lot.random() < 0.3 else lot.choice(WORDS))
        for name in names
        for _ in range(lot.choice([1, 1, 1, 2]))
    ]
    kind = lot.choice(KINDS[:2]) if lot.random() < 0.85 else lot.choice(KINDS)
    return kind, _written(kind, pairs, lot)


def _written(kind: str, pairs: list[tuple[str, str]], lot: random.Random) -> bytes:
    if kind == "application/json":
        return json.dumps(dict(pairs)).encode()
    if kind.startswith("multipart"):
        parts = b"".join(_part(name, value, lot) for name, value in pairs)
        return parts + (b"--b--\r\n" if lot.random() < 0.9 else b"")
    text = "&".join(f"{name}={_percent(value)}" for name, value in pairs)
    return text.encode() + (b"&x=%ff%fe&%" if lot.random() < 0.1 else b"")


def _percent(value: str) -> str:
    return "".join(f"%{byte:02X}" for byte in value.encode("utf-8", "surrogatepass"))


def _part(name: str, value: str, lot: random.Random) -> bytes:
    as_file = b'; filename="../x.png"' if lot.random() < 0.2 else b""
    head = b'--b\r\nContent-Disposition: form-data; name="' + name.encode() + b'"' + as_file
    return head + b"\r\n\r\n" + value.encode("utf-8", "surrogatepass") + b"\r\n"


def as_sent(value: str) -> str:
    """As a server hands it on: bytes, each shown as one sign."""
    return value.encode("utf-8", "surrogatepass").decode("latin-1")
