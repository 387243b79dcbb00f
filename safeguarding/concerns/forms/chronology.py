"""What to look for in a chronology, and for whom and why a paper is made."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.forms import CharField, HiddenInput
from django.http import QueryDict

from foundation.forms import Choices, DropDown, Form, Line, UKDate, Words, YesBox
from safeguarding.concerns.chronology import REPORT, Wanted
from safeguarding.concerns.models import Entry

ANY, ANYBODY = "Anything", "Anybody"
DATES = [f"{name}_{part}" for name in ("since", "until") for part in ("day", "month", "year")]
WANTED = ("kind", "author", *DATES)


class WantedForm(Form):
    """All may stay empty. What is typed as words is sent, never put into an address."""

    kind = DropDown(label="What", required=False, blank=ANY)
    author = DropDown(label="Written by", required=False, blank=ANYBODY)
    since = UKDate(label="From", required=False)
    until = UKDate(label="Until", required=False)
    words = Line(label="With these words", required=False, most=100)

    def __init__(
        self,
        typed: QueryDict | None,
        *,
        authors: Sequence[tuple[str, str]],
        reports: bool = False,
        was_sent: bool = False,
    ) -> None:
        super().__init__(typed)
        self.was_sent = was_sent
        kinds = [(kind.value, kind.label) for kind in Entry.Kind]
        _offer(self, "kind", [("", ANY), *([(REPORT, "Report")] if reports else []), *kinds])
        _offer(self, "author", [("", ANYBODY), *authors])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", "This day is before the first one. Choose it or a later day.")
        return data

    def wanted(self) -> Wanted:
        """What is looked for; everything, as long as something has to be put right."""
        return Wanted(**self.cleaned_data) if self.is_valid() else Wanted()

    @property
    def fits_an_address(self) -> bool:
        """Whether it was sent and holds no words: then it can be kept as an address."""
        return self.was_sent and self.is_valid() and not self.cleaned_data["words"]

    @property
    def query(self) -> str:
        """All of it but the words, as part of an address."""
        return urlencode({name: self.data[name] for name in WANTED if self.data.get(name)})

    @property
    def sent_again(self) -> list[tuple[str, str]]:
        """All of it with the words, for the buttons that lead to another page of what was found."""
        return [(name, self.data[name]) for name in (*WANTED, "words") if self.data.get(name)]


class PaperForm(Form):
    recipient = Line(
        label="Who gets this copy?",
        missing="Write who gets this copy: a person, and where they work.",
        help_text="For example: Ruth Field, social worker, Kent County Council",
        most=200,
    )
    purpose = Line(
        label="What for?",
        missing="Write what this copy is for.",
        help_text="For example: strategy meeting on 3 March",
        most=300,
    )


class CasePaperForm(PaperForm):
    with_readers = YesBox(label="Also print who was let into this case, and why", required=False)


class FilePaperForm(PaperForm):
    """Asks as well which names are blacked out: those found are ticked, and more can be written."""

    hidden = Choices(
        label="Black these out",
        required=False,
        help_text="Names of others that stand in the text. Untick one only where it is not a name, or "
        "where the recipient may read it.",
    )
    more = Words(
        label="Black these out as well",
        required=False,
        help_text="One on each line: initials, a nickname, a street. Whoever works here is left out as the "
        "one who wrote something only where you write their whole name.",
        rows=3,
        most=2000,
    )
    offered = CharField(required=False, widget=HiddenInput)

    def __init__(self, typed: QueryDict | None, *, found: Iterable[str]) -> None:
        names = sorted(found)
        self.came_in = _not_offered(names, typed)
        offered = "\n".join(names)
        again = _with_ticked(typed, self.came_in, offered)
        super().__init__(again, initial={"hidden": names, "offered": offered})
        field = self.fields["hidden"]
        if isinstance(field, Choices):
            field.choices = [(one, one) for one in names]
        if not names:
            del self.fields["hidden"]

    def clean(self) -> dict[str, Any]:
        if self.came_in:
            raise ValidationError(
                f"Since you opened this page, more was written, with these names: "
                f"{', '.join(self.came_in)}. They are ticked now. Look again, then print."
            )
        return super().clean() or {}

    def values(self) -> dict[str, Any]:
        """What the action takes. Only for a valid form."""
        data = self.cleaned_data
        more = [one.strip() for one in data["more"].splitlines() if one.strip()]
        hidden = list(dict.fromkeys([*data.get("hidden", ()), *more]))
        return {"recipient": data["recipient"], "purpose": data["purpose"], "hidden": hidden}


def _not_offered(names: list[str], typed: QueryDict | None) -> list[str]:
    """Names that stand in the text now and did not when the form was opened."""
    if typed is None:
        return []
    return [one for one in names if one not in typed.get("offered", "").splitlines()]


def _with_ticked(typed: QueryDict | None, names: list[str], offered: str) -> QueryDict | None:
    if typed is None:
        return None
    again = typed.copy()
    again.setlist("hidden", [*again.getlist("hidden"), *names])
    again["offered"] = offered
    return again


def _offer(form: Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    field = form.fields[name]
    if isinstance(field, DropDown):
        field.choices = list(choices)
