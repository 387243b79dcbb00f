"""Reading the forms of a page, and filling them in as somebody would who means harm."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.utils import timezone

TEXTS = {"text", "search", "url", "tel", "", "password"}


@dataclass
class Form:
    """One form of a page: where it goes, what it holds, and which of that is typed."""

    action: str
    method: str
    given: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)

    def filled(self, words: str) -> dict[str, str]:
        """With these words in every place where words may be typed."""
        now = timezone.localdate()
        dates = {"_day": now.day, "_month": now.month, "_year": now.year}
        answers = dict(self.given)
        for name in self.typed:
            ending = next((str(part) for end, part in dates.items() if name.endswith(end)), "")
            answers[name] = ending or ("09:00" if name.endswith(("time", "_at")) else words)
        return answers | dict.fromkeys(self.mails, "taint@sunflowers.example")


class Forms(HTMLParser):
    """All forms of a page that are sent, each with its first choices made."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.form: Form | None = None
        self.select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(about.get("action", ""), about.get("method", "get").lower())
            self.found.append(self.form)
        elif self.form is not None:
            self._control(self.form, tag, about)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None

    def _control(self, form: Form, tag: str, about: dict[str, str]) -> None:
        name, kind = about.get("name", ""), about.get("type", "").lower()
        if tag == "select":
            self.select = name
        elif tag == "option" and about.get("value"):
            form.given.setdefault(self.select, about["value"])
        elif name and kind != "file" and tag in {"input", "textarea", "button"}:
            self._question(form, tag, kind, about)

    def _question(self, form: Form, tag: str, kind: str, about: dict[str, str]) -> None:
        name = about["name"]
        if tag == "textarea" or (tag == "input" and kind in TEXTS):
            form.typed.append(name)
        elif kind == "email":
            form.mails.append(name)
        else:
            form.given.setdefault(name, about.get("value", "on"))
