"""Words made to be taken for code, typed into every box there is, come out as words everywhere (F30, F34)."""

import io
import re
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from django.core import mail
from django.test import Client

from foundation.jobs.worker import run_ready
from foundation.logs import PrivateFormatter
from safeguarding.documents import workbench
from safeguarding.people.models import Setting
from tests.architecture.addresses import Address, inside
from tests.architecture.examples import Examples, lived_in
from tests.architecture.test_f22_tenant_role_url import table
from tests.people import signed_in

from .pages import Form, Forms

WORD = "fzquokka"
OF_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPED = (
    f'=cmd {WORD}<fz onload="alert(1)">\'"</textarea><fz>{{{{7*7}}}}fz {{% now "Y" %}} '
    "fz-tail' OR 1=1 -- \u202etxt.exe"
)
WHO = ("dana", "morgan")
# One of each other role. Each page that they get into is looked at by one of them in turn; their own by all.
OTHERS = ("devi", "wren", "cleo", "omar", "priya", "tariq", "pat", "vic")
THEIR_OWN = {"today:today", "concerns:mine", "notifications:calendar", "people:person"}
LEAVES = ("/accounts/", "logout")
UNESCAPED = re.compile(r"<fz|49fz|</textarea>&lt;fz>|\u202e")

pytestmark = [pytest.mark.django_db, pytest.mark.once]


class Poisoner:
    """Goes to every page as several people, and types these words into every box of every form."""

    def __init__(self, at: Examples) -> None:
        self.at = at
        people = at.nursery.people
        self.browsers = {name: signed_in(people[name]) for name in (*WHO, *OTHERS)}
        self.browsers["stranger"] = Client()
        self.taken = 0
        self.seen_by: set[str] = set()
        self.bad: list[str] = []
        self.boxes: set[str] = set()

    @property
    def name(self) -> str:
        """What the setting is called by now: no secret, and in the title of what it prints."""
        return Setting.objects.get(pk=self.at.nursery.setting.pk).name

    def pages(self) -> list[tuple[str, list[str]]]:
        """Every page with those who go there: a stranger where the public does, else both leaders."""
        return [(self.at.path(one.filled(self.at.of(one))), self._who(one)) for one in inside()]

    def _who(self, address: Address) -> list[str]:
        if getattr(address.view, "door", "") == "public":
            return ["stranger"]
        is_led = str(address).startswith("concerns:") and "dana" in get_in(address)
        return ["dana"] if is_led else [*WHO]

    def look_as_everybody(self) -> None:
        """Every page again: by whom the words were typed, and by one of those others who get in."""
        for number, address in enumerate(inside()):
            path, names = self.at.path(address.filled(self.at.of(address))), self._who(address)
            self.look(self.browsers["morgan" if "/people/" in path else names[0]], path)
            others = [name for name in OTHERS if name in get_in(address)]
            mine = (
                others if str(address) in THEIR_OWN else others[number % max(1, len(others)) :][:1]
            )
            for name in mine:
                self.look(self.browsers[name], path)
                self.seen_by.add(name)

    def poison(self) -> None:
        sent: set[tuple[str, tuple[str, ...]]] = set()
        for path, names in self.pages():
            for name in names:
                browser = self.browsers[name]
                page = self.look(browser, path)
                for form in Forms(page).found:
                    to = form.action or path
                    key = (to, tuple(sorted(form.typed)))
                    if form.method == "post" and form.typed and key not in sent:
                        sent.add(key)
                        self.send(browser, to, form, name)

    def send(self, browser: Client, to: str, form: Form, name: str) -> None:
        if any(part in to for part in LEAVES):
            return
        answer = browser.post(to, form.filled(TYPED))
        self.taken += answer.status_code == 302
        self.boxes |= set(form.typed)
        self.check(f"{name} sent {to}", answer)

    def look(self, browser: Client, path: str) -> str:
        answer = browser.get(path)
        self.check(path, answer)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        return answer.content.decode() if is_page and answer.status_code == 200 else ""

    def check(self, where: str, answer: Any) -> None:
        content = b"".join(answer) if answer.streaming else answer.content
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code >= 500:
            self.bad.append(f"{where}: {answer.status_code}")
        elif kind == "application/pdf":
            self.check_paper(where, content)
        elif kind.startswith("text/csv"):
            if b'"=cmd' in content or b"\n=cmd" in content:
                self.bad.append(f"{where}: a formula")
        elif found := UNESCAPED.search(text := self.without_name(kind, _text_of(kind, content))):
            self.bad.append(f"{where}: {text[found.start() - 60 : found.end() + 20]}")

    def without_name(self, kind: str, text: str) -> str:
        """A calendar knows no escaping, and says of which setting it is."""
        return text.replace(self.name, "") if kind.startswith("text/calendar") else text

    def check_paper(self, where: str, content: bytes) -> None:
        workbench.pdf(content, pictures=True)  # refuses what acts
        with pikepdf.open(io.BytesIO(content)) as paper:
            said = "".join(str(one) for one in paper.docinfo.values())
            if WORD in said.replace(self.name, ""):
                self.bad.append(f"{where}: in its title")


def get_in(address: Address) -> set[str]:
    """Who gets in there, by the table that is written by hand."""
    said = str(table()["inside"].get(str(address), ""))
    return {*WHO, *OTHERS} if said == "everyone" else set(said.split())


def _text_of(kind: str, content: bytes) -> str:
    """What a browser reads; of a Word document the parts it is packed of."""
    if kind.startswith("text/calendar"):
        return content.decode().replace("\r\n ", "")  # folded where a line is long
    if kind != OF_WORD:
        return content.decode()
    with ZipFile(io.BytesIO(content)) as packed:
        names = [one for one in packed.namelist() if one.endswith(".xml")]
        return "".join(packed.read(one).decode() for one in names)


def test_what_is_typed_is_words_on_every_page_paper_list_mail_and_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    poisoner = Poisoner(lived_in("Sunflowers"))
    poisoner.poison()
    run_ready()
    poisoner.look_as_everybody()

    assert not poisoner.bad, "\n".join(poisoner.bad[:20])
    assert poisoner.taken >= 25, "too few forms took the words for this to say anything"
    assert len(poisoner.boxes) >= 40
    assert poisoner.seen_by == set(OTHERS), "every role"
    sent = [f"{letter.subject}{letter.body}" for letter in mail.outbox]
    assert not [one for one in sent if WORD in one.replace(poisoner.name, "")]
    lines = [PrivateFormatter().format(record) for record in caplog.records]
    assert not [line for line in lines if WORD in line]
